import { describe, expect, test } from 'vitest'
import type { Answer } from '../../../src/history/pages/list-page.ts'
import { KnownIntervals } from '../../../src/history/proofs/known-intervals.ts'
import { answerOf, honestAnswer, numbers, placed } from '../lists/placed-pages.ts'

const knownOf = (...answers: readonly Answer<number>[]) =>
  new KnownIntervals(placed(answers), false)

function run(known: KnownIntervals<number>, from: number, isForward = true) {
  const { rows, frontier } = known.run(from, isForward)
  return { keys: rows.map(({ key }) => key), frontier }
}

/** Keys without gaps between 10 and 14, and with gaps before and after them. */
const SPARSE = [1, 5, 10, 11, 12, 13, 14, 20, 27]

describe('what one page proves', () => {
  test('all keys from its first row to its last one', () => {
    const known = knownOf(answerOf(2, 5, numbers(11, 15), { hasNext: true }))
    expect(run(known, 12)).toEqual({ keys: [12, 13, 14, 15], frontier: 16 })
    expect(run(known, 13, false)).toEqual({ keys: [13, 12, 11], frontier: 10 })
    expect(run(known, 16)).toEqual({ keys: [], frontier: 16 })
  })

  test('that missing keys amid it have no row', () => {
    const known = knownOf(answerOf(2, 9, SPARSE, { hasNext: true }))
    expect(known.at(17)).toBeDefined()
    expect(known.at(18)?.rows.map(({ key }) => key)).not.toContain(18)
  })

  test('nothing of keys that are missing next to its edges: a row of one second may be there', () => {
    const known = knownOf(answerOf(2, 9, SPARSE, { hasNext: true }))
    expect(run(known, 1)).toEqual({ keys: [1], frontier: 2 })
    expect(run(known, 20)).toEqual({ keys: [20], frontier: 21 })
    expect(run(known, 27)).toEqual({ keys: [27], frontier: 28 })
  })

  test('that nothing comes before the first page, or after the last', () => {
    const first = knownOf(honestAnswer(numbers(1, 30), 1, 10))
    expect(run(first, 4, false).frontier).toBe(-Infinity)
    expect(run(first, 4).frontier).toBe(11)
    const last = knownOf(honestAnswer(numbers(1, 28), 3, 10))
    expect(run(last, 25)).toEqual({ keys: [25, 26, 27, 28], frontier: Infinity })
  })

  test('the whole list if it has no other', () => {
    const known = knownOf(honestAnswer(SPARSE, 1, 100))
    expect(run(known, -Infinity)).toEqual({ keys: SPARSE, frontier: Infinity })
    expect(knownOf(honestAnswer([], 1, 100)).at(7)).toMatchObject({ rows: [] })
  })
})

describe('pages join', () => {
  test('if they share rows', () => {
    const known = knownOf(
      answerOf(1, 6, SPARSE.slice(0, 6), { hasNext: true }),
      answerOf(2, 4, SPARSE.slice(4, 8), { hasNext: true }),
    )
    expect(run(known, 5).keys).toEqual([5, 10, 11, 12, 13, 14])
  })

  test('if no key is missing between them', () => {
    const list = numbers(1, 30)
    const pages = [honestAnswer(list, 1, 10), honestAnswer(list, 2, 10)]
    for (const received of [pages, pages.toReversed()]) {
      expect(run(knownOf(...received), 1)).toEqual({ keys: numbers(1, 20), frontier: 21 })
    }
  })

  test('not if a row may hide between them', () => {
    const list = [...numbers(1, 10), ...numbers(12, 30)]
    const known = knownOf(honestAnswer(list, 1, 10), honestAnswer(list, 2, 10))
    expect(run(known, 1)).toEqual({ keys: numbers(1, 10), frontier: 11 })
  })

  test('if a third one has the rows on both sides of the gap', () => {
    const list = [...numbers(1, 10), ...numbers(12, 30)]
    const around = honestAnswer(list, 1, 15)
    const known = knownOf(honestAnswer(list, 1, 10), honestAnswer(list, 2, 10), around)
    expect(run(known, 1)).toEqual({ keys: list.slice(0, 20), frontier: 22 })
  })
})

describe('the open gap at the edge of a page', () => {
  const first = answerOf(1, 5, [1, 2, 3, 5, 9], { hasNext: true })

  test('is closed by a page that shows what comes after it', () => {
    const second = answerOf(2, 4, [9, 12, 15, 20], { hasNext: true })
    expect(run(knownOf(first), 1)).toEqual({ keys: [1, 2, 3, 5], frontier: 6 })
    expect(run(knownOf(first, second), 1)).toEqual({ keys: [1, 2, 3, 5, 9, 12, 15], frontier: 16 })
  })

  test('stays open if a page shows a row in it', () => {
    const swapped = answerOf(2, 5, [7, 12, 15, 20, 22], { hasNext: true })
    expect(run(knownOf(first, swapped), 1)).toEqual({ keys: [1, 2, 3, 5], frontier: 6 })
  })
})

describe('a later page is right about the keys that it shares with an earlier one', () => {
  const before = honestAnswer(numbers(1, 30), 1, 10)

  test('a row that is gone is not given', () => {
    const without = numbers(1, 30).filter(key => key !== 5)
    const known = knownOf(before, honestAnswer(without, 1, 10))
    expect(run(known, 1).keys).toEqual([1, 2, 3, 4, 6, 7, 8, 9, 10, 11])
  })

  test('a row that came is given', () => {
    const without = numbers(1, 30).filter(key => key !== 5)
    const known = knownOf(honestAnswer(without, 1, 10), before)
    expect(run(known, 1).keys).toEqual(numbers(1, 11))
  })

  test('but a row that was seen at other places is still there, as its neighbours are of one second', () => {
    const list = [...numbers(1, 9), 12, 10, 11, ...numbers(13, 30)]
    const known = knownOf(honestAnswer(list, 1, 10), honestAnswer(list, 2, 10))
    expect(run(known, 1).keys).toEqual(numbers(1, 20))
  })

  test('unless the list changed its length: then that row may be gone', () => {
    const changed = [-2, -1, 0, ...numbers(1, 9), ...numbers(11, 30)]
    const known = knownOf(before, honestAnswer(changed, 2, 10))
    expect(run(known, 7).keys).toEqual([7, 8, 9, ...numbers(11, 18)])
  })
})
