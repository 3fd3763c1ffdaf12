import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cpuMs, leastOfThree } from '../../measure.ts'
import { startTestedGateway, type TestedGateway } from '../gateway.ts'

let gateway: TestedGateway
beforeAll(async () => {
  gateway = await startTestedGateway({ suggestsNames: false })
})
afterAll(() => gateway[Symbol.asyncDispose]())

async function messagesFor(query: string, variables: Record<string, unknown> = {}) {
  const { status, body } = await gateway.ask(query, { variables })
  expect(status).toBe(400)
  expect(gateway.emulator.callLines()).toEqual([])
  return body.errors?.map(({ message }) => message)
}

const SECRET = 'ä-secret" of 13812345678'
const WRITTEN = JSON.stringify(SECRET)

describe('no error repeats a value', () => {
  it.each([
    [
      `{ remoteRecords(first: ${WRITTEN}) { totalCount } }`,
      'Int cannot represent non-integer value.',
    ],
    [
      '{ remoteRecords(first: 1381234567890) { totalCount } }',
      'Int cannot represent non 32-bit signed integer value.',
    ],
    [
      '{ remoteRecords(first: [13812345678]) { totalCount } }',
      'Int cannot represent non-integer value.',
    ],
    [
      '{ remoteRecords(after: 13812345678) { totalCount } }',
      'String cannot represent a non string value.',
    ],
    [
      '{ remoteRecord(csId: 1381.2345678) { csId } }',
      'ID cannot represent a non-string and non-integer value.',
    ],
    [`{ __typename @include(if: ${WRITTEN}) }`, 'Boolean cannot represent a non boolean value.'],
    [
      `{ remoteRecords(order: ${WRITTEN}) { totalCount } }`,
      'Enum "RecordOrder" cannot represent non-enum value.',
    ],
    [
      '{ remoteRecords(order: SECRET) { totalCount } }',
      'The value does not exist in "RecordOrder" enum.',
    ],
    [
      `{ remoteRecords(createdOn: ${WRITTEN}) { totalCount } }`,
      'Expected value of type "DateRange".',
    ],
    [
      `{ remoteRecords(createdOn: {from: ${WRITTEN}}) { totalCount } }`,
      'Date must be a day of the calendar since 1970, such as "2017-08-27".',
    ],
    [`{ ${WRITTEN} }`, 'Syntax Error: Expected Name, found String.'],
    [`{ a } """13812345678"""`, 'Syntax Error: Unexpected <EOF>.'],
    ['{ a(13812345678: 1) }', 'Syntax Error: Expected Name, found Int.'],
    ['{ a(b: 1.s) }', 'Syntax Error: Invalid number, expected digit.'],
    ['{ a(b: "\\secret") }', 'Syntax Error: Invalid character escape sequence.'],
  ])('of a document: %s', async (query, message) => {
    expect(await messagesFor(query)).toEqual([message])
  })

  it.each<[string, unknown, string]>([
    ['Int', SECRET, 'Variable "$v" has an invalid value: Int cannot represent non-integer value.'],
    [
      'Int',
      { secret: SECRET },
      'Variable "$v" has an invalid value: Int cannot represent non-integer value.',
    ],
    [
      'RecordOrder',
      SECRET,
      'Variable "$v" has an invalid value: The value does not exist in "RecordOrder" enum.',
    ],
    [
      'RecordOrder',
      13812345678,
      'Variable "$v" has an invalid value: Enum "RecordOrder" cannot represent non-string value.',
    ],
    [
      'DateRange',
      SECRET,
      'Variable "$v" has an invalid value: Expected type "DateRange" to be an object.',
    ],
    [
      'DateRange',
      { from: `${SECRET} at "x` },
      'Variable "$v.from" has an invalid value: Date must be a day of the calendar since 1970, such as "2017-08-27".',
    ],
    [
      'DateRange',
      { [`${SECRET}" is not defined by type "x`]: 1 },
      'Variable "$v" has an invalid value: A field that has no name is not defined by type "DateRange".',
    ],
    [
      'DateRange',
      { form: SECRET },
      'Variable "$v" has an invalid value: Field "form" is not defined by type "DateRange".',
    ],
    [
      '[ID!]!',
      ['1', [SECRET]],
      'Variable "$v[1]" has an invalid value: ID cannot represent value.',
    ],
    ['Boolean!', null, 'Variable "$v" of non-null type "Boolean!" must not be null.'],
  ])('of a variable of type %s: %j', async (type, v, message) => {
    const uses = {
      Int: 'remoteRecords(first: $v) { totalCount }',
      RecordOrder: 'remoteRecords(order: $v) { totalCount }',
      DateRange: 'remoteRecords(createdOn: $v) { totalCount }',
      '[ID!]!': 'remoteRecordsByCsId(csIds: $v) { csId }',
      'Boolean!': '__typename @include(if: $v)',
    }
    const query = `query ($v: ${type}) { ${uses[type as keyof typeof uses]} }`
    expect(await messagesFor(query, { v })).toEqual([message])
  })

  it('whatever is around it in a literal that has a variable', async () => {
    const query = `query ($to: Date) { remoteRecords(createdOn: {from: ${WRITTEN}, to: $to}) { totalCount } }`
    expect(JSON.stringify(await messagesFor(query, { to: SECRET }))).not.toContain('secret')
  })
})

it('an error has at most 500 characters, however long a name is', async () => {
  const [message = ''] = (await messagesFor(`{ ${'a'.repeat(50_000)} }`)) ?? []
  expect(message).toMatch(/^Cannot query field "aaa/)
  expect(message.length).toBeLessThanOrEqual(501)
})

it.each([
  ' cannot represent non ',
  ' Did you mean ',
  ' Did you mean x?',
  'Value \\" does not exist in \\"',
])('takes no longer for a long value, though it is made of %j', async part => {
  const value = part.repeat(60_000 / part.length)
  const ask = async () =>
    expect(await messagesFor(`{ remoteRecords(createdOn: "${value}") { totalCount } }`)).toEqual([
      'Expected value of type "DateRange".',
    ])
  expect(await leastOfThree(100, () => cpuMs(ask))).toBeLessThan(100)
})

it('an answer that was refused has at most five errors', async () => {
  const fields = Array.from({ length: 10 }, (_, at) => `unknown${at}`).join(' ')
  expect(await messagesFor(`{ ${fields} }`)).toHaveLength(5)
  const variables = Array.from({ length: 10 }, (_, at) => [`v${at}`, 'no'] as const)
  const definitions = variables.map(([name]) => `$${name}: Int`).join(' ')
  const uses = variables.map(([name]) => `${name}: remoteRecords(first: $${name}) { totalCount }`)
  const query = `query (${definitions}) { ${uses.join(' ')} }`
  expect(await messagesFor(query, Object.fromEntries(variables))).toHaveLength(5)
  const zero = uses.map((_, at) => `a${at}: remoteRecords(first: ${101 + at}) { totalCount }`)
  expect(await messagesFor(`{ ${zero.join(' ')} }`)).toHaveLength(5)
})

describe('what is nearly a name of the graph', () => {
  const QUERIES = [
    '{ remoteRecord }',
    '{ remoteRecordz { totalCount } }',
    '{ remoteRecords(frist: 1) { totalCount } }',
    '{ remoteRecords(order: NEWEST_FRIST) { totalCount } }',
    '{ remoteRecords(createdOn: {form: "2017-08-27"}) { totalCount } }',
    '{ ... on Qery { __typename } }',
    '{ __typename @inclued(if: true) }',
    'query ($v: RecordOder) { remoteRecords(order: $v) { totalCount } }',
    'query ($v: DateRange = {form: 1}) { remoteRecords(createdOn: $v) { totalCount } }',
  ]

  it.each(QUERIES)('is not named in production: %s', async query => {
    expect((await messagesFor(query))?.filter(message => message.includes('Did you mean'))).toEqual(
      [],
    )
  })

  it('is not named in production for variables either', async () => {
    const order = 'query ($v: RecordOrder) { remoteRecords(order: $v) { totalCount } }'
    expect(String(await messagesFor(order, { v: 'NEWEST_FRIST' }))).not.toMatch(/NEWEST/)
    const range = 'query ($v: DateRange) { remoteRecords(createdOn: $v) { totalCount } }'
    expect(String(await messagesFor(range, { v: { form: 1 } }))).not.toMatch(/from|mean/)
  })

  it('is named elsewhere', async () => {
    await using developers = await startTestedGateway()
    const { body } = await developers.ask('{ remoteRecordz { totalCount } }')
    expect(body.errors?.[0]?.message).toMatch(/Did you mean .*remoteRecords/)
  })
})
