import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { longestPauseMs } from '../../measure.ts'
import { startTestedGateway, type TestedGateway } from '../gateway.ts'
import { openRawConnection, type RawConnection, rawPost } from './raw-http.ts'

let gateway: TestedGateway
beforeAll(async () => {
  gateway = await startTestedGateway()
})
beforeEach(() => gateway.emulator.clearCalls())
afterAll(() => gateway[Symbol.asyncDispose]())

const openMany = (count: number) =>
  Promise.all(Array.from({ length: count }, () => openRawConnection(gateway.origin)))

const HEAD = 'POST /graphql HTTP/1.1\r\nHost: localhost\r\n'

describe('a slow sender', () => {
  it('is cut after some ten seconds, on hundreds of connections, and others do not notice', async () => {
    using open = new DisposableStack()
    const keep = (connections: RawConnection[]) => {
      for (const connection of connections) open.use(connection)
      return connections
    }
    const silent = keep(await openMany(100))
    const slowHeads = keep(await openMany(100))
    const slowBodies = keep(await openMany(100))
    const [idle] = keep(await openMany(1))

    for (const { send } of slowHeads) send(`${HEAD}X-Slow: `)
    for (const { send } of slowBodies)
      send(`${HEAD}Content-Type: application/json\r\nContent-Length: 50\r\n\r\n{"query":"`)
    idle?.send(rawPost('{ __typename }'))
    const slow = [...silent, ...slowHeads, ...slowBodies]
    const sendSlowly = async () => {
      for (let second = 0; second < 12; second++) {
        for (const { send } of slowBodies) send(' ')
        if (second % 5 === 0) for (const { send } of slowHeads) send('x')
        expect((await gateway.ask('{ __typename }')).status).toBe(200)
        await wait(1000)
      }
      await Promise.all(slow.map(({ ended }) => ended))
    }
    expect(await longestPauseMs(sendSlowly)).toBeLessThan(500)
    // Node would look at its time limits after 30 s only.
    expect(Math.max(...slow.map(({ lastedMs = 0 }) => lastedMs))).toBeLessThan(20_000)
    // Between two requests, a connection is left alone.
    idle?.send(rawPost('{ again: __typename }'))
    await expect.poll(() => idle?.received).toContain('{"data":{"again":"Query"}}')
    expect(gateway.emulator.callLines()).toEqual([])
  })
})

describe('a request that cannot be read for sure', () => {
  const LONG = 'x'.repeat(20_000)

  it.each([
    ['with an Authorization of 20 KB', `${HEAD}Authorization: Basic ${LONG}\r\n\r\n`, 431],
    ['with many headers', `${HEAD}${'X-A: 0123456789\r\n'.repeat(1200)}\r\n`, 431],
    [
      'with a length and in chunks',
      `${HEAD}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      400,
    ],
    [
      'in chunks of what is compressed',
      `${HEAD}Content-Type: application/json\r\nTransfer-Encoding: gzip, chunked\r\n\r\n1a\r\n{"query":"{ __typename }"}\r\n0\r\n\r\n`,
      400,
    ],
    [
      'with a body of 320 KB in chunks',
      `${HEAD}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n${`1000\r\n${' '.repeat(4096)}\r\n`.repeat(80)}`,
      413,
    ],
    [
      'without a content type',
      `${HEAD}Connection: close\r\nContent-Length: 26\r\n\r\n{"query":"{ __typename }"}`,
      415,
    ],
    ['with two lengths', `${HEAD}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`, 400],
    ['with lines that end bare', 'GET /health/live HTTP/1.1\nHost: localhost\n\n', 400],
    ['without a host', 'GET /health/live HTTP/1.1\r\n\r\n', 400],
    ['with two hosts', rawPost('{ __typename }', ['host: another']), 400],
    ['with two content types', rawPost('{ __typename }', ['Content-Type: text/plain']), 400],
    [
      'in chunks, though HTTP/1.0 has none',
      `${HEAD.replace('1.1', '1.0')}Connection: keep-alive\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n1a\r\n{"query":"{ __typename }"}\r\n0\r\n\r\n`,
      400,
    ],
    ['that is no HTTP', 'NONSENSE\r\n\r\n', 400],
  ])('%s is refused, and its connection closed', async (_, text, status) => {
    using connection = await openRawConnection(gateway.origin)
    connection.send(text)
    const answer = await connection.ended
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    expect(answer).not.toMatch(/Server:|X-Powered-By|node/i)
    expect(gateway.emulator.callLines()).toEqual([])
  })
})

describe('a connection', () => {
  it('is kept for longer than load balancers keep theirs', async () => {
    using connection = await openRawConnection(gateway.origin)
    connection.send(rawPost('{ __typename }'))
    await expect.poll(() => connection.received).toContain('Keep-Alive: timeout=75')
    expect(connection.received).toContain('Connection: keep-alive')
  })

  it('answers a request that expects what nobody knows, with all header fields', async () => {
    using connection = await openRawConnection(gateway.origin)
    connection.send(rawPost('{ __typename }', ['Expect: a-miracle']))
    await expect.poll(() => connection.received).toContain('{"data":{"__typename":"Query"}}')
    expect(connection.received).toMatch(/^HTTP\/1\.1 200 [\s\S]*X-Frame-Options/)
  })

  it('takes one request after the other, sent at once', async () => {
    using connection = await openRawConnection(gateway.origin)
    connection.send(
      rawPost('{ a: __typename }') + rawPost('{ b: __typename }', ['Connection: close']),
    )
    const answers = (await connection.ended).match(/\{"data".*?\}\}/g)
    expect(answers).toEqual(['{"data":{"a":"Query"}}', '{"data":{"b":"Query"}}'])
  })
})
