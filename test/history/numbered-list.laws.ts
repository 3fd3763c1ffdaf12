import fc from 'fast-check'
import { SMALLEST_USEFUL_CAP } from '../../src/history/joined-pages.ts'
import { createListTraits } from '../../src/history/list-page.ts'
import type { NumberedListSource } from '../../src/history/list-source.ts'
import { NumberedList } from '../../src/history/numbered-list.ts'
import type { Change, MovingListOptions } from './moving-list.ts'
import { MovingList } from './moving-list.ts'

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
export const claims = fc.oneof(
  fc.constant({}),
  fc.record({ countError: fc.integer({ min: -12, max: 12 }), next: fc.constant('true' as const) }),
  fc.record({ next: fc.constant('absent' as const) }),
)

/**
 * With fewer rows a page than the smallest useful cap, two neighbours may be on no page together,
 * so no call can prove them neighbours while the list changes: there it changes between answers
 * only.
 */
export const movingList: fc.Arbitrary<MovingListOptions> = fc
  .record({
    keys,
    rising: fc.boolean(),
    maxPerPage: fc.oneof(fc.constant(100), fc.integer({ min: 1, max: 100 })),
    changes: fc.array(fc.array(change, { maxLength: 4 }), { maxLength: 30 }),
    claims,
  })
  .map(({ claims, changes, ...options }) => ({
    ...options,
    ...claims,
    changes: options.maxPerPage < SMALLEST_USEFUL_CAP ? [] : changes,
  }))

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
 * most once, and none out of order.
 */
export async function assertWalkIsExact(walk: Walk): Promise<void> {
  const moving = new MovingList(walk.list)
  const returned = await readAll(moving, walk)
  assertOrdered(returned, walk.towards)
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
  let traits = createListTraits()
  const returned: number[] = []
  let from = -towards * Infinity
  let hint: { index: number; count: number | undefined; rising: boolean } | undefined
  for (let turn = 0; turn < 2000; turn++) {
    if (forgetsTraits) traits = createListTraits()
    const limit = limits[turn % limits.length] ?? 1
    const reading = new NumberedList(inOrder(moving), traits)
    const rows = await reading.slice({ from, towards, to: towards * Infinity, limit, hint })
    returned.push(...rows.map(({ row }) => row))
    const last = rows.at(-1)
    if (!last) return returned
    const hasMore = await reading.hasRowBeyond(last.key, towards)
    if (rows.length < limit && hasMore) throw new Error('a short answer says that there is more')
    if (!hasMore) return returned
    from = last.key + towards
    hint = { index: last.index, count: last.page.count, rising: traits.rising ?? true }
    moving.change(between[turn] ?? [])
  }
  throw new Error('the walk did not end')
}

/** However it moves, a list in order is never taken for one in no order. */
export const inOrder = (moving: MovingList): NumberedListSource<number> => ({
  hasUniqueKeys: true,
  keyOf: row => row,
  fetchPage: at => moving.fetchPage(at),
  memory: {
    isUnsorted: () => false,
    noteUnsorted() {
      throw new Error('a list in order was taken for one in no order')
    },
  },
})

export function assertOrdered(rows: readonly number[], towards: 1 | -1): void {
  rows.slice(1).forEach((row, index) => {
    const before = rows[index] ?? 0
    if (Math.sign(row - before) !== towards) throw new Error(`row ${row} came after row ${before}`)
  })
}
