import fc from 'fast-check'
import { parseRecordCursor, type RecordCursor } from '../../../src/history/cursor.ts'
import { ListInconclusiveError } from '../../../src/history/list-errors.ts'
import { NumberedList } from '../../../src/history/lists/numbered-list.ts'
import type { NumberedListSource } from '../../../src/history/lists/numbered-list-source.ts'
import { sliceRecords } from '../../../src/history/lists/record-slice.ts'
import { ListTraits } from '../../../src/history/traits/list-traits.ts'
import type { Change, MovingListOptions } from './moving-list.ts'
import { MovingList, ROUNDINGS } from './moving-list.ts'

export const key = fc.integer({ min: 1, max: 400 })

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ insert: key }),
  fc.record({ remove: key }),
  fc.record({ append: fc.integer({ min: 1, max: 5 }) }),
)

/** Dense as an auto-increment makes them, or sparse as one agent's records are. */
export const keys = fc.oneof(
  fc.uniqueArray(key, { maxLength: 250 }),
  fc
    .tuple(fc.integer({ min: 0, max: 250 }), fc.uniqueArray(key, { maxLength: 8 }))
    .map(([length, gone]) =>
      Array.from({ length }, (_, index) => index + 1).filter(each => !gone.includes(each)),
    ),
)

/** One lie at a time: a wrong count beside a true next_page, or a next_page that says nothing. */
const claims = fc.oneof(
  fc.constant({}),
  fc.record({ countError: fc.integer({ min: -12, max: 12 }), next: fc.constant('true' as const) }),
  fc.record({ next: fc.constant('absent' as const) }),
  fc.record({ isCounted: fc.constant(false) }),
)

const some = fc.record({ every: fc.integer({ min: 3, max: 30 }), offset: fc.nat({ max: 30 }) })

const run = fc.record({ from: key, length: fc.integer({ min: 1, max: 250 }) })

const SMALLEST_CAP = 7

const ROUNDING_NAMES = Object.keys(ROUNDINGS) as (keyof typeof ROUNDINGS)[]

/** One oddity at a time, or a lie of the list's claims. */
const oddities: fc.Arbitrary<Partial<MovingListOptions>> = fc.oneof(
  claims,
  fc.record({ hidden: some }),
  fc.record({ hidden: run }),
  fc.record({ hidden: run, isCounted: fc.constant(false) }),
  fc.constant({ areRowsTurned: true }),
  fc.record({ swapped: some }),
  fc.record({ twice: some }),
  fc.record({ fixedRows: fc.integer({ min: SMALLEST_CAP, max: 120 }) }),
  fc.record({ rounding: fc.constantFrom(...ROUNDING_NAMES) }),
  fc.record({ surplus: fc.integer({ min: 1, max: 2 }) }),
)

export const movingList: fc.Arbitrary<MovingListOptions> = fc
  .record({
    keys,
    rising: fc.boolean(),
    maxPerPage: fc.oneof(fc.constant(100), fc.integer({ min: SMALLEST_CAP, max: 100 })),
    changes: fc.array(fc.array(change, { maxLength: 4 }), { maxLength: 30 }),
    oddities,
  })
  .map(({ oddities, ...options }) => ({
    ...options,
    ...oddities,
    // Turned pages begin with the newest rows: see README.md in src/history for the others.
    rising: options.rising && !oddities.areRowsTurned,
    maxPerPage: capOf(options.maxPerPage, oddities),
    // Without a length, nothing shows that a row came as another one went: see README.md in src/history.
    changes: oddities.hidden && oddities.isCounted === false ? [] : options.changes,
  }))

/** A page with hidden rows looks like a capped one; and one oddity of sizes is enough. */
const capOf = (
  maxPerPage: number,
  { hidden, rounding, surplus }: Partial<MovingListOptions>,
): number => ((hidden ?? rounding ?? surplus) ? 100 : maxPerPage)

/**
 * With few rows a page, neighbours may be on no page together, whatever its size, so that no call
 * can prove them neighbours: then a reading may fail. So it may if many rows are hidden, or if
 * one oddity comes with another: capped pages, or changes at each call; and where sizes are rounded, but
 * for a least one, or pages have rows of the next one, as too few pages have a sure place. Otherwise none
 * fails.
 */
const SMALLEST_USEFUL_CAP = 25

export function mayFail(
  {
    maxPerPage = 100,
    changes = [],
    hidden,
    swapped,
    twice,
    countError,
    areRowsTurned,
    next,
    fixedRows,
    isCounted = true,
    rounding,
    surplus,
  }: MovingListOptions,
  between: readonly (readonly Change[])[] = [],
): boolean {
  const isMoving = [...changes, ...between].some(each => each.length > 0)
  const isHardlyShown = hidden !== undefined && (!('every' in hidden) || hidden.every < 8)
  const isOdd =
    Boolean(hidden ?? swapped ?? twice ?? countError) ||
    areRowsTurned === true ||
    next === 'absent' ||
    !isCounted ||
    rounding !== undefined
  const isFixed = fixedRows !== undefined
  const isCapped = maxPerPage < 100
  const isHardToRead = isHardlyShown || maxPerPage < SMALLEST_USEFUL_CAP
  if ((rounding && rounding !== 'at least 10') || surplus) return true
  return isMoving ? isHardToRead || isOdd || isFixed : isHardlyShown || (isOdd && isCapped)
}

export const walk = fc.record({
  list: movingList,
  towards: fc.constantFrom(1 as const, -1 as const),
  limits: fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 6 }),
  between: fc.array(fc.array(change, { maxLength: 4 }), { maxLength: 10 }),
  forgetsTraits: fc.boolean(),
})

export type Walk = typeof walk extends fc.Arbitrary<infer Value> ? Value : never

/**
 * Each row that exists throughout a walk is returned exactly once, one that came or went meanwhile at
 * most once, and none out of order that was there throughout.
 */
export async function assertWalkIsExact(walk: Walk): Promise<void> {
  const moving = new MovingList(walk.list)
  const returned = await readAll(moving, walk).catch(error => {
    if (mayFail(walk.list, walk.between) && error instanceof ListInconclusiveError) return undefined
    throw error
  })
  if (!returned) return
  assertOnce(returned)
  // Records of one second may stand on two pages, in the order of the upstream.
  const throughout = returned.filter(each => moving.alwaysPresent.has(each))
  if (!walk.list.swapped) assertOrdered(throughout, walk.towards)
  const seen = new Set(returned)
  for (const each of moving.alwaysPresent) {
    if (!seen.has(each)) throw new Error(`row ${each} was there throughout and was not returned`)
  }
  for (const each of returned) {
    if (!moving.everPresent.has(each)) throw new Error(`row ${each} never existed`)
  }
}

async function readAll(
  moving: MovingList,
  { towards, limits, between, forgetsTraits }: Walk,
): Promise<number[]> {
  const source = recordsOf(moving)
  let traits = new ListTraits()
  const returned: number[] = []
  let after: RecordCursor | undefined
  for (let turn = 0; turn < 2000; turn++) {
    if (forgetsTraits) traits = new ListTraits()
    const limit = limits[turn % limits.length] ?? 1
    const wish = { limit, isFromEnd: false, after, before: undefined }
    const slice = await sliceRecords(new NumberedList(source, traits), towards, wish)
    returned.push(...slice.edges.map(({ row }) => row.row.csId))
    const last = slice.edges.at(-1)
    if (!last) return returned
    const hasMore = await slice.hasNext()
    if (slice.edges.length < limit && hasMore)
      throw new Error('a short answer says that there is more')
    if (!hasMore) return returned
    after = parseRecordCursor(last.cursor)
    moving.change(between[turn] ?? [])
  }
  throw new Error('the walk did not end')
}

/** The keys of a moving list as records. */
export const recordsOf = (moving: MovingList): NumberedListSource<{ readonly csId: number }> => ({
  keyOf: ({ csId }) => csId,
  fetchPage: async at => {
    const { rows, ...page } = await moving.fetchPage(at)
    return { ...page, rows: rows.map(csId => ({ csId })) }
  },
})

function assertOnce(rows: readonly number[]): void {
  if (new Set(rows).size < rows.length) throw new Error(`a row came twice: ${rows}`)
}

export function assertOrdered(rows: readonly number[], towards: 1 | -1): void {
  rows.slice(1).forEach((row, index) => {
    const before = rows[index] ?? 0
    if (Math.sign(row - before) !== towards) throw new Error(`row ${row} came after row ${before}`)
  })
}
