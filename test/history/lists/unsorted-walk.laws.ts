import fc from 'fast-check'
import type { PlaceHint } from '../../../src/history/cursor.ts'
import { ListInconclusiveError } from '../../../src/history/list-errors.ts'
import { NumberedList } from '../../../src/history/lists/numbered-list.ts'
import { ListTraits } from '../../../src/history/traits/list-traits.ts'
import type { MovingListOptions } from './moving-list.ts'
import { MovingList } from './moving-list.ts'
import { assertOrdered, keys } from './numbered-list.laws.ts'

/** Days of a wrong clock, anywhere: short or long, of whole pages, at an end of the list. */
const anyClock = fc.record({
  from: fc.oneof(
    fc.integer({ min: 1, max: 420 }),
    fc.integer({ min: 0, max: 8 }).map(page => page * 50 + 1),
  ),
  length: fc.oneof(
    fc.integer({ min: 1, max: 8 }),
    fc.integer({ min: 1, max: 250 }),
    fc.constantFrom(50, 100, 200),
  ),
  back: fc.oneof(
    fc.integer({ min: -450, max: 450 }),
    fc.constantFrom(1, 50, 100, 200).map(back => back + 0.5),
  ),
  isBlock: fc.boolean(),
})

/** More than the few rows of one second that pages do not show if they are cut there. */
const wrongClock = anyClock.filter(({ length, back }) => length > 4 && Math.abs(back) > 4)

const listByTime: fc.Arbitrary<MovingListOptions> = fc.record({
  keys,
  rising: fc.boolean(),
  wrongClocks: fc.array(wrongClock, { minLength: 1, maxLength: 3 }),
  maxPerPage: fc.oneof(
    fc.constant(100),
    fc.constantFrom(20, 25, 50),
    fc.integer({ min: 20, max: 100 }),
  ),
  next: fc.constantFrom('true' as const, 'absent' as const),
})

export const unsortedWalk = fc.record({
  list: listByTime,
  towards: fc.constantFrom(1 as const, -1 as const),
  limits: fc.array(
    fc.oneof(fc.integer({ min: 1, max: 100 }), fc.constantFrom(1, 10, 20, 25, 50, 100)),
    { minLength: 1, maxLength: 6 },
  ),
})

type UnsortedWalk = typeof unsortedWalk extends fc.Arbitrary<infer Value> ? Value : never

interface Outcome {
  readonly returned: readonly number[]
  readonly hasEnded: boolean
}

/** Walks until the list ends, or until it is told that its order is unusual. */
async function walkOnce(
  moving: MovingList,
  { towards, limits }: UnsortedWalk,
  traits: ListTraits,
): Promise<Outcome> {
  const returned: number[] = []
  const source = {
    keyOf: (row: number) => row,
    fetchPage: (at: Parameters<MovingList['fetchPage']>[0]) => moving.fetchPage(at),
  }
  let from = -towards * Infinity
  let hint: PlaceHint | undefined
  for (let turn = 0; turn < 2000; turn++) {
    const limit = limits[turn % limits.length] ?? 1
    const list = new NumberedList<number>(source, traits)
    try {
      const rows = await list.slice({ from, towards, to: towards * Infinity, limit, hint })
      returned.push(...rows.map(({ row }) => row))
      const last = rows.at(-1)
      const hasMore = last !== undefined && (await list.hasRowBeyond(last.row, towards))
      if (rows.length < limit && hasMore) throw new Error('a short answer says that there is more')
      if (!hasMore) return { returned, hasEnded: true }
      from = last.row + towards
      hint = list.hintOf(last)
    } catch (error) {
      if (error instanceof ListInconclusiveError) return { returned, hasEnded: false }
      throw error
    }
  }
  throw new Error('the walk did not end')
}

/**
 * A list by time that stands still: a walk that ends has returned each row once and in order. Else
 * it fails, and says that the list is in no order; a list that is on one page never fails.
 */
export async function assertUnsortedWalkIsExact(walk: UnsortedWalk): Promise<void> {
  const moving = new MovingList(walk.list)
  const expected = [...moving.listed].sort((one, other) => (one - other) * walk.towards)
  const { returned, hasEnded } = await walkOnce(moving, walk, new ListTraits())
  assertOrdered(returned, walk.towards)
  if (hasEnded && returned.join() !== expected.join()) {
    throw new Error(`the walk ended with ${returned} of ${moving.listed}`)
  }
}
