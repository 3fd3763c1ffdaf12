import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Emulator } from '../../src/emulator/emulator.ts'
import { type Gateway, startGateway } from '../gateway.ts'
import { csIdsOf } from './cs-ids.ts'
import { rowsOf } from './upstream-rows.ts'

const PAGE = `query (
  $first: Int, $after: String, $last: Int, $before: String
  $order: RecordOrder!, $filter: RemoteRecordFilter!
) {
  remoteRecords(
    first: $first, after: $after, last: $last, before: $before, order: $order, filter: $filter
    createdOn: { from: "2026-01-01", to: "2026-12-31" }
  ) {
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    nodes { csId }
    scan { recordsRead isComplete }
  }
}`

const CS_ID_STEP = 3
const FIRST_CS_ID = 1000

/** By `commentScore`, whether the filter of the walk matches. */
const SCORES = new Map([
  [0, false],
  [1, true],
  [3, true],
  [5, false],
])

const upstream = fc.record({
  recordCount: fc.integer({ min: 0, max: 90 }),
  order: fc.constantFrom('ascending' as const, 'descending' as const),
  maxPerPage: fc.constantFrom(7, 10, 100),
  maxUpstreamCalls: fc.constantFrom(15, 250),
})

const walk = fc.record({
  order: fc.constantFrom('NEWEST_FIRST' as const, 'OLDEST_FIRST' as const),
  isBackward: fc.boolean(),
  size: fc.integer({ min: 1, max: 30 }),
})

/** What happens to the records before an upstream call is answered; none for most calls. */
const change = fc.oneof(
  { weight: 3, arbitrary: fc.constant(undefined) },
  fc.record({ kind: fc.constantFrom('delete', 'insert'), at: fc.nat({ max: 90 * CS_ID_STEP }) }),
  fc.record({ kind: fc.constant('newest'), at: fc.constant(0) }),
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('rate' as const),
      at: fc.nat({ max: 90 }).map(record => record * CS_ID_STEP),
      score: fc.constantFrom(...SCORES.keys()),
    }),
  },
)

type Walk = typeof walk extends fc.Arbitrary<infer Value> ? Value : never
type Change = typeof change extends fc.Arbitrary<infer Value> ? Value : never

/** Records that are rated anew while a walk is under way. */
class Ratings {
  readonly #scores = new Map<number, number>()
  /** Records that began to match, and that ceased to. */
  readonly began = new Set<string>()
  readonly ceased = new Set<string>()

  rate(csId: number, score: number): void {
    this.#scores.set(csId, score)
    const changed = SCORES.get(score) ? this.began : this.ceased
    changed.add(String(csId))
  }

  readonly row = (row: Readonly<Record<string, unknown>>) => {
    const score = this.#scores.get(Number(row.csId))
    return score === undefined ? row : { ...row, commentScore: score }
  }
}

function apply(emulator: Emulator, { kind, at }: NonNullable<Change>, present: Set<number>) {
  const csId = FIRST_CS_ID + at
  if (kind === 'newest') present.add(emulator.insertRecord())
  if (kind === 'delete' && emulator.deleteRecord(csId)) present.delete(csId)
  // A record that comes back may be seen once or not at all, as one that is new.
  const isFree = at % CS_ID_STEP !== 0 && !present.has(csId) && csId < Math.max(...present, 0)
  if (kind === 'insert' && isFree) {
    emulator.insertRecordAt(csId)
    present.add(csId)
  }
}

/** All csIds that a caller is given, page after page, in the order of the walk. */
async function walkThrough(gateway: Gateway, { order, isBackward, size }: Walk) {
  const csIds: string[] = []
  const filter = { ratings: ['BAD', 'NEUTRAL'] }
  for (let cursor: string | undefined, pages = 0; ; pages++) {
    expect(pages).toBeLessThan(200)
    const bounds = isBackward ? { last: size, before: cursor } : { first: size, after: cursor }
    const { data, failures } = await gateway.ask(PAGE, { ...bounds, order, filter })
    expect(failures).toEqual([])
    const { pageInfo, scan, ...page } = data.remoteRecords
    const ofPage = csIdsOf(page)
    csIds.push(...(isBackward ? ofPage.toReversed() : ofPage))
    const hasMore = isBackward ? pageInfo.hasPreviousPage : pageInfo.hasNextPage
    // Fewer than were wanted are the end, or the page says that it came no further.
    if (ofPage.length < size) expect(hasMore).toBe(!scan.isComplete)
    if (!hasMore) return csIds
    // Each page comes further than the one before, even if nothing matches.
    expect(scan.recordsRead).toBeGreaterThan(0)
    cursor = isBackward ? pageInfo.startCursor : pageInfo.endCursor
  }
}

const matching = async (emulator: Emulator): Promise<string[]> =>
  (await rowsOf(emulator))
    .filter(({ commentScore }) => SCORES.get(Number(commentScore)))
    .map(({ csId }) => String(csId))

test('a walk gives each record that matches throughout exactly once, any other at most once, in order', async () => {
  const changes = fc.array(change, { maxLength: 40 })
  await fc.assert(
    fc.asyncProperty(upstream, walk, changes, async (options, way, coming) => {
      await using gateway = await startGateway({
        ...options,
        csIdStep: CS_ID_STEP,
        firstCsId: FIRST_CS_ID,
      })
      const { emulator } = gateway
      // A process that knows how many rows pages have: else few calls may be too few to begin with.
      await gateway.ask('{ remoteRecords(first: 40) { nodes { csId } } }')
      const before = await rowsOf(emulator)
      const present = new Set(before.map(({ csId }) => Number(csId)))
      const matchedBefore = await matching(emulator)
      const gone = new Set<string>()
      const ratings = new Ratings()
      emulator.oddities = { lists: { row: ratings.row } }
      const next = coming[Symbol.iterator]()
      emulator.beforeAnswer = () => {
        const { value } = next.next()
        if (!value) return
        const csId = String(FIRST_CS_ID + value.at)
        if (value.kind === 'delete') gone.add(csId)
        if ('score' in value) ratings.rate(Number(csId), value.score)
        else apply(emulator, value, present)
      }
      const walked = await walkThrough(gateway, way)
      emulator.beforeAnswer = undefined

      const throughout = matchedBefore.filter(csId => !gone.has(csId) && !ratings.ceased.has(csId))
      const seen = new Set(walked)
      expect(throughout.filter(csId => !seen.has(csId))).toEqual([])
      expect(walked).toHaveLength(seen.size)
      const isFalling = (way.order === 'NEWEST_FIRST') !== way.isBackward
      const sorted = walked.toSorted((a, b) => (isFalling ? +b - +a : +a - +b))
      expect(walked).toEqual(sorted)
      const ever = new Set([...matchedBefore, ...(await matching(emulator)), ...ratings.began])
      const unknown = walked.filter(csId => !ever.has(csId) && !gone.has(csId))
      expect(unknown).toEqual([])
    }),
    { numRuns: 150 },
  )
})
