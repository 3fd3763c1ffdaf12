import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseConfig } from '../../../src/config.ts'
import { ADMINISTRATOR, SUMMARY_AGENT } from '../../../src/emulator/answers/accounts.ts'
import { basicAuthorization } from '../../../src/upstream/client.ts'
import { startTestedGateway, type TestedGateway, UNLIKELY_ID } from '../gateway.ts'

const NO_VALUE = new RegExp(`${UNLIKELY_ID}|13800138000|张伟|Basic|emulated`)

let gateway: TestedGateway
beforeAll(async () => {
  gateway = await startTestedGateway({ limits: { maxAttempts: 1 } })
})
afterAll(() => gateway[Symbol.asyncDispose]())

/** The line of one operation. */
async function lineOf(query: string, variables: Record<string, unknown> = {}) {
  const { headers } = await gateway.ask(query, { variables })
  const requestId = headers.get('x-request-id')
  const lines = () => gateway.logged.filter(line => line.requestId === requestId)
  // It is written once the answer was sent.
  await expect.poll(lines).toHaveLength(1)
  return lines()[0]
}

describe('an operation leaves one line', () => {
  it('with its name, type, duration, upstream calls and outcome', async () => {
    const line = await lineOf(
      'query Latest { remoteRecords(first: 1) { nodes { csId problemType { label } } } }',
    )
    expect(line).toEqual({
      level: 'info',
      time: expect.any(String),
      event: 'operation',
      requestId: expect.any(String),
      operationName: 'Latest',
      operationType: 'query',
      caller: expect.stringMatching(/^[\w+/]{12}$/),
      durationMs: expect.any(Number),
      upstreamCalls: 2,
      upstreamMs: expect.toSatisfy(ms => ms > 0),
      bytesOut: expect.any(Number),
      outcome: 'ok',
      errorCodes: [],
    })
  })

  it('that says which part failed, and how', async () => {
    gateway.emulator.beforeAnswer = ({ endpoint }) => {
      if (endpoint === 'servicesummary') throw new Error('13800138000')
    }
    const whole = '{ serviceSummary(csId: "1000") { state } }'
    expect(await lineOf(whole)).toMatchObject({
      level: 'warn',
      outcome: 'failed',
      errorCodes: ['UPSTREAM_UNAVAILABLE'],
    })
    const half = '{ remoteRecords { totalCount } serviceSummary(csId: "1000") { state } }'
    expect(await lineOf(half)).toMatchObject({
      level: 'warn',
      outcome: 'partial',
      errorCodes: ['UPSTREAM_UNAVAILABLE'],
      upstreamCalls: 2,
    })
    gateway.emulator.beforeAnswer = undefined
  })

  it.each([
    ['{', undefined, 'GRAPHQL_PARSE_FAILED'],
    ['{ nothing }', undefined, 'GRAPHQL_VALIDATION_FAILED'],
    ['query Q { remoteRecords(first: -1) { totalCount } }', 'Q', 'BAD_USER_INPUT'],
  ])('when it is refused: %s', async (query, operationName, code) => {
    expect(await lineOf(query)).toMatchObject({
      level: 'info',
      outcome: 'refused',
      errorCodes: [code],
      upstreamCalls: 0,
      ...(operationName && { operationName }),
    })
  })

  it('with a name of usual shape and length only', async () => {
    const longest = 'x'.repeat(64)
    expect(await lineOf(`query ${longest} { __typename }`)).toMatchObject({
      operationName: longest,
    })
    expect(await lineOf(`query ${longest}x { __typename }`)).toMatchObject({
      operationName: 'invalid',
    })
    expect(Object.keys((await lineOf('{ __typename }')) ?? {})).not.toContain('operationName')
  })

  it('with the bytes of the answer as it was sent', async () => {
    const headers = { 'accept-encoding': 'gzip' }
    const query = '{ remoteRecords(first: 100) { nodes { csId companyName description } } }'
    const { headers: answered, body } = await gateway.ask(query, { headers })
    const requestId = answered.get('x-request-id')
    const line = () => gateway.logged.find(each => each.requestId === requestId)
    await expect.poll(line).toBeDefined()
    const bytesOut = Number(answered.get('content-length'))
    expect(line()?.bytesOut).toBe(bytesOut)
    expect(bytesOut).toBeLessThan(JSON.stringify(body).length)
  })

  it('with the same caller for the same account only', async () => {
    await using each = await startTestedGateway({ sharedAccount: null })
    for (const { account, password } of [ADMINISTRATOR, SUMMARY_AGENT, ADMINISTRATOR]) {
      const authorization = basicAuthorization(account, password)
      await each.ask('{ serviceSummary(csId: "1000") { state } }', { headers: { authorization } })
    }
    await expect.poll(() => each.logged).toHaveLength(3)
    const [first, second, third] = each.logged.map(({ caller }) => caller)
    expect(third).toBe(first)
    expect(second).not.toBe(first)
  })

  it('without a value of it', async () => {
    const query = `query ($id: ID!) { remoteRecord(csId: $id) { contactMethod } agent(servicerId: "${UNLIKELY_ID}") { name } }`
    await lineOf(query, { id: UNLIKELY_ID })
    await lineOf(query, { id: '13800138000x' })
    expect(gateway.loggedText()).not.toMatch(NO_VALUE)
  })
})

describe('LOG_LEVEL=debug', () => {
  const line = { level: 'debug', time: expect.any(String), event: 'upstream-call' }
  const linesOf = ({ logged }: TestedGateway) =>
    logged.filter(({ event }) => event === 'upstream-call')

  it('adds a line for each attempt of a call, with its page and without a value', async () => {
    await using debugged = await startTestedGateway({
      logLevel: 'debug',
      emulator: { firstCsId: Number(UNLIKELY_ID) },
    })
    let fails = true
    debugged.emulator.beforeAnswer = ({ endpoint }) => {
      if (endpoint !== 'servicesummary' || !fails) return
      fails = false
      throw new Error('13800138000')
    }
    const query = `{ remoteRecords(first: 1) { nodes { csId } } serviceSummary(csId: "${UNLIKELY_ID}") { state } }`
    const { headers } = await debugged.ask(query)
    await expect.poll(() => linesOf(debugged)).toHaveLength(3)
    const common = {
      ...line,
      requestId: headers.get('x-request-id'),
      durationMs: expect.any(Number),
    }
    const summary = { ...common, endpoint: 'servicesummary' }
    const ok = { status: 200, outcome: 'ok' }
    expect(linesOf(debugged)).toEqual(
      expect.arrayContaining([
        {
          ...common,
          endpoint: 'histories',
          page: 1,
          perPage: expect.any(Number),
          attempt: 1,
          ...ok,
        },
        { ...summary, attempt: 1, status: 500, outcome: 'UPSTREAM_UNAVAILABLE' },
        { ...summary, attempt: 2, ...ok },
      ]),
    )
    expect(debugged.loggedText()).not.toMatch(NO_VALUE)
  })

  it('says of a call that it was not sent', async () => {
    await using debugged = await startTestedGateway({
      logLevel: 'debug',
      limits: { breakerFailures: 1, maxAttempts: 1 },
    })
    debugged.emulator.beforeAnswer = () => {
      throw new Error('down')
    }
    for (const csId of [1, 2, 3, 4, 5])
      await debugged.ask(`{ serviceSummary(csId: "${csId}") { state } }`)
    expect(linesOf(debugged).at(-1)).toEqual({
      ...line,
      requestId: expect.any(String),
      endpoint: 'servicesummary',
      durationMs: expect.any(Number),
      outcome: 'UPSTREAM_UNAVAILABLE',
    })
  })

  it('adds a line for what is held', async () => {
    await using debugged = await startTestedGateway({
      logLevel: 'debug',
      cache: parseConfig({}).cache,
    })
    const [first, second] = ['a', 'b'].map(
      alias => `{ ${alias}: remoteRecords(first: 1) { totalCount } }`,
    )
    await debugged.ask(first ?? '')
    const { headers } = await debugged.ask(second ?? '')
    const reads = () => debugged.logged.filter(({ event }) => event === 'cache-read')
    await expect.poll(reads).toEqual([
      {
        ...line,
        event: 'cache-read',
        requestId: headers.get('x-request-id'),
        kind: 'list_of_today',
        outcome: 'fresh',
        ageMs: expect.any(Number),
      },
    ])
  })

  it('adds none under another level', async () => {
    await gateway.ask('{ remoteRecords(first: 1) { totalCount } }')
    expect(gateway.loggedText()).not.toContain('upstream-call')
  })
})
