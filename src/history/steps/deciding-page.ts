import type { ReadPage } from '../pages/list-page.ts'
import type { PageNumber } from '../pages/page-number.ts'
import { LARGEST_PAGE, pageHolding, sizeOf, startIndex, type Window } from '../pages/page-number.ts'
import { type Bracket, type Estimate, lengthOf, type Neighbour } from './list-estimate.ts'
import type { Known, ListRequest } from './list-step.ts'

/** Rows on either side that prove that nothing is hidden at a page's edge: see known-intervals.ts. */
export const PROOF = 2
/** How far to either side an estimate may be off without costing another page, in rows. */
export const SLACK = 15
/** So many turns narrow pages are tried, though rows may be hidden from them. */
export const NARROW_TURNS = 3
/** How many rows more are read if pages show nothing new. */
export const WIDER: readonly number[] = [2, 4, 8, SLACK, 2 * SLACK, 3 * SLACK]

/** Whether a page was read since the list changed its length. */
export const wasRead = (
  { page, perPage }: PageNumber,
  pages: readonly ReadPage<unknown>[],
): boolean =>
  pages.some(
    ({ at, count }) => at.page === page && at.perPage === perPage && count === pages.at(-1)?.count,
  )

/** Whether another page has shown all rows of a page, since the list changed its length. */
export function isCovered<Row>(page: PageNumber, { pages, sizes }: Known<Row>): boolean {
  const from = startIndex(page, sizes)
  const to = from + sizeOf(page.perPage, sizes)
  return pages.some(
    ({ start, size, count, isPlaced, rows }) =>
      isPlaced &&
      rows[0]?.isSure === true &&
      count === pages.at(-1)?.count &&
      start <= from &&
      to <= start + size,
  )
}

/** All of a short list, if its first pages have not shown enough. */
export function wholePage(known: Known<unknown>): PageNumber | undefined {
  const whole = { page: 1, perPage: LARGEST_PAGE }
  const isShort = (lengthOf(known) ?? Infinity) <= LARGEST_PAGE
  return isShort && !known.sizes.isCapProven && !wasRead(whole, known.pages) ? whole : undefined
}

/** One page that shows whether larger ones are given, too, if that is not known. */
export function largerPage<Row>({ index }: Estimate, known: Known<Row>) {
  const { sizes, pages } = known
  if (sizes.isCapProven || sizes.cap >= LARGEST_PAGE) return undefined
  const at = { page: Math.floor(index / LARGEST_PAGE) + 1, perPage: LARGEST_PAGE }
  const isNextThere = at.page * LARGEST_PAGE < (lengthOf(known) ?? 0)
  const next = isNextThere ? [{ ...at, page: at.page + 1 }] : []
  return [at, ...next].find(page => !wasRead(page, pages))
}

/** So many pages are not asked for at once before it is known what their size hangs on. */
const MANY_PAGES = 5

/**
 * Before many pages are read, one that shows whether fewer rows are given if fewer are asked for. If no
 * length is stated, any page near the end may be short: then the first row alone.
 */
export function smallerPage(
  chosen: readonly PageNumber[],
  { sizes: { cap, most, isFixed, isHeard }, pages }: Known<unknown>,
): PageNumber | undefined {
  const smaller = chosen.find(({ perPage }) => perPage < cap)
  if (isFixed || isHeard || cap === most || !smaller) return undefined
  const first = { page: 1, perPage: 1 }
  const isCounted = pages.length === 0 || pages.at(-1)?.count !== undefined
  if (!isCounted && !wasRead(first, pages)) return first
  return chosen.length > MANY_PAGES ? smaller : undefined
}

/**
 * If no length is stated, or a wrong one, the end is looked for on pages of the largest size: pages of
 * one size show together whether they are capped, and which of them come after the last one.
 */
export function endProbe({ index }: Estimate, known: Known<unknown>): PageNumber | undefined {
  const { pages, sizes } = known
  const count = pages.at(-1)?.count
  const isStated = count !== undefined && count === lengthOf(known)
  if (isStated || pages.length === 0) return undefined
  const page = { page: Math.floor(index / sizes.cap) + 1, perPage: sizes.cap }
  return wasRead(page, pages) ? undefined : page
}

/** A page with both neighbours of the boundary: then nothing hides between them. */
export function jointPage<Row>(
  { before, after }: Bracket<Row>,
  { from, limit, isForward }: ListRequest,
  known: Known<Row>,
  turn: number,
): PageNumber | undefined {
  const { pages, sizes } = known
  if (pages.length === 0 || !after || from === -Infinity) return undefined
  // At the edge of a page, the page with the rows that come next shows what is between the two.
  const rows = before.page && before.page === after.page ? before.page.rows : []
  const isAtEdge = isForward ? rows.at(-1)?.key === after.key : rows[0]?.key === before.key
  if (rows.length > 0 && isAtEdge && limit > 2 * PROOF) return undefined
  const isEnd = after.key === Infinity
  if (isEnd && after.index - before.index > limit + PROOF) return undefined
  // The page of the last row has left open whether rows follow, unless it is the only one of its page.
  const isAlone = before.page?.isLast === true && before.page.rows.length === 1
  if (isEnd && before.page && before.page.end >= after.index && !isAlone) return undefined
  const first = before.index - PROOF + 1
  const to = isEnd
    ? Math.max(before.index, after.index - 1)
    : Math.max(before.index + 1, after.index + PROOF - 1)
  const beyond = pageBeyondHidden({ from: first, to }, after, known, turn)
  if (beyond) return beyond
  // A page that was read before shows nothing new: then a wider one.
  const wider = [0, 1, ...WIDER].flatMap(more => [
    { from: first - more, to: to + more },
    { from: first, to: to + more },
    { from: first - more, to },
  ])
  // If no page has a row on both sides of two neighbours, several pages do together.
  const areNeighbours = after.index - before.index <= 1
  const sides = areNeighbours
    ? [
        { from: first, to: to - 1 },
        { from: first + 1, to },
        { from: first + 1, to: to - 1 },
        { from: first, to: first + 1 },
        { from: to - 1, to },
      ]
    : []
  for (const window of [...wider, ...sides]) {
    const page = pageHolding({ from: Math.max(0, window.from), to: window.to }, sizes)
    if (page && !wasRead(page, pages)) return page
  }
  return undefined
}

/**
 * A page that reaches up to the last place that the row after a boundary can have, if rows may be hidden
 * before it on its page. Short pages may lack such rows, too, so that larger ones may be given.
 */
function pageBeyondHidden<Row>(
  { from, to }: Window,
  { key, page }: Neighbour<Row>,
  { pages, sizes }: Known<Row>,
  turn: number,
): PageNumber | undefined {
  if (!page) return undefined
  const latest = page.end - page.rows.filter(row => row.key >= key).length + PROOF - 1
  if (latest <= to + (turn < NARROW_TURNS ? SLACK : 0)) return undefined
  const cap = sizes.isCapProven ? sizes.cap : sizes.most
  const beyond = pageHolding({ from: Math.max(0, from), to: latest }, { ...sizes, cap })
  return beyond && !wasRead(beyond, pages) ? beyond : undefined
}

/** The unread page next to a page with a place: places may be wrong, page numbers are not. */
export function adjacentPage<Row>(index: number, { pages }: Known<Row>): PageNumber | undefined {
  const distance = ({ start, end }: ReadPage<Row>) => Math.max(start - index, index - end + 1, 0)
  const nearest = pages.toSorted((one, other) => distance(one) - distance(other))
  const adjacent = nearest.flatMap(({ at: { page, perPage }, isLast }) => [
    ...(isLast ? [] : [{ page: page + 1, perPage }]),
    ...(page > 1 ? [{ page: page - 1, perPage }] : []),
  ])
  return adjacent.find(page => !wasRead(page, pages))
}
