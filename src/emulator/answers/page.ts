import type { PageOddities } from '../odd/oddities.ts'
import {
  filtered,
  type RowKind,
  type RowList,
  reversed,
  wholeList,
  withRowsTwice,
  withSwaps,
  withTiesReversed,
} from '../row-list.ts'
import type { PageNumbers, Parameters } from './parameters.ts'
import { Refusal } from './refusal.ts'

/** A list whose oldest row comes first, and how it is spoken of. */
interface Listing<Row, Spot> extends RowKind<Row> {
  readonly rows: RowList<Row>
  /** What the predicates of its oddities get. */
  spotOf(row: Row): Spot
}

interface PageQuestion {
  readonly numbers: PageNumbers
  /** The list's own URL, without a query. */
  readonly url: string
  /** The parameters that all pages of the list share. */
  readonly kept: Parameters
}

/** What every list answer says about its pages. URLs are absolute, null if there is no page. */
interface PageLinks {
  readonly count: unknown
  readonly next_page: unknown
  readonly previous_page: string | null
}

export interface Page<Row> {
  readonly rows: readonly Row[]
  readonly links: PageLinks
}

/** Cuts a page as it is asked for, as odd as it shall be. Throws a `Refusal` for a 4xx. */
export function cutPage<Row, Spot>(
  whole: Listing<Row, Spot>,
  { numbers, url, kept }: PageQuestion,
  oddities: PageOddities<Spot>,
): Page<Row> {
  const listing = withoutRows(whole, oddities)
  const list = arranged(listing, oddities)
  const perPage = perPageOf(list, numbers, oddities)
  const { firstPage = 1, refusedBeyond, rowsAhead = 0 } = oddities
  if (numbers.page < firstPage) throw new Refusal(400, 'page must be a positive whole number')
  const lastPage = Math.ceil(list.length / perPage) - 1 + firstPage
  const page = pageNumber(Math.max(firstPage, lastPage), numbers, oddities)
  if (refusedBeyond && page * perPage > refusedBeyond.row)
    throw new Refusal(refusedBeyond.status, 'the page is too deep')

  const offset = (page - firstPage) * perPage
  const length = Math.max(0, Math.min(perPage + rowsAhead, list.length - offset))
  const cut = Array.from({ length }, (_, at) => list.at(offset + at))
  const rows = shownOf(cut, listing, oddities)
  const count = oddities.count === 'of the page' ? rows.length : countOf(listing, oddities)
  const link = (to: number) =>
    `${url}?${new URLSearchParams({ ...kept, per_page: String(perPage), page: String(to) })}`
  const reaches = (rows: number) => offset + perPage < rows
  return {
    rows,
    links: {
      count,
      next_page: nextPage(link(page + 1), reaches(list.length), reaches(Number(count)), oddities),
      previous_page: page > firstPage ? link(page - 1) : null,
    },
  }
}

function withoutRows<Row, Spot>(
  listing: Listing<Row, Spot>,
  { without }: PageOddities<Spot>,
): Listing<Row, Spot> {
  if (!without) return listing
  return { ...listing, rows: filtered(listing.rows, row => !without(listing.spotOf(row))) }
}

function arranged<Row, Spot>(
  { rows, spotOf, ...kind }: Listing<Row, Spot>,
  { ties, swapped, twiceInList, order }: PageOddities<Spot>,
): RowList<Row> {
  let list = rows
  if (ties === 'reversed') list = withTiesReversed(list, kind)
  if (swapped) list = withSwaps(list, kind, swapped)
  if (twiceInList) list = withRowsTwice(list, row => twiceInList(spotOf(row)))
  return order === 'descending' ? reversed(list) : list
}

function perPageOf<Row>(
  list: RowList<Row>,
  numbers: PageNumbers,
  { perPage, maxPerPage = numbers.perPage }: PageOddities<never>,
): number {
  if (perPage === 'all') return Math.max(1, wholeList(list).length)
  const asked = typeof perPage === 'function' ? perPage(numbers.perPage) : perPage
  return asked ?? Math.min(numbers.perPage, maxPerPage)
}

function pageNumber(
  lastPage: number,
  { page }: PageNumbers,
  { pageBeyondEnd }: PageOddities<never>,
): number {
  if (pageBeyondEnd === undefined || page <= lastPage) return page
  if (pageBeyondEnd === 'last again') return lastPage
  throw new Refusal(pageBeyondEnd, 'there is no such page')
}

function shownOf<Row, Spot>(
  cut: readonly Row[],
  { spotOf }: Listing<Row, Spot>,
  { hidden, twiceOnPage, rowsInPage }: PageOddities<Spot>,
): readonly Row[] {
  const seen = hidden ? cut.filter(row => !hidden(spotOf(row))) : cut
  const shown = twiceOnPage
    ? seen.flatMap(row => (twiceOnPage(spotOf(row)) ? [row, row] : [row]))
    : seen
  return rowsInPage === 'turned' ? shown.toReversed() : shown
}

function countOf<Row, Spot>(
  { rows, spotOf }: Listing<Row, Spot>,
  { count, hidden }: PageOddities<Spot>,
): unknown {
  if (count === 'without hidden')
    return wholeList(rows).filter(row => !hidden?.(spotOf(row))).length
  return typeof count === 'function' ? count(rows.length) : rows.length
}

function nextPage(
  following: string,
  isThere: boolean,
  isCounted: boolean,
  { nextPage }: PageOddities<never>,
): unknown {
  const truth = isThere ? following : null
  if (typeof nextPage === 'function') return nextPage(truth, following)
  if (nextPage === 'always') return following
  if (nextPage === 'by count') return isCounted ? following : null
  if (nextPage === 'never') return null
  return nextPage === 'absent' ? undefined : truth
}
