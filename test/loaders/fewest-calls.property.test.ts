import fc from 'fast-check'
import { expect, test } from 'vitest'
import { agentHistories, HISTORIES, type Row, walk } from '../emulator/calling.ts'
import { startGateway } from '../gateway.ts'

const PER_PAGE = [7, 10, 100] as const

/** An operation over one list of records. Its numbers are small, as the data sets are. */
const operation = fc.record({
  side: fc.constantFrom('first', 'last'),
  size: fc.integer({ min: 1, max: 24 }),
  order: fc.constantFrom('NEWEST_FIRST', 'OLDEST_FIRST'),
  totalCount: fc.boolean(),
  labels: fc.boolean(),
  summaries: fc.boolean(),
  messages: fc.option(fc.integer({ min: 1, max: 3 })),
  latest: fc.option(fc.integer({ min: 1, max: 3 })),
})

type Operation = typeof operation extends fc.Arbitrary<infer Value> ? Value : never

const sourceOf = (wish: Operation) => `{
  remoteRecords(${wish.side}: ${wish.size}, order: ${wish.order}) {
    ${wish.totalCount ? 'totalCount' : ''}
    nodes {
      csId
      ${wish.labels ? 'problemType { label }' : ''}
      ${wish.summaries ? 'serviceSummary { state }' : ''}
      ${wish.messages ? `chatMessages(first: ${wish.messages}) { nodes { text } }` : ''}
      ${wish.latest ? `agent { remoteRecords(first: ${wish.latest}) { nodes { csId } } }` : ''}
    }
  }
}`

const WARM_UP = `{ remoteRecords(first: 30) { nodes {
  agent { remoteRecords(first: 30) { nodes { csId } } } chatMessages(first: 1) { nodes { text } }
} } }`

/** A list of the upstream, and the rows of it that an answer tells of. */
interface Need {
  readonly length: number
  readonly from: number
  readonly to: number
  readonly isAtStart: boolean
}

/** The calls of one list that hold the rows: each set of pages is tried, the smallest first. */
function fewestPages({ from, to }: Need, cap: number): number {
  const holds = (calls: number, next: number): boolean => {
    if (next > to) return true
    if (calls === 0) return false
    const sizes = Array.from({ length: cap }, (_, at) => at + 1)
    // One page of any such set has the first row that is missing.
    return sizes.some(size => holds(calls - 1, (Math.floor(next / size) + 1) * size))
  }
  let calls = 1
  while (!holds(calls, from)) calls++
  return calls
}

/** What only calls to other endpoints tell of these rows. */
const callsBeside = (wish: Operation, rows: readonly Row[], cap: number) =>
  (wish.summaries ? rows.length : 0) +
  (wish.messages ? rows.filter(row => Number(row.ChatRecord) !== 0).length : 0) +
  // Small data sets: the first page of the other list has all options, if pages are not capped.
  (wish.labels && cap === 100 && rows.some(row => Number(row.ptId) !== 0) ? 1 : 0)

const agentsOf = (rows: readonly Row[]) =>
  new Set(rows.map(row => Number(row.csServicerId)).filter(id => id > 0))

const needOf = (length: number, size: number, isAtStart: boolean): Need =>
  isAtStart
    ? { length, isAtStart, from: 0, to: Math.min(size, length) - 1 }
    : { length, isAtStart, from: Math.max(length - size, 0), to: length - 1 }

/**
 * Where a list of several pages is wanted from its end, a call must tell first where that is: it may
 * come on top, once for each such list.
 */
test.each(
  PER_PAGE.flatMap(cap => [
    { cap, order: 'ascending' as const },
    { cap, order: 'descending' as const },
  ]),
)('no smaller set of calls holds an answer: pages of $cap, $order', async ({ cap, order }) => {
  await using gateway = await startGateway({ recordCount: 30, maxPerPage: cap, order })
  const rows = await walk(gateway.emulator, HISTORIES)
  const lengths = new Map<number, number>()
  for (const id of agentsOf(rows)) {
    lengths.set(id, (await walk(gateway.emulator, agentHistories(id))).length)
  }

  await fc.assert(
    fc.asyncProperty(operation, async generated => {
      const isNewest = (generated.side === 'first') === (generated.order === 'NEWEST_FIRST')
      const isAtStart = (at: boolean) => at === (order === 'descending')
      // With capped pages, and from the list's end, labels take more calls than they need.
      const hasLabels = generated.labels && cap === 100 && isAtStart(isNewest)
      const wish = { ...generated, labels: hasLabels }
      const own = needOf(rows.length, wish.size, isAtStart(isNewest))
      const told = rows.slice(own.from, own.to + 1)
      const { latest } = wish
      const ofAgents = (latest ? [...agentsOf(told)] : []).map(id =>
        needOf(lengths.get(id) ?? 0, latest ?? 0, isAtStart(true)),
      )
      const needs = [own, ...ofAgents]
      const fewest =
        needs.reduce((sum, need) => sum + fewestPages(need, cap), 0) + callsBeside(wish, told, cap)
      const untoldEnds = needs.filter(({ isAtStart, length }) => !isAtStart && length > cap).length
      // As long as no chat is long enough to show in which order messages come, one is read twice.
      const proof = wish.messages ? 1 : 0
      gateway.forget()
      await gateway.ask(WARM_UP)

      const { calls, failures } = await gateway.ask(sourceOf(wish))

      expect(failures).toEqual([])
      expect(calls.length).toBeGreaterThanOrEqual(fewest)
      expect(calls.length).toBeLessThanOrEqual(fewest + untoldEnds + proof)
    }),
    { numRuns: 100 },
  )
})
