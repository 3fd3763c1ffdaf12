import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ADMINISTRATOR } from '../../../src/emulator/answers/accounts.ts'
import { DEAR, times } from '../attacks/attack.ts'
import { basic } from '../attacks/modes.ts'
import { type Asked, startTestedGateway, type TestedGateway } from '../gateway.ts'

const ADMIN = basic(ADMINISTRATOR)
const NOBODY = basic({ account: 'nobody@example.com', password: 'made up' })
const LATEST = '{ remoteRecords(first: 1) { nodes { csId } } }'

/** All that is said of a document is different from one to the next, so that names could be tried. */
const WRONG: readonly (readonly [query: string, variables: Record<string, unknown>])[] = [
  ['{ remoteRecordz { totalCount } }', {}],
  ['{ remoteRecords }', {}],
  ['{ remoteRecords(first: "x") { totalCount } }', {}],
  ['{ remoteRecords(frist: 1) { totalCount } }', {}],
  ['{ ... on Servicer { name } }', {}],
  ['query ($v: DateRange) { remoteRecords(createdOn: $v) { totalCount } }', { v: { form: 1 } }],
  ['query ($v: ID!) { remoteRecord(csId: $v) { csId } }', { v: '../users' }],
  ['{ remoteRecords(first: 101) { totalCount } }', {}],
  [`{ ${times(3, at => `a${at}: agent(servicerId: ${201 + at}) ${DEAR}`)} }`, {}],
  ['{ __schema { types { name } } }', {}],
]

describe('in production, an account that the upstream has not accepted yet', () => {
  let gateway: TestedGateway
  beforeAll(async () => {
    const passthrough = { isProduction: true }
    const documents = { isIntrospectable: false }
    gateway = await startTestedGateway({ sharedAccount: null, passthrough, documents })
  })
  beforeEach(() => gateway.emulator.clearCalls())
  afterAll(() => gateway[Symbol.asyncDispose]())

  const askAs = (authorization: string, query: string, variables = {}, headers = {}) =>
    gateway.ask(query, { variables, headers: { authorization, ...headers } })

  it.each(WRONG)(
    'is told the same whatever is wrong, without a call: %s',
    async (query, variables) => {
      for (const authorization of [NOBODY, ADMIN]) {
        const { status, body } = await askAs(authorization, query, variables)
        expect({ status, body }).toEqual(REFUSED)
      }
      expect(gateway.emulator.callLines()).toEqual([])
    },
  )

  it('is told of limits and of what is no GraphQL, which says nothing of the graph', async () => {
    expect(codesOf(await askAs(NOBODY, `{ ${'a '.repeat(1000)} }`))).toEqual(['TOKEN_LIMIT'])
    expect(codesOf(await askAs(NOBODY, '{'))).toEqual(['GRAPHQL_PARSE_FAILED'])
  })

  it('learns no price either, and is asked about for one', async () => {
    const answer = await askAs(NOBODY, LATEST, {}, { 'x-explain': 'only' })
    expect([answer.status, codesOf(answer)]).toEqual([401, ['UNAUTHENTICATED']])
    expect(answer.body.extensions?.upstream).toMatchObject({ atMost: 0, steps: [] })
    expect(gateway.emulator.calls).toHaveLength(1)
  })

  it('learns what is wrong once it was accepted', async () => {
    expect((await askAs(ADMIN, LATEST)).status).toBe(200)
    for (const [query, variables] of WRONG) {
      const { status, body } = await askAs(ADMIN, query, variables)
      expect(status).toBe(400)
      expect({ status, body }).not.toEqual(REFUSED)
    }
    expect(gateway.emulator.calls).toHaveLength(1)
    const plan = await askAs(ADMIN, LATEST, {}, { 'x-explain': 'only' })
    expect(plan.body.extensions?.upstream).toMatchObject({ made: 0, steps: [{}] })
  })
})

it('elsewhere a document that is wrong is described to every account', async () => {
  await using gateway = await startTestedGateway({ sharedAccount: null })
  const { body } = await gateway.ask('{ remoteRecordz }', { headers: { authorization: NOBODY } })
  expect(body.errors?.[0]?.message).toMatch(/^Cannot query field "remoteRecordz"/)
})

const REFUSED = {
  status: 400,
  body: {
    errors: [
      {
        message:
          'Expected a document that this graph takes, got another. What is wrong with it is said to accounts that the upstream has accepted: ask it something right first.',
        extensions: { code: 'GRAPHQL_VALIDATION_FAILED', retryable: false },
      },
    ],
  },
}

const codesOf = ({ body: { errors = [] } }: Asked) =>
  errors.map(({ extensions }) => extensions.code)
