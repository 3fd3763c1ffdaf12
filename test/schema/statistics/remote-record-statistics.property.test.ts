import fc from 'fast-check'
import { expect, test } from 'vitest'
import { startGateway } from '../../gateway.ts'
import { type Row, rowsOf } from '../upstream-rows.ts'
import { figuresOf, groupsOf } from './statistics-fold.ts'

const FIGURES = `count resolvedCount ratedCount chatCount price paidPrice duration {
  count sum min max median: percentile(p: 50) p90: percentile(p: 90) all: percentile(p: 100)
}`

const STATISTICS = `query ($days: DateRange!, $filter: RemoteRecordFilter) {
  remoteRecordStatistics(createdOn: $days, filter: $filter) {
    ${FIGURES}
    byDay { day ${FIGURES} }
    byHour { hour ${FIGURES} }
    byAgent { agent { servicerId } ${FIGURES} }
    byStatus { status ${FIGURES} }
    byRating { rating ${FIGURES} }
    byPaymentStatus { paymentStatus ${FIGURES} }
    first: byProblemType { problemType { optionId } ${FIGURES} }
    third: byProblemType(level: 3) { problemType { optionId } ${FIGURES} }
    byCompany(first: 1000) { companyName ${FIGURES} }
  }
}`

const STATUSES = ['INVALID', 'IN_SERVICE', 'WAITING', 'EXTENDED', 'ON_HOLD', 'COMPLETED']
const RATINGS: Readonly<Record<number, string>> = { 0: 'null', 1: 'BAD', 3: 'NEUTRAL', 5: 'GOOD' }
const PAYMENTS = ['UNPAID', 'PAID', 'FAILED', 'PAGE_OPENED', 'DEDUCTED']

const startOf = ({ csBTime }: Row) =>
  /^(\d+)-(\d+)-(\d+) (\d+):/
    .exec(String(csBTime))
    ?.slice(1)
    .map(part => part.padStart(2, '0')) ?? []

/** No value is no number: it is not 0. */
const numberOf = (value: unknown) => (value == null || value === '' ? -1 : Number(value))
const textOf = (value: unknown) => (value == null || value === '' ? 'null' : String(value))
const idOf = (value: unknown) => (Number(value ?? 0) === 0 ? 'null' : String(Number(value)))

interface GroupOfAnswer {
  readonly day?: string
  readonly hour?: number
  readonly agent?: { readonly servicerId: string } | null
  readonly status?: string
  readonly rating?: string | null
  readonly paymentStatus?: string
  readonly problemType?: { readonly optionId: string } | null
  readonly companyName?: string | null
}

/** How each group names its records: in the graph, and in the upstream's rows. */
const GROUPS: readonly [
  field: string,
  keyOf: (group: GroupOfAnswer) => unknown,
  keyOfRow: (row: Row) => string,
][] = [
  ['byDay', ({ day }) => day, row => startOf(row).slice(0, 3).join('-')],
  ['byHour', ({ hour }) => hour, row => String(Number(startOf(row)[3]))],
  ['byAgent', ({ agent }) => agent?.servicerId, row => idOf(row.csServicerId)],
  ['byStatus', ({ status }) => status, row => STATUSES[numberOf(row.csStat)] ?? 'UNKNOWN'],
  ['byRating', ({ rating }) => rating, row => RATINGS[Number(row.commentScore ?? 0)] ?? 'UNKNOWN'],
  [
    'byPaymentStatus',
    ({ paymentStatus }) => paymentStatus,
    row => PAYMENTS[numberOf(row.payStat)] ?? 'UNKNOWN',
  ],
  ['first', ({ problemType }) => problemType?.optionId, row => idOf(row.ptId)],
  ['third', ({ problemType }) => problemType?.optionId, row => idOf(row.ptThird)],
  ['byCompany', ({ companyName }) => companyName, row => textOf(row.companyName)],
]

const upstream = fc.record({
  seed: fc.nat({ max: 1000 }),
  recordCount: fc.integer({ min: 0, max: 260 }),
  order: fc.constantFrom('ascending' as const, 'descending' as const),
  maxPerPage: fc.constantFrom(7, 10, 100),
})

const filters = fc.constantFrom<[object | undefined, (row: Row) => boolean]>(
  [undefined, () => true],
  [{ isResolved: false }, row => row.isFinish != null && Number(row.isFinish) === 0],
  [{ ratings: ['BAD', 'GOOD'] }, row => [1, 5].includes(Number(row.commentScore))],
  [{ agentIds: ['201', '202', '203'] }, row => [201, 202, 203].includes(Number(row.csServicerId))],
)

const days = fc
  .tuple(fc.nat({ max: 89 }), fc.nat({ max: 89 }))
  .map(two => two.toSorted((a, b) => a - b))
const dayAt = (number: number) =>
  new Date(Date.UTC(2026, 7, 26) + number * 86_400_000).toISOString().slice(0, 10)

test('each figure of each group is what a plain fold over the records gives', async () => {
  await fc.assert(
    fc.asyncProperty(upstream, days, filters, async (options, [from = 0, to = 0], filtering) => {
      const [filter, isWanted] = filtering
      await using gateway = await startGateway(options)
      const range = { from: dayAt(from), to: dayAt(to) }
      const { data, failures } = await gateway.ask(STATISTICS, { days: range, filter })
      expect(failures).toEqual([])
      const bounds = `&starttime=${range.from}&endtime=${range.to}`
      const rows = (await rowsOf(gateway.emulator, bounds)).filter(isWanted)
      const statistics = data.remoteRecordStatistics
      expect(statistics).toMatchObject(figuresOf(rows))
      for (const [field, keyOf, keyOfRow] of GROUPS) {
        const expected = groupsOf(rows, keyOfRow)
        // Services whose beginning cannot be read are of no day and no hour.
        expected.delete('')
        expected.delete('NaN')
        const groups = statistics[field].filter(({ count }: { count: number }) => count > 0)
        const keys = groups.map((group: GroupOfAnswer) => textOf(keyOf(group)))
        expect(new Set(keys), field).toEqual(new Set(expected.keys()))
        expect(keys).toHaveLength(expected.size)
        for (const group of groups) {
          expect(group, field).toMatchObject(expected.get(textOf(keyOf(group))) ?? {})
        }
      }
      expect(statistics.byDay.length).toBeGreaterThanOrEqual(to - from + 1)
    }),
    { numRuns: 40 },
  )
})
