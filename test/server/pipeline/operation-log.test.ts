import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestedGateway, type TestedGateway } from '../gateway.ts'

let gateway: TestedGateway
beforeAll(async () => {
  gateway = await startTestedGateway()
})
afterAll(() => gateway[Symbol.asyncDispose]())

/** The line of one operation. */
async function lineOf(query: string, variables: Record<string, unknown> = {}) {
  const { headers } = await gateway.ask(query, { variables })
  const requestId = headers.get('x-request-id')
  const lines = gateway.logged.filter(line => line.requestId === requestId)
  expect(lines).toHaveLength(1)
  return lines[0]
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
      durationMs: expect.any(Number),
      upstreamCalls: 2,
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
      outcome: 'failed',
      errorCodes: ['UPSTREAM_UNAVAILABLE'],
    })
    const half = '{ remoteRecords { totalCount } serviceSummary(csId: "1000") { state } }'
    expect(await lineOf(half)).toMatchObject({
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

  it('without a value of it', async () => {
    const query = `query ($id: ID!) { remoteRecord(csId: $id) { contactMethod } agent(servicerId: "203") { name } }`
    await lineOf(query, { id: '1234' })
    await lineOf(query, { id: '13800138000x' })
    expect(gateway.loggedText()).not.toMatch(/1234"|13800138000|203"|张伟|Basic|emulated/)
  })
})
