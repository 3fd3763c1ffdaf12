import type { FormerSpot, ReadPage, Seen, Spot } from '../pages/list-page.ts'
import type { PageNumber, PageSizes, Window } from '../pages/page-number.ts'
import { LARGEST_PAGE, pageHolding, pagesHolding } from '../pages/page-number.ts'
import type { KnownIntervals } from '../proofs/known-intervals.ts'
import {
  adjacentPage,
  endProbe,
  isCovered,
  jointPage,
  largerPage,
  PROOF,
  SLACK,
  smallerPage,
  WIDER,
  wasRead,
  wholePage,
} from './deciding-page.ts'
import { pagesAcrossHidden, pagesOfHiddenList } from './hidden-run.ts'
import {
  type Bracket,
  bracketOf,
  type Estimate,
  estimate,
  isDense,
  lengthOf,
} from './list-estimate.ts'
import { pageShowingEnd } from './page-showing-end.ts'
import { pagesOfFixedSize } from './pages-of-one-size.ts'

/** The rows wanted: the first `limit` from the key `from` (inclusive) on, up to the key `to`. */
export interface ListRequest {
  readonly from: number
  readonly to: number
  /** Whether keys are walked along as they rise. */
  readonly isForward: boolean
  readonly limit: number
  /** The row next to `from` that a cursor stands at, as it was when the cursor was made. */
  readonly hint?: FormerSpot | undefined
}

/** What is known when the next pages are chosen. */
export interface Known<Row> {
  /** In the order in which they were received. */
  readonly pages: readonly ReadPage<Row>[]
  readonly intervals: KnownIntervals<Row>
  readonly sizes: PageSizes
  /** The list's length when it was read last; undefined if it was not. */
  readonly formerLength: number | undefined
  /** Whether new rows come at the list's start, and move all others. */
  readonly growsAtStart: boolean
  /** Whether the list's order is not proven, so that another call may be needed to prove it. */
  readonly isOrderDoubtful: boolean
  /** Whether the list surely is too long for a page. */
  readonly isLong: boolean
}

/** Either the rows, or the pages that should have what is missing. */
export type Step<Row> =
  | { readonly rows: readonly Seen<Row>[] }
  | { readonly pages: readonly PageNumber[] }

/** Rows that two pages must share to join. */
const SHARED = 3
/** How many new rows may have come since a cursor was made without costing another page. */
const GROWTH = 5

/** One step of a reading: looks at what is known, and decides. Nothing else is remembered. */
export function nextStep<Row>(request: ListRequest, known: Known<Row>, turn: number): Step<Row> {
  const { from, to, isForward, limit, hint } = request
  const run = known.intervals.run(from, isForward)
  const isWithin = ({ key }: Spot) => (isForward ? key <= to : key >= to)
  const rows = run.rows.filter(isWithin).slice(0, limit)
  const isPast = isForward ? run.frontier > to : run.frontier < to
  const isAtEnd = Math.abs(run.frontier) === Infinity && run.frontier > 0 === isForward
  if (rows.length === limit || isPast || isAtEnd) return { rows }
  const edge = rows.length === limit - 1 ? edgeAfter(rows, isForward) : undefined
  if (edge && isWithin(edge)) return { rows: [...rows, edge] }
  const rest = {
    ...request,
    from: run.frontier,
    limit: limit - rows.length,
    // As long as no page with rows has a certain place, nothing better is known.
    hint:
      (turn === 0 && run.frontier === from) ||
      !known.pages.some(({ isPlaced, size }) => isPlaced && size > 0)
        ? hint
        : undefined,
  }
  return { pages: pagesFor(rest, known, turn) }
}

/**
 * The last row of a page, after all others of the page. A record of the same second may stand on the
 * next page with a key between the two. The walk gives it later: see `proven` of a cursor.
 */
function edgeAfter<Row>(rows: readonly Seen<Row>[], isForward: boolean): Seen<Row> | undefined {
  const proven = rows.at(-1)
  if (!proven) return undefined
  const { rows: all, loose } = proven.page
  const edge = all.at(isForward ? -1 : 0)
  const isNext = all.at(isForward ? -2 : 1)?.key === proven.key
  return edge && isNext && (isForward ? loose.high : loose.low) === 1
    ? { ...edge, proven }
    : undefined
}

/** The fewest pages, and of those small ones, that should have the rows wanted and their proof. */
function pagesFor<Row>(request: ListRequest, known: Known<Row>, turn: number): PageNumber[] {
  const pages = wantedPages(request, known, turn)
  const telling = smallerPage(pages, known)
  return telling ? [telling] : pages
}

function wantedPages<Row>(request: ListRequest, known: Known<Row>, turn: number): PageNumber[] {
  const boundary = request.isForward ? request.from - 0.5 : request.from + 0.5
  const bracket = bracketOf(boundary, known)
  // If pages are empty amid the list, they may not be where they were asked for.
  const first = firstPage(request, known)
  const areEmpty = turn > 1 && known.pages.every(({ size }) => size === 0)
  if (areEmpty && !wasRead(first, known.pages)) return [first]
  const isHard = turn > 0 || known.isOrderDoubtful
  const next = (isHard && wholePage(known)) || pageShowingEnd(bracket, known)
  if (next) return [next]
  const place = estimate(boundary, bracket, request, known, turn)
  const hidden = pagesOfHiddenList(place, known)
  if (hidden.length > 0) return hidden
  const probe = boundary === Infinity && place ? endProbe(place, known) : undefined
  if (probe) return [probe]
  const fixed = place && known.sizes.isFixed ? pagesOfFixedSize(place, bracket, request, known) : []
  if (fixed.length > 0) return fixed
  const across = turn > 0 ? pagesAcrossHidden(boundary, place, bracket, request, known, turn) : []
  if (across.length > 0) return across
  const larger = turn > 1 && place ? largerPage(place, known) : undefined
  if (larger) return [larger]
  const joint = jointPage(bracket, request, known, turn)
  if (joint) return [joint]
  if (!place) return [first]
  const pages = newPages(place, bracket, request, known, turn)
  const telling = pages.length > 2 ? largerPage(place, known) : undefined
  return telling ? [telling] : pages
}

/** On a list that stands still, only pages that were not seen yet show something new: wider ones. */
function newPages<Row>(
  place: Estimate,
  bracket: Bracket<Row>,
  request: ListRequest,
  known: Known<Row>,
  turn: number,
): PageNumber[] {
  const isNew = (page: PageNumber) => !wasRead(page, known.pages) && !isCovered(page, known)
  for (const slack of [place.isSure ? 0 : SLACK, ...WIDER]) {
    const pages = pagesFrom(place, slack, request, known).filter(isNew)
    if (pages.length > 0) return pages
  }
  const page =
    jointPage(bracket, { ...request, limit: 1 }, known, turn) ?? adjacentPage(place.index, known)
  return page ? [page] : pagesFrom(place, 0, request, known)
}

/** So many rows show an order even if two of them change places. */
const CLEAR = 4

/** Nothing is known: the first page shows the order, the length, and mostly all that is wanted. */
function firstPage(
  { limit }: ListRequest,
  { isLong, sizes, formerLength = Infinity }: Known<unknown>,
): PageNumber {
  const isShort = formerLength <= LARGEST_PAGE || (!isLong && formerLength > limit)
  const perPage = isShort ? Math.max(LARGEST_PAGE, limit) : limit + 1
  return { page: 1, perPage: Math.min(sizes.most, Math.max(perPage, CLEAR)) }
}

/**
 * The pages with the wanted rows. If it costs no page more, also with a row or two to either side,
 * which join them to what was read before and show whether the list goes on.
 */
function pagesFrom<Row>(
  place: Estimate,
  slack: number,
  request: ListRequest,
  known: Known<Row>,
): PageNumber[] {
  const { isForward, from, hint } = request
  const least = Math.abs(from) === Infinity ? CLEAR - 1 : 0
  const places = Math.max(least, Math.ceil(request.limit / shareSeen(known)))
  const first = isForward ? place.index : place.index - places
  const window = { from: first, to: first + (place.spread ?? 0) + places - 1 }
  const growth = hint && known.growsAtStart ? GROWTH : 0
  const behind = Math.abs(from) === Infinity ? 0 : PROOF
  // Of neighbouring keys, a page may begin with the second one: nothing can be between them.
  const isDenseHere = hint ? hint.isDense === true : known.pages.some(isDense)
  const needed = isDenseHere ? 0 : behind
  const joining = { shared: SHARED, mustJoin: !isDenseHere && known.pages.length > 0 }
  const widened = (more: number): Window => ({
    from: window.from - more - (isForward ? behind : 1),
    to: window.to + more + (isForward ? 1 : Math.max(1, behind)) + growth,
  })
  const stated = lengthOf(known) ?? hint?.count ?? Infinity
  // A cursor beyond the stated length disproves it; and no single place beyond it shows that it is right.
  const isBeyond = isForward ? place.index >= stated : hint?.isSure && hint.index >= stated
  const end = isBeyond ? Infinity : stated
  const pagesOf = (each: Window, room = 0) => {
    const pages = pagesHolding(clip(each, end + room), known.sizes, joining)
    if (each.from > 0 || pages.length > 1) return pages
    // From the start on, a page is the same however long the list is, so that it may be held.
    const page = pageHolding({ from: 0, to: Math.min(each.to, known.sizes.cap - 1) }, known.sizes)
    return page ? [page] : pages
  }
  const fewest = pagesOf({
    from: window.from - (isForward ? needed : 0),
    to: window.to + (isForward ? 0 : needed),
  })
  // A page with room for a row beyond the stated end shows whether it is the end; a full one does not.
  const wider = [1, 0].flatMap(room => [slack, 0].map(more => pagesOf(widened(more), room)))
  const pages = wider.find(each => each.length <= fewest.length) ?? fewest
  const [page] = pages
  return page && pages.length === 1 ? [withRoom(page, end, known)] : pages
}

/** A page for a whole list as long as it was, with room for a row more: a full page shows no end. */
function withRoom(page: PageNumber, length: number, { pages, sizes }: Known<unknown>): PageNumber {
  const isWhole = pages.length === 0 && page.page === 1 && page.perPage === length
  return isWhole ? { page: 1, perPage: Math.min(page.perPage + 1, sizes.cap) } : page
}

/** Of the places of pages that were read, how many have a row that can be seen. */
function shareSeen({ pages }: Known<unknown>): number {
  const amid = pages.filter(({ isLast }) => !isLast)
  const places = amid.reduce((sum, { start, end }) => sum + end - start, 0)
  const rows = amid.reduce((sum, page) => sum + page.rows.length, 0)
  return rows === 0 ? 1 : Math.max(rows / places, 0.1)
}

/** Keeps a window inside of the list. */
function clip({ from, to }: Window, length: number): Window {
  const last = Math.max(0, Math.min(to, length - 1))
  return { from: Math.max(0, Math.min(from, last)), to: last }
}
