import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createListTraits } from '../../src/history/list-page.ts'
import { NumberedList } from '../../src/history/numbered-list.ts'
import { MovingList } from './moving-list.ts'

const still = fc.record({
  length: fc.integer({ min: 1, max: 320 }),
  rising: fc.boolean(),
  maxPerPage: fc.integer({ min: 25, max: 100 }),
})

const walk = fc.record({
  list: still,
  towards: fc.constantFrom(1 as const, -1 as const),
  limit: fc.integer({ min: 1, max: 100 }),
  from: fc.double({ min: 0, max: 1, noNaN: true }),
})

const pagesOf = (perPage: number, from: number, to: number) =>
  Math.floor(to / perPage) - Math.floor(from / perPage) + 1

/** The fewest pages, of whatever sizes, that hold the rows `from` to `to`: every choice is tried. */
function fewestPages(from: number, to: number, cap: number): number {
  let fewest = Infinity
  for (let perPage = 1; perPage <= cap; perPage++) {
    const end = (Math.floor(from / perPage) + 1) * perPage
    const rest = end > to ? 0 : fewestRest(end, to, cap)
    fewest = Math.min(fewest, 1 + rest)
  }
  return fewest
}

const fewestRest = (from: number, to: number, cap: number) =>
  Math.min(...Array.from({ length: cap }, (_, size) => pagesOf(size + 1, from, to)))

test('a part of a still list after a cursor costs the fewest pages that can hold it', async () => {
  await fc.assert(
    fc.asyncProperty(walk, async ({ list, towards, limit, from }) => {
      const keys = Array.from({ length: list.length }, (_, index) => index + 1)
      const moving = new MovingList({ ...list, keys })
      const traits = createListTraits()
      await warmUp(moving, traits, list.length)
      const cursor = 1 + Math.floor(from * (list.length - 1))
      const hint = { index: indexOf(cursor, list), count: list.length, rising: list.rising }
      moving.calls.length = 0

      const reading = new NumberedList(moving, traits)
      const slice = { from: cursor + towards, towards, to: towards * Infinity, limit, hint }
      const rows = await reading.slice(slice)

      const indexes = rows.map(({ row }) => indexOf(row, list))
      const least =
        rows.length === 0
          ? 1
          : fewestPages(Math.min(...indexes), Math.max(...indexes), list.maxPerPage)
      expect(moving.calls.length).toBe(least)
    }),
    { numRuns: 1000 },
  )
})

const indexOf = (key: number, { rising, length }: { rising: boolean; length: number }) =>
  rising ? key - 1 : length - key

/** Direction and page size are known to a gateway that has served before. */
async function warmUp(
  moving: MovingList,
  traits: ReturnType<typeof createListTraits>,
  length: number,
): Promise<void> {
  const reading = new NumberedList(moving, traits)
  await reading.slice({ from: -Infinity, towards: 1, to: Infinity, limit: length })
}
