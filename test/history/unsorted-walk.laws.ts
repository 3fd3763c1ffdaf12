import fc from 'fast-check'
import type { PlaceHint } from '../../src/history/list-guess.ts'
import { ListInconclusiveError } from '../../src/history/list-inconclusive.ts'
import { createListTraits } from '../../src/history/list-page.ts'
import { NumberedList } from '../../src/history/numbered-list.ts'
import type { MovingListOptions } from './moving-list.ts'
import { MovingList } from './moving-list.ts'
import { assertOrdered, claims, keys } from './numbered-list.laws.ts'

/** Days of a wrong clock, anywhere: short or long, of whole pages, at an end of the list. */
const wrongClock = fc.record({
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
    fc.constantFrom(1, 2, 3, 50, 100, 200).map(back => back + 0.5),
  ),
  isBlock: fc.boolean(),
})

const listByTime: fc.Arbitrary<MovingListOptions> = fc
  .record({
    keys,
    rising: fc.boolean(),
    wrongClocks: fc.array(wrongClock, { minLength: 1, maxLength: 3 }),
    maxPerPage: fc.oneof(
      fc.constant(100),
      fc.constantFrom(10, 20, 25, 50),
      fc.integer({ min: 7, max: 100 }),
    ),
    claims,
  })
  .map(({ claims, ...options }) => ({ ...options, ...claims }))

export const unsortedWalk = fc.record({
  list: listByTime,
  towards: fc.constantFrom(1 as const, -1 as const),
  limits: fc.array(
    fc.oneof(fc.integer({ min: 1, max: 100 }), fc.constantFrom(1, 10, 20, 25, 50, 100)),
    { minLength: 1, maxLength: 6 },
  ),
})

type UnsortedWalk = typeof unsortedWalk extends fc.Arbitrary<infer Value> ? Value : never

/** What one account of the upstream has learnt. */
class Memory {
  isNoted = false
  readonly traits = createListTraits()

  isUnsorted(): boolean {
    return this.isNoted
  }

  noteUnsorted(): void {
    this.isNoted = true
  }
}

interface Outcome {
  readonly returned: readonly number[]
  readonly hasEnded: boolean
}

/** Walks until the list ends, or until it is told that its order is unusual. */
async function walkOnce(
  moving: MovingList,
  { towards, limits }: UnsortedWalk,
  memory: Memory,
): Promise<Outcome> {
  const returned: number[] = []
  const source = {
    hasUniqueKeys: true,
    keyOf: (row: number) => row,
    fetchPage: (at: Parameters<MovingList['fetchPage']>[0]) => moving.fetchPage(at),
    memory,
  }
  let from = -towards * Infinity
  let hint: PlaceHint | undefined
  for (let turn = 0; turn < 2000; turn++) {
    const limit = limits[turn % limits.length] ?? 1
    const list = new NumberedList<number>(source, memory.traits)
    try {
      const rows = await list.slice({ from, towards, to: towards * Infinity, limit, hint })
      returned.push(...rows.map(({ row }) => row))
      const last = rows.at(-1)
      const hasMore = last !== undefined && (await list.hasRowBeyond(last.key, towards))
      if (rows.length < limit && hasMore) throw new Error('a short answer says that there is more')
      if (!hasMore) return { returned, hasEnded: true }
      from = last.key + towards
      hint = list.hintOf(last)
    } catch (error) {
      if (error instanceof ListInconclusiveError) return { returned, hasEnded: false }
      throw error
    }
  }
  throw new Error('the walk did not end')
}

const MOST_PAGES_TO_SORT = 50

/**
 * A list by time that stands still: a walk that ends has returned each row once and in order. One
 * that has noticed the list's order ends the next time, if the list is short enough to be read whole.
 */
export async function assertUnsortedWalkIsExact(walk: UnsortedWalk): Promise<void> {
  const moving = new MovingList(walk.list)
  const expected = [...moving.listed].sort((one, other) => (one - other) * walk.towards)
  const isShort = expected.length <= MOST_PAGES_TO_SORT * (walk.list.maxPerPage ?? 100)
  const memory = new Memory()
  for (let tries = 0; tries < 3; tries++) {
    const wasNoted = memory.isNoted
    const { returned, hasEnded } = await walkOnce(moving, walk, memory)
    assertOrdered(returned, walk.towards)
    if (hasEnded && returned.join() !== expected.join()) {
      throw new Error(`the walk ended with ${returned} of ${moving.listed}`)
    }
    if (!hasEnded && wasNoted && isShort) throw new Error('the next walk did not end')
  }
}
