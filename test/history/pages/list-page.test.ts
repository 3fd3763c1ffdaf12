import { describe, expect, test } from 'vitest'
import type { Answer } from '../../../src/history/pages/list-page.ts'
import { isOpenEnd } from '../../../src/history/pages/other-pages.ts'
import { ANY_SIZE } from '../../../src/history/pages/page-number.ts'
import { answerOf, honestAnswer, numbers, placed } from '../lists/placed-pages.ts'

/** The keys and places of a page's rows. */
function rowsOf(answers: readonly Answer<number>[], view?: Parameters<typeof placed>[1]) {
  const [page] = placed(answers, view)
  return page?.rows.map(({ key, index, isSure }) => [key, index, ...(isSure ? [] : ['?'])])
}

describe('a row has the place that its page had', () => {
  test('in a list whose keys rise', () => {
    expect(rowsOf([answerOf(3, 2, [70, 80])])).toEqual([
      [70, 4],
      [80, 5],
    ])
  })

  test('in one whose keys fall, which are negated, so that they rise', () => {
    expect(rowsOf([answerOf(3, 2, [80, 70])], { isRising: false })).toEqual([
      [-80, 4],
      [-70, 5],
    ])
  })

  test('in pages that list their rows the other way round', () => {
    expect(rowsOf([answerOf(3, 2, [70, 80])], { isRising: false })).toEqual([
      [-80, 4],
      [-70, 5],
    ])
  })

  test('though rows of one second stand the other way round', () => {
    expect(rowsOf([answerOf(1, 4, [1, 3, 2, 4])])).toEqual([
      [1, 0],
      [2, 2],
      [3, 1],
      [4, 3],
    ])
  })

  test('by the number of rows that the upstream gives, whatever was asked for', () => {
    const sizes = {
      cap: 2,
      most: 100,
      isFixed: false,
      isHeard: false,
      largest: 2,
      isCapProven: true,
      surplus: 0,
      areMostHidden: false,
    }
    expect(rowsOf([answerOf(3, 100, [7, 8])], { sizes })).toEqual([
      [7, 4],
      [8, 5],
    ])
  })

  test('or one after it if some of the page are hidden', () => {
    expect(rowsOf([answerOf(2, 4, [7, 8, 9], { count: 20, hasNext: true })])).toEqual([
      [7, 4, '?'],
      [8, 5, '?'],
      [9, 6, '?'],
    ])
  })
})

test('a row that a page has twice is one', () => {
  expect(rowsOf([answerOf(1, 4, [1, 2, 2, 3])])?.map(([key]) => key)).toEqual([1, 2, 3])
})

test('a page beyond the end that repeats the last page is an empty one', () => {
  const [last, beyond] = placed([
    answerOf(2, 10, FULL, { count: 20 }),
    answerOf(3, 10, FULL, { count: 20 }),
  ])
  expect([last?.isLast, beyond?.size]).toEqual([true, 0])
})

test('a page is not the last one if a later page shows what comes after it', () => {
  const short = answerOf(2, 15, numbers(6, 12), said(30, false))
  const whole = honestAnswer(numbers(1, 30), 1, 100)
  expect(placed([short])[0]?.isLast).toBe(true)
  expect(placed([short, whole])[0]?.isLast).toBe(false)
})

test('a page beyond the end that repeats the last rows has their places', () => {
  expect(rowsOf([answerOf(4, 10, [11, 12], { count: 12, hasNext: false })])).toEqual([
    [11, 10, '?'],
    [12, 11, '?'],
  ])
})

/** A full page, and the rest of a list. */
const FULL = numbers(1, 10)
const REST = numbers(11, 14)

describe('two witnesses prove that a page ends its list', () => {
  test.each([
    ['count and next_page', answerOf(1, 10, FULL, { count: 10, hasNext: false })],
    ['count and a short first page', answerOf(1, 10, REST, { count: 4 })],
    ['next_page and a short page', answerOf(2, 10, REST, { hasNext: false })],
    ['next_page and a short page, though too small a count is stated', shortOf(2)],
    ['count and next_page, though rows are hidden', answerOf(1, 10, REST, said(5, false))],
  ])('%s', (_, answer) => {
    expect(isLast(honestAnswer(numbers(1, 30), 1, 10), answer)).toBe(true)
  })
})

describe('one witness does not', () => {
  test.each([
    ['none says anything', answerOf(1, 10, FULL)],
    ['count, on a full page', answerOf(1, 10, FULL, { count: 10 })],
    ['count, on a short page: sizes may be rounded down', answerOf(2, 10, REST, { count: 14 })],
    ['count, on a page far beyond that has more rows', answerOf(3, 10, FULL, said(15, false))],
    ['next_page, and a count that rows disprove', answerOf(1, 10, FULL, said(9, false))],
    ['next_page alone on a full page', answerOf(2, 10, numbers(11, 20), { hasNext: false })],
    ['next_page, against a greater count', answerOf(2, 10, REST, said(99, false))],
    ['count, against a next page', answerOf(1, 10, FULL, said(10, true))],
    ['a short page, against count and a next page', answerOf(2, 10, REST, said(99, true))],
    ['a short page alone: rows may be hidden', answerOf(2, 10, REST)],
  ])('%s', (_, answer) => {
    expect(isLast(honestAnswer(numbers(1, 30), 1, 10), answer)).toBe(false)
  })

  test('with a short page, as long as pages may be capped', () => {
    expect(isLast(answerOf(2, 50, FULL, { hasNext: false }))).toBe(false)
    expect(isLast(answerOf(2, 50, FULL, { count: 60 }))).toBe(false)
  })
})

describe('an empty page', () => {
  const full = answerOf(1, 10, FULL)

  test('ends its list if nothing is said to come after it', () => {
    expect(isLast(answerOf(2, 10, [], said(10, false)))).toBe(true)
    expect(isLast(answerOf(2, 10, []))).toBe(true)
  })

  test('does not if both claims say that rows come: those of this page are hidden', () => {
    expect(isLast(answerOf(2, 10, [], said(50, true)))).toBe(false)
  })

  test('ends the list on the page before it if it was read later', () => {
    const [before] = placed([full, answerOf(2, 10, [])])
    expect(before?.isLast).toBe(true)
  })

  test('does so even if that page states a next one, but only if it was read later', () => {
    const misled = answerOf(1, 10, FULL, { hasNext: true, count: 10 })
    const empty = answerOf(2, 10, [], { count: 10 })
    expect(placed([misled, empty])[0]?.isLast).toBe(true)
    expect(placed([empty, misled])[1]?.isLast).toBe(false)
  })

  test('does so without a length only if that page is the same when it is read again', () => {
    const misled = answerOf(1, 10, FULL, { hasNext: true })
    const empty = answerOf(2, 10, [])
    const isLast = (again?: readonly number[]) => {
      const more = again ? [answerOf(1, 10, again, { hasNext: true })] : []
      return placed([misled, empty, ...more])[0]?.isLast
    }
    expect([isLast(), isLast(FULL.slice(1)), isLast(FULL)]).toEqual([false, false, true])
  })

  test('does not if a length has rows there, and no page shows how many rows such pages have', () => {
    const largest = answerOf(1, 100, numbers(1, 100), said(101, true))
    const empty = answerOf(101, 1, [], said(101, false))
    const first = answerOf(1, 1, [1], said(101, true))
    expect(placed([largest, empty])[0]?.isLast).toBe(false)
    expect(placed([largest, empty, first])[0]?.isLast).toBe(true)
  })

  test('that is the first one leaves no end open that the first page could show', () => {
    const first = answerOf(1, 4, [], said(3, false))
    const sizes = { ...ANY_SIZE, largest: 20 }
    expect(isOpenEnd(first, [first], sizes)).toBe(false)
    expect(isOpenEnd(answerOf(2, 4, [], said(5, false)), [first], sizes)).toBe(false)
    expect(isOpenEnd(answerOf(2, 4, [], said(5, false)), [], sizes)).toBe(true)
  })

  test('does not if rows have come since', () => {
    const [before] = placed([full, answerOf(2, 10, []), answerOf(2, 10, REST)])
    expect(before?.isLast).toBe(false)
  })

  test('does not if a place is left between them', () => {
    const [before] = placed([full, answerOf(3, 10, [])])
    expect(before?.isLast).toBe(false)
  })
})

test('a page that ends with the last row of the list ends the list, too', () => {
  const end = answerOf(2, 10, REST, said(14, false))
  const [page] = placed([answerOf(4, 3, [12, 13, 14], { count: 14 }), end])
  expect(page?.isLast).toBe(true)
})

test('only the first page has nothing before it', () => {
  const pages = placed([answerOf(1, 10, FULL), answerOf(2, 10, REST)])
  expect(pages.map(({ isFirst }) => isFirst)).toEqual([true, false])
})

function said(count: number, hasNext: boolean) {
  return { count, hasNext }
}

/** A short page whose stated count is disproved by its own rows. */
function shortOf(page: number): Answer<number> {
  return answerOf(page, 10, REST, { count: 12, hasNext: false })
}

/** Whether the last one of the pages read ends its list. */
const isLast = (...answers: readonly Answer<number>[]) => placed(answers).at(-1)?.isLast
