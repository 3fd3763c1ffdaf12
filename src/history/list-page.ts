import type { PageNumber } from './page-window.ts'
import { startIndex } from './page-window.ts'

/** One answer of a numbered list, as the upstream gave it. */
export interface ListPage<Row> {
  /** The readable rows, in the list's own order. */
  readonly rows: readonly Row[]
  /** How many rows it had, the unreadable ones too: they take up places. */
  readonly size: number
  /** The list's length as stated; undefined where nothing usable was stated. */
  readonly count: number | undefined
  /** Whether a next page was stated; undefined where nothing was stated. */
  readonly hasNext: boolean | undefined
}

/** What was learnt of one upstream's lists; kept for as long as its identity is. */
export interface ListTraits {
  /** Whether keys rise from page to page; undefined until a page with two rows has told. */
  rising: boolean | undefined
  /** The largest page size that is worth asking for: 100, or less where the upstream caps it. */
  pageCap: number
  /** The most rows ever received in one page: no cap is smaller, so a shorter page ends its list. */
  fullest: number
  /** Whether lists are known to be sorted by key, not by time: see list-order.ts. */
  goesByKey: boolean
}

export const createListTraits = (): ListTraits => ({
  rising: undefined,
  pageCap: 100,
  fullest: 0,
  goesByKey: false,
})

/** A page that was read, with its place in the list at that moment. */
export interface ReadPage<Row> {
  readonly start: number
  readonly size: number
  readonly count: number | undefined
  readonly hasNext: boolean | undefined
  /** Whether the list is proven to end with this page. */
  readonly isLast: boolean
  /** The readable rows, in the list's own order. */
  readonly rows: readonly Seen<Row>[]
}

/** A row as a page showed it. */
export interface Seen<Row> {
  readonly row: Row
  readonly key: number
  /** The row's place in the list when the page was read, from 0. */
  readonly index: number
  readonly page: ReadPage<Row>
}

/**
 * Places an answer in its list. `keyOf` gives each row's key.
 *
 * The end of a list is believed only where nothing speaks against it: neither a short page (it may
 * be capped) nor `count` (it may be wrong) nor `next_page` (it may lie) is enough alone.
 */
export function placePage<Row>(
  at: PageNumber,
  page: ListPage<Row>,
  keyOf: (row: Row) => number,
  fullest: number,
): ReadPage<Row> {
  const isLast = endsList(at, page, fullest)
  const start = startIndex(at)
  const rows: Seen<Row>[] = []
  const read = { start, size: page.size, count: page.count, hasNext: page.hasNext, isLast, rows }
  // A page shorter than another one that was received is not cut: rows are hidden from it. Nobody
  // knows where. So its first half is counted from its start, and its second half from its end.
  const hidden = isLast ? 0 : Math.max(0, Math.min(at.perPage, fullest) - page.size)
  page.rows.forEach((row, offset) => {
    const skipped = offset < page.rows.length >> 1 ? 0 : hidden
    rows.push({ row, key: keyOf(row), index: start + skipped + offset, page: read })
  })
  return read
}

function endsList(at: PageNumber, page: ListPage<unknown>, fullest: number): boolean {
  if (page.size === 0) return at.page === 1
  const isShort = page.size < at.perPage
  const isCountedOut = page.count !== undefined && page.count <= startIndex(at) + at.perPage
  const isClaimed = page.hasNext !== undefined || page.count !== undefined
  // It is no cap that makes the page short, but rows may be hidden from it: a claim must agree, if
  // the upstream makes any.
  if (page.size < Math.min(at.perPage, fullest))
    return page.hasNext === false || isCountedOut || !isClaimed
  if (page.hasNext === true) return false
  // The list ends among the places that were asked for: both claims say so, and rows are hidden.
  if (isShort && page.hasNext === false && at.page === 1 && isCountedOut) return true
  // Under a cap not known yet, a later page is not where its number says.
  if (isShort && at.page > 1 && page.hasNext === undefined) return false
  const end = startIndex(at) + page.size
  if (page.count !== undefined && page.count >= end) return page.count === end
  return isShort && page.hasNext === false
}
