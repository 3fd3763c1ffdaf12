import { getIntrospectionQuery } from 'graphql'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createExamples } from '../../../src/server/graphiql/examples.ts'
import { cpuMs, leastOfThree } from '../../measure.ts'
import { startTestedGateway, type TestedGateway } from '../gateway.ts'

let gateway: TestedGateway
beforeAll(async () => {
  gateway = await startTestedGateway()
})
beforeEach(() => gateway.emulator.clearCalls())
afterAll(() => gateway[Symbol.asyncDispose]())

async function codeFor(query: string, variables = {}): Promise<unknown> {
  const { status, body } = await gateway.ask(query, { variables })
  expect(status).toBe(body.errors ? 400 : 200)
  return body.errors?.[0]?.extensions.code
}

const repeat = (count: number, partAt: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => partAt(at)).join(' ')

/** In a list, so that not each of them is at the root. */
const ofRecords = (fields: string) => `{ remoteRecords(first: 1) { nodes { ${fields} } } }`

const TEN = 'csId id sessionId startedAt endedAt status companyName contactName price description'

/** As many fields, the two around them included. */
const fields = (count: number) => {
  const [rest, spreads] = [(count - 2) % 10, Math.floor((count - 2) / 10)]
  const some = TEN.split(' ').slice(0, rest).join(' ')
  return `${ofRecords(`${'...Ten '.repeat(spreads)} ${some}`)} fragment Ten on RemoteRecord { ${TEN} }`
}

const PATH = ['remoteRecords(first: 1)', 'nodes', 'agent']

/** As many fields within each other. */
const depth = (count: number) => {
  const path = repeat(count - 1, at => `{ ${PATH[at % PATH.length]}`)
  return `${path} { __typename } ${'}'.repeat(count - 1)}`
}

it.each<[code: string, limit: number, documentOf: (count: number) => string]>([
  ['DEPTH_LIMIT', 10, depth],
  [
    'FRAGMENT_DEPTH_LIMIT',
    30,
    count => `${'{...'.repeat(count)}{ __typename }${'}'.repeat(count)}`,
  ],
  ['ROOT_FIELD_LIMIT', 15, count => `{ ${'__typename '.repeat(count)} }`],
  ['FIELD_LIMIT', 1000, fields],
  ['ALIAS_LIMIT', 100, count => ofRecords(repeat(count, at => `a${at}: __typename`))],
  ['DIRECTIVE_LIMIT', 50, count => ofRecords(repeat(count, () => 'csId @include(if: true)'))],
  ['REPEATED_FIELD_LIMIT', 100, count => ofRecords('csId '.repeat(count + 1))],
])('%s: %i are allowed, and one more is refused', async (code, limit, documentOf) => {
  expect(await codeFor(documentOf(limit))).toBeUndefined()
  gateway.emulator.clearCalls()

  const { status, body } = await gateway.ask(documentOf(limit + 1))
  expect(status).toBe(400)
  const extensions = { code, limit, found: limit + 1, retryable: false }
  const message = expect.stringMatching(
    RegExp(`^Expected at most ${limit} .*, got ${limit + 1}\\.$`),
  )
  expect(body).toEqual({ errors: [{ message, extensions }] })
  expect(gateway.emulator.callLines()).toEqual([])
})

it('a document that is too large in several ways is told of each', async () => {
  const { body } = await gateway.ask(`{ ${repeat(101, at => `a${at}: __typename`)} }`)
  expect(body.errors?.map(({ extensions }) => extensions.code)).toEqual([
    'ROOT_FIELD_LIMIT',
    'ALIAS_LIMIT',
  ])
})

const SPREADS_TWICE = repeat(25, at => `fragment F${at} on Query { ...F${at + 1} ...F${at + 1} }`)

describe('a document is refused', () => {
  it.each([
    ['as text, by its bytes', `{ __typename } ${','.repeat(64 * 1024)}`, 'DOCUMENT_SIZE_LIMIT'],
    [
      'as text, by its bytes, not characters',
      `{ __typename } #${'宽'.repeat(22 * 1024)}`,
      'DOCUMENT_SIZE_LIMIT',
    ],
    ['by its tokens', `{ ${'__typename '.repeat(999)} }`, 'TOKEN_LIMIT'],
    [
      'by fragments that spread others twice',
      `{ ...F0 } ${SPREADS_TWICE} fragment F25 on Query { __typename }`,
      'ROOT_FIELD_LIMIT',
    ],
    ['by spreads of what is not there', `{ __schema { ...F0 } } ${SPREADS_TWICE}`, 'FIELD_LIMIT'],
    [
      'by fragments that no operation spreads',
      `{ __typename } ${SPREADS_TWICE} fragment F25 on Query { __typename }`,
      'FIELD_LIMIT',
    ],
    [
      'by fragments in a circle',
      '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'by a circle that no operation reaches',
      '{ __typename } fragment A on Query { ...A }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'by directives of an operation',
      `query ${'@odd '.repeat(51)} { __typename }`,
      'DIRECTIVE_LIMIT',
    ],
    [
      'by directives of a variable',
      `query ($v: Int ${'@odd '.repeat(51)}) { __typename }`,
      'DIRECTIVE_LIMIT',
    ],
    [
      'by directives of spreads',
      `{ ...A ${'@odd '.repeat(51)} } fragment A on Query { __typename }`,
      'DIRECTIVE_LIMIT',
    ],
    [
      'by directives of a fragment, wherever it is spread',
      `${ofRecords('...A ...A')} fragment A on RemoteRecord ${'@odd '.repeat(26)} { csId }`,
      'DIRECTIVE_LIMIT',
    ],
    [
      'by an introspection that goes in circles',
      `{ __schema { types { ${'fields { type { '.repeat(5)} name ${'} } '.repeat(5)} } } }`,
      'DEPTH_LIMIT',
    ],
  ])('%s', async (_, query, code) => {
    expect(await codeFor(query)).toBe(code)
    expect(gateway.emulator.callLines()).toEqual([])
  })

  it('at once, however much it would be if it were written out', async () => {
    let asked = 0
    // A blank more makes another document of it.
    const ask = () => codeFor(`{ ...F0 } ${SPREADS_TWICE}${' '.repeat(asked++)}`)
    await ask()
    expect(await leastOfThree(50, () => cpuMs(ask))).toBeLessThan(50)
  })
})

const CHAT = 'chatMessages(first: 1) { edges { node { text } } }'

const DAYS = {
  isMadeUp: true,
  today: '2026-11-23',
  twoDaysAgo: '2026-11-21',
  weekAgo: '2026-11-16',
  monthAgo: '2026-10-23',
}

describe('a document is small enough', () => {
  it.each([
    [
      'the deepest one of use',
      `{ remoteRecords(first: 1) { edges { node { agent { remoteRecords(first: 1) { edges { node { ${CHAT} } } } } } } } }`,
    ],
    [
      'the introspection of GraphiQL and of generators',
      getIntrospectionQuery({ inputValueDeprecation: true, oneOf: true, specifiedByUrl: true }),
    ],
  ])('%s', async (_, query) => {
    expect(await codeFor(query)).toBeUndefined()
  })

  it.each(createExamples(DAYS))('the example $name', async ({ query, variables = '{}' }) => {
    expect(await codeFor(query, JSON.parse(variables))).toBeUndefined()
  })
})
