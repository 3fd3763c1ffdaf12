import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { IndexWindow, PageNumber } from '../../src/history/page-window.ts'
import { pageAround, pageHolding, pagesHolding, startIndex } from '../../src/history/page-window.ts'

const holds = (at: PageNumber, { from, to }: IndexWindow) =>
  startIndex(at) <= from && to < startIndex(at) + at.perPage

test.each([
  [
    { from: 0, to: 0 },
    { page: 1, perPage: 100 },
  ],
  [
    { from: 0, to: 99 },
    { page: 1, perPage: 100 },
  ],
  [
    { from: 100, to: 199 },
    { page: 2, perPage: 100 },
  ],
  [
    { from: 1999, to: 1999 },
    { page: 20, perPage: 100 },
  ],
  [
    { from: 1980, to: 2000 },
    { page: 21, perPage: 99 },
  ],
  [
    { from: 99, to: 100 },
    { page: 2, perPage: 99 },
  ],
  [{ from: 50, to: 149 }, undefined],
  [{ from: 0, to: 100 }, undefined],
])('the page that holds %j', (window, page) => {
  expect(pageHolding(window, 100)).toEqual(page)
})

test('a page starts where those before it end', () => {
  expect(startIndex({ page: 1, perPage: 100 })).toBe(0)
  expect(startIndex({ page: 21, perPage: 98 })).toBe(1960)
})

test('the page around a window has it in the middle', () => {
  expect(pageAround({ from: 99, to: 100 }, 100)).toEqual({ page: 2, perPage: 67 })
  expect(pageAround({ from: 0, to: 99 }, 100)).toEqual({ page: 1, perPage: 100 })
  expect(pageAround({ from: 0, to: 100 }, 100)).toBeUndefined()
})

const window = fc
  .tuple(fc.nat({ max: 3000 }), fc.nat({ max: 250 }))
  .map(([from, length]) => ({ from, to: from + length }))
const cap = fc.integer({ min: 12, max: 100 })

test('a page that is given holds the window, and none holds it where none is given', () => {
  fc.assert(
    fc.property(window, cap, (wanted, largest) => {
      const sizes = Array.from({ length: largest }, (_, index) => index + 1)
      const isHeld = sizes.some(perPage =>
        holds({ page: Math.floor(wanted.from / perPage) + 1, perPage }, wanted),
      )
      for (const page of [pageHolding(wanted, largest), pageAround(wanted, largest)]) {
        expect(page !== undefined).toBe(isHeld)
        if (page) expect(holds(page, wanted)).toBe(true)
      }
    }),
  )
})

test('pages together hold each row of the window, none larger than the cap', () => {
  fc.assert(
    fc.property(window, cap, fc.integer({ min: 1, max: 4 }), (wanted, largest, shared) => {
      const pages = pagesHolding(wanted, largest, shared)
      for (let index = wanted.from; index <= wanted.to; index++) {
        expect(pages.some(page => holds(page, { from: index, to: index }))).toBe(true)
      }
      expect(pages.every(({ perPage }) => perPage <= largest)).toBe(true)
    }),
    // Of pages of ten rows at most, none with row 69 goes on beyond row 71.
    { examples: [[{ from: 69, to: 78 }, 10, 4]] },
  )
})
