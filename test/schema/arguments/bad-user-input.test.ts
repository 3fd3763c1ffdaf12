import { expect, test } from 'vitest'
import { formatMessageCursor, formatRecordCursor } from '../../../src/history/cursor.ts'
import { startGateway } from '../../gateway.ts'

const HINT = { index: 9, count: 2000, isRising: false, isSure: true }
const CURSOR = formatRecordCursor({ csId: 2990, hint: HINT })
const MESSAGE_CURSOR = formatMessageCursor({
  csId: 2990,
  second: 1,
  before: undefined,
  mark: 'a',
  after: undefined,
  index: 9,
  count: 2000,
})
const TOO_LONG = '9'.repeat(4000)

/** Asks for something good beside it: nothing of the operation may run. */
async function refusal(source: string, variables?: Record<string, unknown>) {
  await using gateway = await startGateway({ recordCount: 5 })
  const { status, data, errors, failures, calls } = await gateway.ask(source, variables)
  expect(status).toBe(400)
  expect(data).toBeNull()
  expect(calls).toEqual([])
  expect(new Set(failures)).toEqual(new Set(['BAD_USER_INPUT']))
  for (const { extensions } of errors ?? []) {
    expect(extensions).toMatchObject({ retryable: false })
  }
  return errors?.[0]?.message
}

const FORBIDDEN_SIZES = [
  ['{ first: -1 }', 'first must be from 0 to 100.'],
  ['{ first: 101 }', 'first must be from 0 to 100.'],
  ['{ last: -1 }', 'last must be from 0 to 100.'],
  ['{ last: 101 }', 'last must be from 0 to 100.'],
  ['{ first: 1, last: 1 }', 'first and last cannot be given together.'],
] as const

const argumentsOf = (object: string) => object.replace('{ ', '(').replace(' }', ')')

test.each(FORBIDDEN_SIZES)('%s is refused, by argument and bound', async (sizes, message) => {
  const records = `remoteRecords${argumentsOf(sizes)} { totalCount }`
  expect(await refusal(`{ ${records} }`)).toBe(message)
  expect(await refusal(`{ good: remoteRecords { totalCount } ${records} }`)).toBe(message)
  expect(await refusal(`{ agent(servicerId: 201) { ${records} } }`)).toBe(message)
  const chat = `chatMessages${argumentsOf(sizes)} { totalCount }`
  expect(await refusal(`{ remoteRecords { nodes { ${chat} } } }`)).toBe(message)
  const fragment = 'fragment Chat on RemoteRecord'
  expect(await refusal(`{ remoteRecord(csId: 1) { ...Chat } } ${fragment} { ${chat} }`)).toBe(
    message,
  )
})

test('a size in a variable is refused as one in the document is', async () => {
  const source = 'query ($size: Int) { remoteRecords(first: $size) { totalCount } }'
  expect(await refusal(source, { size: 101 })).toBe('first must be from 0 to 100.')
  expect(await refusal(source, { size: '10' })).toContain('Int cannot represent')
  expect(await refusal(source, { size: 1.5 })).toContain('Int cannot represent')
})

test.each([
  ['no base64', '%%%'],
  ['base64 of something else', Buffer.from('r.2990.9.2000.0').toString('base64url')],
  ['cut', CURSOR.slice(0, -1)],
  ['edited', `${CURSOR.slice(0, 5)}A${CURSOR.slice(6)}`],
  ['padded', `${CURSOR}=`],
  ['of a chat', MESSAGE_CURSOR],
  ['long', TOO_LONG],
])('a cursor that is %s is refused', async (_, cursor) => {
  for (const name of ['after', 'before']) {
    const source = `query ($cursor: String) { remoteRecords(${name}: $cursor) { totalCount } }`
    expect(await refusal(source, { cursor })).toBe(`${name} must be a cursor that this list gave.`)
    const literal = `{ remoteRecords(${name}: "${cursor}") { totalCount } }`
    expect(await refusal(literal)).toBe(`${name} must be a cursor that this list gave.`)
  }
})

test('a cursor of a list is none of a chat', async () => {
  const source = `{ remoteRecords { nodes { chatMessages(after: "${CURSOR}") { totalCount } } } }`
  expect(await refusal(source)).toBe('after must be a cursor that this list gave.')
})

const DATE = 'Date must be a day of the calendar since 1970, such as "2017-08-27".'

test.each([
  '2017-13-45',
  '2017-02-30',
  '2017-02-29',
  '0000-00-00',
  '1969-12-31',
  '2017-8-27',
  '2017-08-27T00:00:00+08:00',
  '2017-08-27+08:00',
  '20170827',
  ' 2017-08-27',
  '２０１７-08-27',
  '',
])('the day %j is refused', async day => {
  expect(await refusal(`{ remoteRecords(createdOn: { from: "${day}" }) { totalCount } }`)).toBe(
    DATE,
  )
  const inVariable = 'query ($days: DateRange) { remoteRecords(createdOn: $days) { totalCount } }'
  expect(await refusal(inVariable, { days: { to: day } })).toContain(DATE)
  const inPart = 'query ($day: Date) { remoteRecords(createdOn: { to: $day }) { totalCount } }'
  expect(await refusal(inPart, { day })).toContain(DATE)
})

test('a day that the document has is pointed at', async () => {
  await using gateway = await startGateway({ recordCount: 5 })
  const { errors } = await gateway.ask('{ remoteRecords(createdOn: { to: "x" }) { totalCount } }')
  expect(errors?.[0]?.locations).toEqual([{ line: 1, column: 34 }])
})

test.each(['20170827', 'true', '{}', '[]', '2017'])(
  'the day %s, no text, is refused',
  async day => {
    const source = `{ remoteRecords(createdOn: { from: ${day} }) { totalCount } }`
    expect(await refusal(source)).toBeDefined()
  },
)

test('a range that ends before it begins is refused', async () => {
  const days = { from: '2026-11-20', to: '2026-11-19' }
  expect(
    await refusal('query ($days: DateRange) { remoteRecords(createdOn: $days) { totalCount } }', {
      days,
    }),
  ).toBe('createdOn.from must not be after createdOn.to.')
  expect(
    await refusal(
      '{ remoteRecords { nodes { chatMessages(sentOn: { from: "2026-11-20", to: "2026-11-19" }) { totalCount } } } }',
    ),
  ).toBe('sentOn.from must not be after sentOn.to.')
})

test.each([
  '-1',
  '0',
  '00',
  '0221',
  '1.5',
  '1e3',
  '0x10',
  '221.json?x',
  '../users',
  '%2e%2e',
  '221\r\nHost: evil',
  '１２３',
  ' 221',
  '',
  'null',
  '1'.repeat(16),
  TOO_LONG,
])('the id %j is refused wherever one is taken', async csId => {
  const id = (name: string) => `${name} must be a whole number from 1, of at most 15 digits.`
  for (const [field, name] of [
    ['remoteRecord(csId: $id) { csId }', 'csId'],
    ['serviceSummary(csId: $id) { state }', 'csId'],
    ['agent(servicerId: $id) { servicerId }', 'servicerId'],
  ] as const) {
    const source = `query ($id: ID!) { remoteRecords { totalCount } ${field} }`
    expect(await refusal(source, { id: csId })).toBe(id(name))
  }
})

test.each([1.5, -1, 0, true, null, ['221', '222'], { csId: 1 }])(
  'the id %j is refused as a value of JSON too',
  async id => {
    await refusal('query ($id: ID!) { remoteRecord(csId: $id) { csId } }', { id })
  },
)

test('101 ids are too many', async () => {
  expect(
    await refusal('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
      ids: new Array(101).fill('x'),
    }),
  ).toBe('ids must be at most 100; there are 101.')
})

test('each field that is wrong is told', async () => {
  await using gateway = await startGateway()
  const { failures, calls } = await gateway.ask(
    '{ remoteRecords(first: -1) { totalCount } agent(servicerId: 0) { id } remoteRecord(csId: 0) { id } }',
  )
  expect(failures).toEqual(['BAD_USER_INPUT', 'BAD_USER_INPUT', 'BAD_USER_INPUT'])
  expect(calls).toEqual([])
})

test('null and absent are the same: no bound', async () => {
  await using gateway = await startGateway()
  const { data, failures } = await gateway.ask(
    `query ($none: Int, $text: String, $days: DateRange) {
      remoteRecords(first: $none, after: null, last: null, before: $text, createdOn: $days) {
        nodes { csId }
      }
    }`,
    { none: null },
  )
  expect(failures).toEqual([])
  expect(data.remoteRecords.nodes).toHaveLength(20)
})
