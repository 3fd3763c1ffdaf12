import { expect, test } from 'vitest'
import { placePage } from '../../src/history/list-page.ts'
import { gapsIn, nameOfGap, type Walked } from '../../src/history/walk-gaps.ts'

/** A page of 4 places of a list of so many rows; what it has fewer of them could not be read. */
const pageAt = (page: number, count: number, ...keys: readonly number[]) =>
  placePage(
    { page, perPage: 4 },
    { rows: keys, size: 4, count, hasNext: count > page * 4 },
    key => key,
    4,
  )

const pageOf = (count: number, ...keys: readonly number[]) => pageAt(2, count, ...keys)

/** The gaps of a walk along a page, after the row with the key before its first. */
function gaps(page: ReturnType<typeof pageOf>, more: Partial<Walked> = {}) {
  const found = page.rows
  const from = found[0]?.key ?? 0
  const walked = { found, before: undefined, from, hint: undefined, pages: [page] }
  const along = { towards: 1, isForward: true, reachesEnd: false } as const
  return gapsIn({ ...walked, ...along, ...more }).map(nameOfGap)
}

const cursorAt = (index: number, count: number) => ({ hint: { index, count, rising: true } })

test('rows next to each other have no gap between them', () => {
  expect(gaps(pageOf(100, 11, 12, 13, 14))).toEqual([])
})

test('rows that were left out have one, those that cannot be read have none', () => {
  const page = pageOf(100, 11, 12, 13, 14)
  expect(gaps(page, { found: page.rows.filter(({ key }) => key !== 13) })).toEqual(['12/14'])
  const pages = [pageOf(100, 11, 12, 14), pageAt(3, 100, 15, 16, 17, 18)]
  expect(gaps(page, { found: pages.flatMap(({ rows }) => rows), pages })).toEqual([])
})

test('as many places as the list grew meanwhile are none', () => {
  const page = pageOf(100, 11, 12, 13, 14)
  const found = page.rows.filter(({ key }) => key !== 13)
  expect(gaps(page, { found, pages: [pageOf(99, 11, 12, 13, 14), page] })).toEqual([])
})

test("the first row after a cursor stands next to the cursor's, as far as the list grew", () => {
  const page = pageOf(100, 11, 12, 13, 14)
  expect(gaps(page, cursorAt(3, 100))).toEqual([])
  expect(gaps(page, cursorAt(1, 98))).toEqual([])
  expect(gaps(page, cursorAt(2, 100))).toEqual(['10/11'])
  expect(gaps(page, cursorAt(5, 98))).toEqual(['10/11'])
  expect(gaps(page, cursorAt(3, 101))).toEqual(['10/11'])
})

test('a walk from the start begins there, and one to the end ends there', () => {
  const last = pageOf(8, 11, 12, 13, 14)
  expect(gaps(last, { reachesEnd: true })).toEqual([])
  expect(gaps(last, { reachesEnd: true, found: last.rows.slice(0, 3) })).toEqual(['13/Infinity'])
  expect(gaps(last, { from: -Infinity })).toEqual(['-Infinity/11'])
})
