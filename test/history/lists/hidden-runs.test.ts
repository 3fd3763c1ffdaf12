import { describe, expect, test } from 'vitest'
import type { PlaceHint } from '../../../src/history/cursor.ts'
import type { Towards } from '../../../src/history/lists/numbered-list.ts'
import { ListTraits } from '../../../src/history/traits/list-traits.ts'
import type { MovingListOptions } from './moving-list.ts'
import { keysOf, read } from './numbered-reading.ts'
import { numbers } from './placed-pages.ts'

interface Way {
  readonly limit: number
  readonly towards: Towards
}

/** The keys of a walk, each part in a reading of its own, and the most calls that a part took. */
async function walk(options: Partial<MovingListOptions>, { limit, towards }: Way) {
  const traits = new ListTraits()
  const keys: number[] = []
  let most = 0
  let from = -towards * Infinity
  let hint: PlaceHint | undefined
  for (;;) {
    const { list, calls } = read(0, { traits, ...options })
    const rows = await list.slice({ from, towards, to: towards * Infinity, limit, hint })
    most = Math.max(most, calls().length)
    keys.push(...keysOf(rows))
    const last = rows.at(-1)
    if (!last || rows.length < limit) return { keys, most }
    // The last row of a page is given again if a row between it and the one before it may come.
    const proven = last.proven ?? last
    if (last.proven) keys.pop()
    from = proven.row + towards
    hint = list.hintOf(proven)
  }
}

const UPSTREAMS: readonly (readonly [string, Partial<MovingListOptions>])[] = [
  ['newest first', { rising: false }],
  ['oldest first', { rising: true }],
  ['newest first, that states no length', { rising: false, isCounted: false }],
  ['oldest first, that states no length', { rising: true, isCounted: false }],
  ['with at most 50 rows a page', { maxPerPage: 50 }],
  ['with 20 rows a page, whatever is asked for', { fixedRows: 20 }],
]

const WAYS: readonly Way[] = [
  { limit: 10, towards: -1 },
  { limit: 100, towards: 1 },
]

describe.each(UPSTREAMS)('a list %s', (_, upstream) => {
  describe.each(WAYS)('by $limit, towards $towards', way => {
    test.each([
      [60, 150],
      [99, 205],
      [100, 37],
      [130, 150],
      [250, 205],
    ])('%i rows hidden from place %i on: all others come', async (length, place) => {
      const keys = numbers(1, length + place + 300).map(key => 3 * key)
      const hidden = { from: keys[place] ?? 0, length: 3 * length }
      const shown = keys.filter(key => key < hidden.from || key >= hidden.from + hidden.length)
      const walked = await walk({ keys, hidden, ...upstream }, way)
      expect(walked.keys).toEqual(way.towards > 0 ? shown : shown.toReversed())
    })
  })
})

test('beyond a run of hidden rows, pages are read twice as far each time', async () => {
  const keys = numbers(1, 2700)
  const hidden = { from: 301, length: 2000 }
  const { keys: walked, most } = await walk({ keys, hidden }, { limit: 100, towards: -1 })
  expect(walked).toHaveLength(700)
  // 20 pages without rows, up to as many beyond them, and those next to them again.
  expect(most).toBeLessThanOrEqual(46)
})

test('a run near the end of a long list costs no pages of its start', async () => {
  const keys = numbers(1, 10_000)
  const { list, calls } = read(0, { keys, hidden: { from: 6, length: 300 } })
  const rows = await list.slice({ from: -Infinity, towards: 1, to: Infinity, limit: 10 })
  expect(keysOf(rows)).toEqual([...numbers(1, 5), ...numbers(306, 310)])
  expect(calls().length).toBeLessThanOrEqual(14)
})

test('a hidden end of a long list costs no pages of its start', async () => {
  const keys = numbers(1, 10_000)
  const { list, calls } = read(0, { keys, hidden: { from: 1, length: 300 } })
  const rows = await list.slice({ from: -Infinity, towards: 1, to: Infinity, limit: 10 })
  expect(keysOf(rows)).toEqual(numbers(301, 310))
  expect(calls().length).toBeLessThanOrEqual(14)
})

test('a run costs its pages, the page before it once more, and those that found it', async () => {
  const keys = numbers(1, 700)
  const hidden = { from: 401, length: 130 }
  const { most } = await walk({ keys, hidden }, { limit: 10, towards: -1 })
  expect(most).toBeLessThanOrEqual(7)
})
