import { expect, test } from 'vitest'
import type { ListPage } from '../../src/history/list-page.ts'
import { placePage } from '../../src/history/list-page.ts'

const rowsOf = (size: number) => Array.from({ length: size }, (_, index) => 100 + index)

function isLast(page: number, answer: Partial<ListPage<number>> & { size: number }, fullest = 0) {
  const { size, count, hasNext } = answer
  const listPage = { rows: rowsOf(size), size, count, hasNext }
  return placePage({ page, perPage: 10 }, listPage, row => row, fullest).isLast
}

test("a row's index is its place in the list when the page was read", () => {
  const answer = { rows: [7, 8], size: 2, count: 12, hasNext: false }
  const page = placePage({ page: 2, perPage: 10 }, answer, row => row * 10, 0)
  expect(page).toMatchObject({ start: 10, size: 2, count: 12, hasNext: false, isLast: true })
  expect(page.rows.map(({ row, key, index }) => [row, key, index])).toEqual([
    [7, 70, 10],
    [8, 80, 11],
  ])
  expect(page.rows[0]?.page).toBe(page)
})

test.each([
  ['its count and next_page say so', 1, { size: 10, count: 10, hasNext: false }, 0],
  ['its count says so, and next_page nothing', 1, { size: 10, count: 10 }, 0],
  ['it is short, no count is stated and there is no next page', 2, { size: 4, hasNext: false }, 0],
  ['it is short and its count is too small', 2, { size: 4, count: 1, hasNext: false }, 0],
  [
    'it is shorter than a page that was received once, and its count says so',
    2,
    { size: 4, count: 14 },
    10,
  ],
  ['it is shorter than such a page, and nothing is stated', 2, { size: 4 }, 10],
  [
    'it is shorter than such a page, and there is no next page',
    2,
    { size: 4, count: 99, hasNext: false },
    10,
  ],
  [
    'it is shorter than such a page and its count says so, though next_page lies',
    2,
    { size: 4, count: 14, hasNext: true },
    5,
  ],
  [
    'its count and next_page say so, though rows are hidden from it',
    1,
    { size: 3, count: 4, hasNext: false },
    0,
  ],
  ['it is the first and empty', 1, { size: 0, count: 5, hasNext: true }, 0],
])('a page ends its list where %s', (_, page, answer, fullest) => {
  expect(isLast(page, answer, fullest)).toBe(true)
})

test.each([
  ['is full and nothing is stated', 1, { size: 10 }, 0],
  ['is full and its count goes on', 1, { size: 10, count: 11, hasNext: false }, 0],
  ['is full and there is a next page', 1, { size: 10, count: 10, hasNext: true }, 0],
  [
    'is full, without a next page but with a count too small',
    2,
    { size: 10, count: 3, hasNext: false },
    0,
  ],
  ['is short and may be capped', 1, { size: 4, count: 12, hasNext: true }, 0],
  ['is short and its count goes on', 1, { size: 4, count: 12, hasNext: false }, 0],
  ['is a short later page under a cap not known yet', 2, { size: 4, count: 14 }, 0],
  ['is a later page and empty', 3, { size: 0, count: 5, hasNext: false }, 0],
  [
    'is shorter than such a page, and both claims say that the list goes on',
    2,
    { size: 4, count: 99, hasNext: true },
    5,
  ],
  ['is shorter than such a page, and its count goes on', 2, { size: 4, count: 99 }, 5],
  ['is shorter than such a page, and there is a next page', 2, { size: 4, hasNext: true }, 5],
  ['is as long as the fullest', 2, { size: 4, count: 99 }, 4],
])('a page proves no end where it %s', (_, page, answer, fullest) => {
  expect(isLast(page, answer, fullest)).toBe(false)
})

test('of a page with hidden rows, the second half is counted from its end', () => {
  const answer = { rows: [1, 2, 3, 4], size: 4, count: 99, hasNext: true }
  const { rows } = placePage({ page: 2, perPage: 6 }, answer, row => row, 6)
  expect(rows.map(({ index }) => index)).toEqual([6, 7, 10, 11])
})

test('rows that could not be read take up places', () => {
  const answer = { rows: [7], size: 10, count: 10, hasNext: false }
  expect(placePage({ page: 1, perPage: 10 }, answer, row => row, 0).isLast).toBe(true)
})
