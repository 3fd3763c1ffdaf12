import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Towards } from '../../../src/history/lists/numbered-list.ts'
import { NumberedList } from '../../../src/history/lists/numbered-list.ts'
import { ListTraits } from '../../../src/history/traits/list-traits.ts'
import { MovingList } from './moving-list.ts'
import { honestAnswer, numbers } from './placed-pages.ts'

const still = fc.record({
  length: fc.integer({ min: 1, max: 320 }),
  rising: fc.boolean(),
  maxPerPage: fc.integer({ min: 25, max: 100 }),
})

type Still = typeof still extends fc.Arbitrary<infer Value> ? Value : never

const walk = fc.record({
  list: still,
  towards: fc.constantFrom<Towards>(1, -1),
  limit: fc.integer({ min: 1, max: 100 }),
  from: fc.double({ min: 0, max: 1, noNaN: true }),
})

type Walk = typeof walk extends fc.Arbitrary<infer Value> ? Value : never

/** The fewest pages, of whatever sizes, that hold the rows `from` to `to`: every choice is tried. */
function fewestPages(from: number, to: number, cap: number): number {
  const ends = numbers(1, cap).map(perPage => (Math.floor(from / perPage) + 1) * perPage)
  const farthest = Math.max(...ends)
  return farthest > to ? 1 : 1 + fewestPages(farthest, to, cap)
}

/** The size of the smallest page that holds the rows `from` to `to`: every one is tried. */
const smallestPage = (from: number, to: number, cap: number) =>
  numbers(1, cap).find(perPage => Math.floor(from / perPage) === Math.floor(to / perPage))

const indexOf = (key: number, { rising, length }: Still) => (rising ? key - 1 : length - key)

/** A list without holes, and what is known of its upstream: the order, and how many rows it gives. */
async function readBefore({ length, ...options }: Still) {
  const traits = new ListTraits()
  const long = new MovingList({ ...options, keys: numbers(1, 320) })
  const towards = options.rising ? 1 : -1
  const whole = { from: -towards * Infinity, towards, to: towards * Infinity, limit: 320 } as const
  await new NumberedList(long, traits).slice(whole)
  const cut = [1, 2].map(page => honestAnswer(numbers(1, 320), page, 100, options.maxPerPage))
  traits.learnSizes(cut)
  return { moving: new MovingList({ ...options, keys: numbers(1, length) }), traits }
}

const hintOf = (cursor: number, list: Still) => ({
  index: indexOf(cursor, list),
  count: list.length,
  isRising: list.rising,
  isSure: true,
  isDense: true,
})

/** Reads a part of a still list after a cursor: gives the places of its rows, and the calls made. */
async function readAfterCursor({ list, towards, limit, from }: Walk) {
  const cursor = 1 + Math.floor(from * (list.length - 1))
  fc.pre(limit < (towards === 1 ? list.length - cursor : cursor - 1))
  const { moving, traits } = await readBefore(list)
  const hint = hintOf(cursor, list)
  const slice = { from: cursor + towards, towards, to: towards * Infinity, limit, hint }
  const rows = await new NumberedList(moving, traits).slice(slice)
  const indexes = rows.map(({ row }) => indexOf(row, list))
  return { from: Math.min(...indexes), to: Math.max(...indexes), calls: moving.calls }
}

test('a part of a still list after a cursor costs the fewest pages that can hold it', async () => {
  await fc.assert(
    fc.asyncProperty(walk, async walk => {
      const { from, to, calls } = await readAfterCursor(walk)
      expect(calls).toHaveLength(fewestPages(from, to, walk.list.maxPerPage))
    }),
    { numRuns: 1000 },
  )
})

test('one page has only a few rows more than are wanted, or than a page of the right places must have', async () => {
  const FEW = 7
  await fc.assert(
    fc.asyncProperty(walk, async walk => {
      const { from, to, calls } = await readAfterCursor(walk)
      fc.pre(calls.length === 1)
      const most = smallestPage(Math.max(0, from - FEW), to + FEW, 200) ?? Infinity
      expect(calls[0]?.perPage).toBeLessThanOrEqual(most)
    }),
    { numRuns: 300 },
  )
})
