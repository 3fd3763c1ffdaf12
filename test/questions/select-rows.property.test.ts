import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Group, groupRows } from '../../src/questions/group.ts'
import { RecordColumns } from '../../src/questions/record-columns.ts'
import { createMatcher, type RecordFilter } from '../../src/questions/record-filter.ts'
import { selectRows } from '../../src/questions/select-rows.ts'
import { RemoteRecordResource } from '../../src/upstream/remote-record.ts'

const BEYOND_32_BITS = 5_000_000_001
const ids = fc.constantFrom(0, 7, 8, BEYOND_32_BITS, null, 'x')
const flags = fc.constantFrom(0, 1, 2, null, '', 'yes')
const prices = [
  '0',
  '0.01',
  '0.010',
  '10',
  '-3.5',
  '233.999',
  '1e12',
  '4e13',
  '1e14',
  null,
  '',
  'free',
]

/** A record as the upstream sends it, odd values too. */
const rows = fc.record({
  csServicerId: ids,
  csStat: fc.constantFrom(0, 1, 5, 9, null),
  payStat: fc.constantFrom(0, 1, 4, 9, null),
  commentScore: fc.constantFrom(0, 1, 3, 5, 9, null, ''),
  companyName: fc.constantFrom('A', 'a', '', null, 'null'),
  isFinish: flags,
  ChatRecord: flags,
  Remote: flags,
  csPrice: fc.constantFrom(...prices),
  csBTime: fc.constantFrom('2026-11-23 09:00:00', '2026-11-24 23:59:59', '', 'x'),
  csETime: fc.constantFrom('2026-11-23 09:00:00', '2026-11-25 00:00:00', '', null),
  ptId: ids,
  ptChildId: ids,
  ptThird: ids,
})

const records = fc
  .array(rows, { maxLength: 30 })
  .map(all => all.map((row, index) => new RemoteRecordResource(index + 1, row, () => undefined)))

const some = <Value>(...values: readonly Value[]) => fc.subarray([...values])
const bounds = <Value>(...values: readonly Value[]) =>
  fc.record({ min: fc.constantFrom(...values), max: fc.constantFrom(...values) }, NO_KEYS)
const NO_KEYS = { requiredKeys: [] }

const conditions = {
  agentIds: some(7, 8, BEYOND_32_BITS, BEYOND_32_BITS % 2 ** 32),
  statuses: some<'INVALID' | 'COMPLETED' | 'UNKNOWN'>('INVALID', 'COMPLETED', 'UNKNOWN'),
  paymentStatuses: some<'UNPAID' | 'DEDUCTED' | 'UNKNOWN'>('UNPAID', 'DEDUCTED', 'UNKNOWN'),
  ratings: some<'GOOD' | 'BAD' | 'UNKNOWN'>('GOOD', 'BAD', 'UNKNOWN'),
  isRated: fc.boolean(),
  isResolved: fc.boolean(),
  hasChat: fc.boolean(),
  hasRemoteControl: fc.boolean(),
  companyNames: some('A', 'a', 'null'),
  problemTypes: fc.array(
    fc.record({
      level: fc.constantFrom<1 | 2 | 3>(1, 2, 3),
      optionId: fc.constantFrom(7, 8, BEYOND_32_BITS),
    }),
  ),
  durationSeconds: bounds(0, 1, 86_400, 140_000),
  price: bounds('0.00', '0.01', '10.00', '233.99', '234.00', '-3.50', '40000000000000.00'),
}

/** One condition or several, that of a price too. */
const filters: fc.Arbitrary<RecordFilter> = fc.record(conditions, NO_KEYS)

const columnsOf = (of: readonly RemoteRecordResource[]) => {
  const columns = new RecordColumns<number>()
  for (const record of of) columns.add(record, () => record.csId)
  return columns
}

/** Groups by each column, with what the numbers in it stand for. */
async function groupsOf(columns: RecordColumns<number>) {
  const { arrays, values } = columns
  const keys: Record<string, (row: number) => unknown> = {
    day: row => arrays.day[row],
    hour: row => arrays.hour[row],
    agent: row => values.agents.valueOf(arrays.agent[row] ?? 0),
    status: row => values.statuses.valueOf(arrays.status[row] ?? 0),
    rating: row => values.ratings.valueOf(arrays.rating[row] ?? 0),
    payment: row => values.paymentStatuses.valueOf(arrays.paymentStatus[row] ?? 0),
    company: row => values.companies.valueOf(arrays.company[row] ?? 0),
    option1: row => values.options[0]?.valueOf(arrays.option1[row] ?? 0),
    option2: row => values.options[1]?.valueOf(arrays.option2[row] ?? 0),
    option3: row => values.options[2]?.valueOf(arrays.option3[row] ?? 0),
  }
  const all = await Promise.all(
    Object.entries(keys).map(async ([name, keyAt]) => {
      const numbers = new Map<unknown, number>()
      const numberOf = (key: unknown) => numbers.get(key) ?? numbers.set(key, numbers.size).size - 1
      const groups = await groupRows(
        columns,
        Array.from({ length: columns.length }, (_, row) => numberOf(keyAt(row))),
      )
      const known = [...numbers.keys()]
      return [name, await Promise.all(groups.map(group => readable(group, known)))] as const
    }),
  )
  return Object.fromEntries(all)
}

const readable = async ({ key, figures, durations }: Group, keys: readonly unknown[]) => ({
  key: keys[key],
  figures,
  durations: [...(await durations())],
})

test('rows of columns meet a filter as their records do, and make the same groups', async () => {
  let selections = 0
  await fc.assert(
    fc.asyncProperty(records, filters, async (all, filter) => {
      const columns = columnsOf(all)
      const selected = await selectRows(columns, filter)
      if (!selected) {
        expect(filter.price).toBeDefined()
        expect(columns.values.arePricesExact).toBe(false)
        return
      }
      selections += 1
      const expected = columnsOf(all.filter(createMatcher(filter)))
      expect(await groupsOf(selected)).toEqual(await groupsOf(expected))
    }),
    { numRuns: 500 },
  )
  expect(selections).toBeGreaterThan(200)
})

test.each(['233.999', '0.001', '99999999999999.00', '-0.005'])(
  'a price of %s is compared where it is exact',
  price => {
    const columns = columnsOf([new RemoteRecordResource(1, { csPrice: price }, () => undefined)])
    expect(selectRows(columns, { price: { min: '0.00' } })).toBeUndefined()
    expect(selectRows(columns, { hasChat: true })).toBeDefined()
  },
)

test.each<RecordFilter>([
  { clientNumbers: ['123456789'] },
  { textContains: 'x' },
  { customField: { key: 'x' } },
])('what is not counted is not in columns: %j', filter => {
  expect(selectRows(columnsOf([]), filter)).toBeUndefined()
})

test('columns take 41 bytes a record', () => {
  const columns = columnsOf(
    Array.from({ length: 3000 }, (_, at) => new RemoteRecordResource(at + 1, {}, () => undefined)),
  )
  columns.trim()
  const bytes = Object.values(columns.arrays).reduce((sum, { byteLength }) => sum + byteLength, 0)
  expect(bytes / columns.length).toBe(41)
})
