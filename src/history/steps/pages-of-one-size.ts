import type { ReadPage } from '../pages/list-page.ts'
import { pagesToReadAgain, type Stretch } from '../pages/one-moment.ts'
import type { PageNumber, PageSizes } from '../pages/page-number.ts'
import { sizeOf } from '../pages/page-number.ts'
import { SMALLEST_CAP } from '../pages/page-sizes.ts'
import {
  momentRules,
  nextWithRows,
  type PageReadings,
  stretchesOf,
} from '../proofs/page-borders.ts'
import type { Bracket, Estimate, Neighbour } from './list-estimate.ts'
import { lengthOf } from './list-estimate.ts'
import type { Known, ListRequest } from './list-step.ts'

/** From one page to another, both inclusive, by their numbers. */
interface PageRange {
  readonly from: number
  readonly to: number
}

/** A wrong length may put the end of a list anywhere: no more pages are looked at together. */
export const MOST_PAGES = 250

/**
 * Of pages whose size nobody can choose, those to read next, side by side, until the rows wanted are
 * proven: those that hold them, then their neighbours. None if all of these are read and joined.
 */
export function pagesOfFixedSize<Row>(
  place: Estimate,
  bracket: Bracket<Row>,
  request: ListRequest,
  known: Known<Row>,
): PageNumber[] {
  const perPage = known.sizes.cap
  const readings = readingsOf(perPage, known)
  const range = rangeOf(place, bracket, request, known)
  const last = lastPage(perPage, readings, known)
  for (let wider = 0; wider <= 1; wider++) {
    const from = Math.max(1, Math.min(range.from - wider, last))
    const to = Math.max(from, Math.min(range.to + wider, last))
    const reached = {
      from: Math.max(0, beyondEmpty(from, -1, readings)),
      to: Math.min(beyondEmpty(to, 1, readings), Math.max(to, last)),
    }
    const pages = pagesJoining(reached, readings, known)
    if (pages.length > 0) return pages.map(page => ({ page, perPage }))
  }
  return []
}

/** All readings of pages that were asked for with so many rows. */
export function readingsOf<Row>(perPage: number, { pages }: Known<Row>): PageReadings<Row> {
  const alike = pages.filter(({ at }) => at.perPage === perPage)
  return Map.groupBy(alike, ({ at }) => at.page)
}

/** The next page with rows; if it is not known, twice as far as pages without rows were read. */
function beyondEmpty<Row>(from: number, step: 1 | -1, readings: PageReadings<Row>): number {
  let number = from
  while (readings.get(number)?.at(-1)?.rows.length === 0) number += step
  return readings.has(number) ? number : twiceAsFar(from, number)
}

/** Of pages from one number up to another that were read, the one that is twice as far. */
export const twiceAsFar = (from: number, to: number) =>
  to + Math.sign(to - from) * Math.max(0, Math.abs(to - from) - 1)

/**
 * The pages to read so that no border between two pages is left open: every second page first, then
 * those between them, then the first ones again. That takes three readings for two pages.
 */
export function pagesJoining<Row>(
  { from, to }: PageRange,
  readings: PageReadings<Row>,
  known: Known<Row>,
): number[] {
  const length = Math.max(0, Math.min(MOST_PAGES, to - from + 1))
  const numbers = Array.from({ length }, (_, at) => from + at)
  const unread = numbers.filter(number => number > 0 && !readings.has(number))
  const ends = numbers.filter(
    number => number === 0 || readings.get(number)?.at(-1)?.rows.length !== 0,
  )
  const open = stretchesOf(ends).filter(
    stretch => isRead(stretch, readings) && !isClosed(stretch, readings, known),
  )
  const pagesOf = (stretches: readonly Stretch[]) =>
    stretches.flatMap(each => pagesToReadAgain(each, readings, momentRules(known.growsAtStart)))
  const across = pagesOf(open.filter(({ between }) => between.length > 0))
  const next = new Set([...unread, ...pagesOf(open.filter(({ between }) => between.length === 0))])
  // Of two neighbours that were read side by side, nobody knows which one was read first.
  const inTurn = [...next].filter(page => page % 2 === 0 || !isBeside(page, next))
  return [...new Set([...inTurn, ...across])]
}

const isBeside = (page: number, others: ReadonlySet<number>) =>
  others.has(page - 1) || others.has(page + 1)

const isRead = <Row>({ low, between, high }: Stretch, readings: PageReadings<Row>): boolean =>
  [low, ...between, high].every(number => number === 0 || readings.has(number))

/** Whether it is proven that no row is between the ends of a stretch. */
function isClosed<Row>(
  { low, high }: Stretch,
  readings: PageReadings<Row>,
  { intervals }: Known<Row>,
): boolean {
  const [start, end] = [low, high].map(number => readings.get(number)?.at(-1))
  const first = end?.rows[end.loose.low] ?? end?.rows[0]
  const interval = first && intervals.at(first.key)
  if (!interval || !end) return false
  if (!start) return interval.low === -Infinity || end.rows.length === 1
  const last = start.rows.at(-1 - start.loose.high) ?? start.rows.at(-1)
  if (!last || intervals.at(last.key) !== interval) return false
  // The only row of a page may be listed after one that comes later by its key.
  const isOpenAtStart = nextWithRows(low, -1, readings) === 0 && interval.low !== -Infinity
  return !isOpenAtStart && !(end.isLast && interval.high !== Infinity)
}

/** The pages with the rows wanted, and those with which they must join. */
function rangeOf<Row>(
  place: Estimate,
  { before, after }: Bracket<Row>,
  request: ListRequest,
  { sizes }: Known<Row>,
): PageRange {
  const { isForward, limit, from } = request
  const isFromEnd = Math.abs(from) === Infinity
  const start = isForward ? before : after
  const edge =
    start?.page && isNear(request, { before, after })
      ? startOnPage(start, start.page, isForward)
      : undefined
  const page = edge?.page ?? pageAt(place.index + (isFromEnd ? 0 : isForward ? -1 : 1), sizes)
  const open = edge ? limit - edge.rowsLeft : limit + (isFromEnd ? 0 : 1)
  const more = Math.max(edge ? 1 : 0, Math.ceil((open + 1) / sizes.cap) - (edge ? 0 : 1))
  return isForward ? { from: page, to: page + more } : { from: page - more, to: page }
}

/** Whether a walk stands at a row that was seen, or between two pages that follow each other. */
function isNear<Row>({ from, isForward }: ListRequest, { before, after }: Bracket<Row>): boolean {
  const start = isForward ? before : after
  const [low, high] = [before.page?.at.page, after?.page?.at.page]
  const areNeighbours = low !== undefined && high !== undefined && high - low <= 1
  return areNeighbours || Math.abs(from - (start?.key ?? Infinity)) === 1
}

/** The page on which a walk stands, and how many of its rows come behind the one at which it stands. */
function startOnPage(
  { key }: Neighbour<unknown>,
  { at, rows }: ReadPage<unknown>,
  isForward: boolean,
) {
  const left = rows.filter(row => (isForward ? row.key > key : row.key < key))
  return { page: at.page, rowsLeft: left.length }
}

const pageAt = (index: number, { cap }: PageSizes): number =>
  Math.floor(Math.max(0, index) / cap) + 1

/**
 * The last page that the list has, as far as its length is known. If that page says that more comes, pages
 * may be capped: then twice as far, up to the last one if none has more rows than the largest so far.
 */
export function lastPage<Row>(
  perPage: number,
  readings: PageReadings<Row>,
  known: Known<Row>,
): number {
  const { sizes } = known
  const length = lengthOf(known) ?? Infinity
  const pagesOf = (rows: number) => Math.max(1, Math.ceil(length / rows))
  if (sizes.isCapProven) return pagesOf(sizeOf(perPage, sizes))
  const most = pagesOf(Math.max(sizes.largest, SMALLEST_CAP))
  let last = pagesOf(perPage)
  const goesOn = (page: number) =>
    readings.get(page)?.at(-1)?.hasNext === true && !readings.get(page + 1)?.at(-1)?.isLast
  while (last < most && goesOn(last)) last *= 2
  return Math.min(last, most)
}
