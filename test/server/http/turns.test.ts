import { setTimeout as wait } from 'node:timers/promises'
import { GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql'
import { describe, expect, it } from 'vitest'
import { RefusalError } from '../../../src/server/http/refusals.ts'
import { Turns } from '../../../src/server/http/turns.ts'
import { elapsedMs, leastOfThree } from '../../measure.ts'
import { startTestedGateway } from '../gateway.ts'
import { openRawConnection, type RawConnection, rawPost } from './raw-http.ts'

/** Of the process's loop, which may accept a connection. */
const iteration = () => new Promise(resolve => setImmediate(resolve))

describe('turns', () => {
  /** Begins requests that take the process so long each. */
  async function serve(requests: number, eachMs: number) {
    let nowMs = 0
    const turns = new Turns({ maxWaitMs: 1000, nowMs: () => nowMs })
    const outcomes: string[] = []
    const one = async (request: number) => {
      try {
        await turns.turn()
        outcomes.push(`${request} begun`)
        nowMs += eachMs
      } catch (error) {
        const code = error instanceof RefusalError ? error.refusal.code : String(error)
        outcomes.push(`${request} ${code}`)
      }
    }
    await Promise.all(Array.from({ length: requests }, (_, request) => one(request)))
    return outcomes
  }

  it('are given in the order in which requests came', async () => {
    expect(await serve(50, 10)).toEqual(Array.from({ length: 50 }, (_, at) => `${at} begun`))
  })

  it('are not given to who waited longer than a second', async () => {
    const outcomes = await serve(50, 100)
    expect(outcomes.slice(0, 16)).toEqual(Array.from({ length: 16 }, (_, at) => `${at} begun`))
    expect(outcomes.slice(16)).toEqual(
      Array.from({ length: 34 }, (_, at) => `${at + 16} OVERLOADED`),
    )
  })

  it('are refused to few at once, so that others are accepted meanwhile', async () => {
    let nowMs = 0
    const turns = new Turns({ nowMs: () => nowMs })
    let refused = 0
    const all = Array.from({ length: 200 }, () =>
      turns.turn().catch(() => {
        refused += 1
      }),
    )
    nowMs = 2000
    await iteration()
    expect(refused).toBeGreaterThan(0)
    expect(refused).toBeLessThan(100)
    await Promise.all(all)
    expect(refused).toBe(200)
  })

  /** Resolves with the connections that came before the first turn, if one comes in each iteration. */
  async function connectionsBeforeTurn(comingFor: number, eachMs: number) {
    let nowMs = 0
    const turns = new Turns({ nowMs: () => nowMs })
    let isGiven = false
    const given = turns.turn().then(() => {
      isGiven = true
    })
    let came = 0
    while (!isGiven) {
      if (came < comingFor) {
        turns.noteConnection()
        came += 1
      }
      nowMs += eachMs
      await iteration()
    }
    await given
    return came
  }

  it('are given once all have come who come at the same time', async () => {
    expect(await connectionsBeforeTurn(20, 1)).toBe(20)
  })

  it('are given after a while even if others keep coming', async () => {
    expect(await connectionsBeforeTurn(1000, 10)).toBeLessThan(15)
  })

  it('are given again once nobody waits', async () => {
    const turns = new Turns()
    await turns.turn()
    await turns.turn()
    await Promise.all([turns.turn(), turns.turn()])
  })
})

/** A graph whose only field keeps the process busy. */
const busySchema = (busyMs: number) =>
  new GraphQLSchema({
    query: new GraphQLObjectType({
      name: 'Query',
      fields: {
        busy: {
          type: GraphQLString,
          resolve() {
            const untilMs = performance.now() + busyMs
            while (performance.now() < untilMs);
            return 'done'
          },
        },
      },
    }),
  })

describe('ten times the load that can be carried', () => {
  it('is shed with 503 but for what can be answered soon, and what comes later is answered', async () => {
    await using gateway = await startTestedGateway({ schema: busySchema(60), maxTurnWaitMs: 200 })
    using open = new DisposableStack()
    const connections = await Promise.all(
      Array.from({ length: 100 }, async () => open.use(await openRawConnection(gateway.origin))),
    )
    // A process accepts one connection after the other.
    await wait(300)
    const beganAtMs = performance.now()
    for (const { send } of connections) send(rawPost('{ busy }', ['Connection: close']))
    const answers = await Promise.all(connections.map(({ ended }) => ended))
    const tookMs = performance.now() - beganAtMs
    const shed = answers.filter(answer => answer.startsWith('HTTP/1.1 503 '))
    const carried = answers.filter(answer => answer.startsWith('HTTP/1.1 200 '))
    expect(carried.length + shed.length).toBe(100)
    expect(carried.length).toBeGreaterThan(0)
    expect(shed.length).toBeGreaterThan(50)
    expect(shed.filter(answer => !/^Retry-After: 1\r$/m.test(answer))).toEqual([])
    expect(shed.filter(answer => !answer.includes('"code":"OVERLOADED"'))).toEqual([])
    // To answer all would take 6 s.
    expect(tookMs).toBeLessThan(4000)
    expect((await gateway.ask('{ busy }')).body.data).toEqual({ busy: 'done' })
  })
})

describe('ten times the load, each request over a new connection', () => {
  it('is shed as well: who waits to be accepted is seen to wait', async () => {
    await using gateway = await startTestedGateway({ schema: busySchema(60), maxTurnWaitMs: 200 })
    using open = new DisposableStack()
    const beganAtMs = performance.now()
    const answers = await Promise.all(
      Array.from({ length: 100 }, async () => {
        const connection = open.use(await openRawConnection(gateway.origin))
        connection.send(rawPost('{ busy }', ['Connection: close']))
        return connection.ended
      }),
    )
    const shed = answers.filter(answer => answer.startsWith('HTTP/1.1 503 '))
    const carried = answers.filter(answer => answer.startsWith('HTTP/1.1 200 '))
    expect(carried.length + shed.length).toBe(100)
    expect(carried.length).toBeGreaterThan(0)
    expect(shed.length).toBeGreaterThan(50)
    // To answer all would take 6 s.
    expect(performance.now() - beganAtMs).toBeLessThan(4000)
  })
})

describe('many connections at once', () => {
  it('are all accepted at once, and answered', async () => {
    await using gateway = await startTestedGateway()
    using open = new DisposableStack()
    // None is accepted before all have asked. If they have no room to wait in, the system drops some,
    // and these ask again after a second, or after three or seven.
    let connections: RawConnection[] = []
    const openAll = async () => {
      for (const connection of connections) connection.socket.destroy()
      await Promise.all(connections.map(({ ended }) => ended))
      const opening = Array.from({ length: 700 }, () => openRawConnection(gateway.origin))
      connections = await Promise.all(opening)
      for (const connection of connections) open.use(connection)
    }
    expect(await leastOfThree(950, () => elapsedMs(openAll))).toBeLessThan(950)
    for (const { send } of connections.slice(0, 200))
      send(rawPost('{ __typename }', ['Connection: close']))
    const answers = await Promise.all(connections.slice(0, 200).map(({ ended }) => ended))
    expect(answers.filter(answer => !answer.startsWith('HTTP/1.1 200 '))).toEqual([])
  })
})

describe('more connections than may be open', () => {
  it('are closed at once, and those that are open go on', async () => {
    await using gateway = await startTestedGateway({ maxConnections: 3 })
    using open = new DisposableStack()
    const connections = await Promise.all(
      [1, 2, 3].map(async () => open.use(await openRawConnection(gateway.origin))),
    )
    await wait(50)
    const further = open.use(await openRawConnection(gateway.origin))
    expect(await further.ended).toBe('')
    const [first] = connections
    first?.send('GET /health/live HTTP/1.1\r\nHost: gateway\r\n\r\n')
    await expect.poll(() => first?.received).toContain('200 OK')
  })
})
