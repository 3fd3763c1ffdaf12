import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { PageNumber, PageSizes, Window } from '../../../src/history/pages/page-number.ts'
import {
  ANY_SIZE,
  pageHolding,
  pagesHolding,
  sizeOf,
  startIndex,
} from '../../../src/history/pages/page-number.ts'
import { numbers } from '../lists/placed-pages.ts'

const sizes = fc
  .record({ cap: fc.integer({ min: 1, max: 30 }), isFixed: fc.boolean() })
  .map(each => ({ ...ANY_SIZE, ...each }))
const window = fc
  .record({ from: fc.nat({ max: 120 }), rows: fc.integer({ min: 1, max: 70 }) })
  .map(({ from, rows }) => ({ from, to: from + rows - 1 }))
const shared = fc.nat({ max: 3 })

const endOf = (at: PageNumber, sizes: PageSizes) =>
  startIndex(at, sizes) + sizeOf(at.perPage, sizes)

/** Every page that an upstream can give with a place on it. */
const pagesWith = (index: number, { cap, isFixed }: PageSizes): PageNumber[] =>
  numbers(isFixed ? cap : 1, cap).map(perPage => ({
    page: Math.floor(index / perPage) + 1,
    perPage,
  }))

/** The fewest pages for a window, each sharing rows with the next one: every choice is tried. */
function fewest({ from, to }: Window, sizes: PageSizes, shared: number): number {
  const memo = new Map<number, number>()
  const rest = (next: number): number => {
    const known = memo.get(next)
    if (known !== undefined) return known
    const choices = pagesWith(next, sizes).map(at => {
      const end = endOf(at, sizes)
      if (end > to) return 1
      return end - shared > next ? 1 + rest(end - shared) : Infinity
    })
    const least = Math.min(...choices)
    memo.set(next, least)
    return least
  }
  return rest(from)
}

describe('one page for a window', () => {
  test('is the smallest that holds it, if any does', () => {
    fc.assert(
      fc.property(window, sizes, (window, sizes) => {
        const smallest = pagesWith(window.from, sizes).find(at => window.to < endOf(at, sizes))
        expect(pageHolding(window, sizes)).toEqual(smallest)
      }),
    )
  })

  test.each([
    ['the first rows', { from: 0, to: 19 }, { page: 1, perPage: 20 }],
    ['rows that a page of their number would cut', { from: 19, to: 21 }, { page: 4, perPage: 6 }],
    ['a single row far down', { from: 1233, to: 1233 }, { page: 1234, perPage: 1 }],
    ['rows on both sides of a place that every size cuts', { from: 59, to: 160 }, undefined],
  ])('%s', (_, window, page) => {
    expect(pageHolding(window, ANY_SIZE)).toEqual(page)
  })
})

describe('pages for a window', () => {
  test('hold each of its rows, and are the fewest that do', () => {
    fc.assert(
      fc.property(window, sizes, shared, (window, sizes, shared) => {
        const pages = pagesHolding(window, sizes, { shared })
        const held = pages.flatMap(at => numbers(startIndex(at, sizes), endOf(at, sizes) - 1))
        expect(held).toEqual(expect.arrayContaining(numbers(window.from, window.to)))
        expect(pages).toHaveLength(fewest(window, sizes, 0))
      }),
      { numRuns: 1000 },
    )
  })

  test('repeat the last rows of the page before if that takes no page more', () => {
    fc.assert(
      fc.property(window, sizes, shared, (window, sizes, shared) => {
        const pages = pagesHolding(window, sizes, { shared })
        fc.pre(fewest(window, sizes, shared) === pages.length)
        const joins = pages.slice(1).map((at, before) => {
          const previous = pages[before]
          return previous ? endOf(previous, sizes) - startIndex(at, sizes) : 0
        })
        for (const rows of joins) expect(rows).toBeGreaterThanOrEqual(shared)
      }),
    )
  })

  test('the last one has what is left, and the row before it', () => {
    expect(pagesHolding({ from: 0, to: 104 }, ANY_SIZE, { shared: 0 })).toEqual([
      { page: 1, perPage: 100 },
      { page: 15, perPage: 7 },
    ])
  })
})

test('a page of more rows than the upstream gives starts by the size that it gives', () => {
  const capped = { ...ANY_SIZE, cap: 25 }
  expect(startIndex({ page: 3, perPage: 80 }, capped)).toBe(50)
  expect(startIndex({ page: 3, perPage: 10 }, capped)).toBe(20)
  expect(startIndex({ page: 3, perPage: 10 }, { ...capped, isFixed: true })).toBe(50)
})
