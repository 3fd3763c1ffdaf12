import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Gateway, startGateway } from '../gateway.ts'

const DAYS = { from: '2026-11-01', to: '2026-11-23' }
const FILTERED = `query ($filter: RemoteRecordFilter, $days: DateRange) {
  remoteRecords(filter: $filter, createdOn: $days) { totalCount }
}`

let gateway: Gateway
beforeAll(async () => {
  gateway = await startGateway({ recordCount: 5 })
})
afterAll(() => gateway[Symbol.asyncDispose]())

/** What is said of it; no call was made. */
async function refusal(variables: Record<string, unknown>, source = FILTERED) {
  const { status, data, errors, failures, calls } = await gateway.ask(source, variables)
  expect(failures).toEqual(['BAD_USER_INPUT'])
  expect({ status, data, calls }).toEqual({ status: 400, data: null, calls: [] })
  return errors?.[0]?.message
}

const BIG = new Array(1000).fill('201')
const LONG = 'long'.repeat(1000)
const HALF = '\ud83d'

test.each<[string, Record<string, unknown>, string]>([
  [
    'an empty list',
    { statuses: [] },
    'filter.statuses must not be empty: leave it out to have all.',
  ],
  [
    'an empty list of agents',
    { agentIds: [] },
    'filter.agentIds must not be empty: leave it out to have all.',
  ],
  ['1,000 values', { agentIds: BIG }, 'filter.agentIds must be at most 100; there are 1000.'],
  [
    '10,000 values',
    { companyNames: new Array(10_000).fill('x') },
    'Expected at most 1000 values of a list in variables, got 10000.',
  ],
  [
    'a text of 100 KB',
    { textContains: 'x'.repeat(100_000) },
    'Expected at most 4096 bytes of a text in variables, got 100000.',
  ],
  [
    'half a character of a company',
    { companyNames: [HALF] },
    'filter.companyNames must be whole characters: half of one is in it.',
  ],
  [
    'an id that is none',
    { agentIds: ['0'] },
    'filter.agentIds must be a whole number from 1, of at most 15 digits.',
  ],
  [
    'a pattern as an id',
    { agentIds: ['%'] },
    'filter.agentIds must be a whole number from 1, of at most 15 digits.',
  ],
  [
    'a client without a number',
    { clientNumbers: [''] },
    'filter.clientNumbers must be from 1 to 200 characters; it is 0.',
  ],
  [
    'a company without a name',
    { companyNames: [''] },
    'filter.companyNames must be from 1 to 200 characters; it is 0.',
  ],
  [
    'a text of 4 KB',
    { textContains: LONG },
    'filter.textContains must be from 1 to 200 characters; it is 4000.',
  ],
  [
    'an empty text',
    { textContains: '' },
    'filter.textContains must be from 1 to 200 characters; it is 0.',
  ],
  [
    'half a character',
    { textContains: HALF },
    'filter.textContains must be whole characters: half of one is in it.',
  ],
  [
    'a level that no menu has',
    { problemTypes: [{ level: 4, optionId: 1 }] },
    'filter.problemTypes.level must be 1, 2 or 3.',
  ],
  [
    'an option that is none',
    { problemTypes: [{ level: 1, optionId: '-1' }] },
    'filter.problemTypes.optionId must be a whole number from 1, of at most 15 digits.',
  ],
  [
    'a reversed range',
    { durationSeconds: { min: 2, max: 1 } },
    'filter.durationSeconds.min must not be more than filter.durationSeconds.max.',
  ],
  [
    'a reversed range of amounts',
    { price: { min: '10.00', max: '9.99' } },
    'filter.price.min must not be more than filter.price.max.',
  ],
  ['a range without ends', { price: {} }, 'filter.price must have min or max.'],
  [
    'a custom field without a value',
    { customField: { key: 'a' } },
    'filter.customField must have either equals or contains.',
  ],
  [
    'a custom field with two',
    { customField: { key: 'a', equals: 'b', contains: 'b' } },
    'filter.customField must have either equals or contains.',
  ],
  [
    'a custom field without a key',
    { customField: { key: '', equals: 'b' } },
    'filter.customField.key must be from 1 to 200 characters; it is 0.',
  ],
])('%s is refused', async (_, filter, message) => {
  expect(await refusal({ filter, days: DAYS })).toBe(message)
})

test.each([
  1,
  1.5,
  '',
  '1,000',
  '1e3',
  '+1',
  '.5',
  '1.',
  'NaN',
  'Infinity',
  '١',
  '１',
  '0x1',
  '1'.repeat(16),
  true,
])('the amount %j is refused', async min => {
  expect(await refusal({ filter: { price: { min } }, days: DAYS })).toContain(
    'Decimal must be a text of at most 15 digits and 6 decimals, such as "234.00".',
  )
})

test('reversed days are refused, of lists and of statistics', async () => {
  const days = { from: '2026-11-23', to: '2026-11-01' }
  const counted = `query ($days: DateRange!) {
    remoteRecordStatistics(createdOn: $days, filter: { isRated: true }) { count }
  }`
  for (const source of [FILTERED, counted])
    expect(await refusal({ filter: { isRated: true }, days }, source)).toBe(
      'createdOn.from must not be after createdOn.to.',
    )
})

test('what no number is, no range takes', async () => {
  for (const min of [Number.NaN, 1.5, '1', 2 ** 31]) {
    expect(await refusal({ filter: { durationSeconds: { min } }, days: DAYS })).toBeDefined()
  }
})

test('a name that no condition has is refused', async () => {
  expect(await refusal({ filter: { contactMethod: '132' }, days: DAYS })).toContain('contactMethod')
})

const WANTS_DAYS = 'Each record of the days is looked at: createdOn must have both from and to.'

test.each([undefined, null, {}, { from: '2026-11-01' }, { to: '2026-11-23' }])(
  'a filter that is read wants both ends of its days: %j',
  async days => {
    expect(await refusal({ filter: { isRated: true }, days })).toBe(WANTS_DAYS)
    expect(await refusal({ filter: { agentIds: ['201', '202'] }, days })).toBe(WANTS_DAYS)
    expect(await refusal({ filter: { agentIds: ['201'], isRated: true }, days })).toBe(WANTS_DAYS)
  },
)

test('it takes 366 days, and no more', async () => {
  const filter = { isRated: true }
  const leapYear = { from: '2024-01-01', to: '2024-12-31' }
  expect((await gateway.ask(FILTERED, { filter, days: leapYear })).failures).toEqual([])
  expect(await refusal({ filter, days: { from: '2024-01-01', to: '2025-01-01' } })).toBe(
    'createdOn must be at most 366 days if each record is looked at; it is 367.',
  )
})

test('agents are no condition on the records of an agent', async () => {
  const source = `{ agent(servicerId: 201) {
    remoteRecords(filter: { agentIds: [202] }) { totalCount }
  } }`
  expect(await refusal({}, source)).toBe(
    'filter.agentIds is not taken here: these are of one agent.',
  )
})

test('null and absent are the same: no condition', async () => {
  for (const filter of [undefined, null, {}, { statuses: null, textContains: null }]) {
    const { data, calls } = await gateway.ask(FILTERED, { filter })
    expect(data.remoteRecords.totalCount).toBe(5)
    expect(calls).toHaveLength(1)
  }
})
