import { areMostHidden, isNextStated, pageShowingCap } from '../pages/hidden-share.ts'
import type { ReadPage, Seen, Spot } from '../pages/list-page.ts'
import type { PageNumber, PageSizes } from '../pages/page-number.ts'
import { SMALLEST_CAP } from '../pages/page-sizes.ts'
import type { PageReadings } from '../proofs/page-borders.ts'
import { NARROW_TURNS, SLACK, wasRead } from './deciding-page.ts'
import type { Bracket, Estimate } from './list-estimate.ts'
import type { Known, ListRequest } from './list-step.ts'
import { lastPage, MOST_PAGES, pagesJoining, readingsOf, twiceAsFar } from './pages-of-one-size.ts'

/**
 * If whole pages have no rows amid the list: of the pages of one size, from the one with the row before them
 * to the one with the row after them, those to read next. If most rows are hidden: as many as should have
 * the rows wanted. None if no such page was seen, or if all of these are read and joined.
 */
export function pagesAcrossHidden<Row>(
  boundary: number,
  place: Estimate | undefined,
  bracket: Bracket<Row>,
  { isForward, limit }: ListRequest,
  known: Known<Row>,
  turn: number,
): PageNumber[] {
  const cap = pageShowingCap(known.pages, known.sizes)
  if (cap) return [cap]
  const seemHidden =
    known.sizes.areMostHidden || (!known.sizes.isFixed && areMostHidden(known.pages, known.sizes))
  const areHidden = seemHidden || isHiddenIn(bracket, known)
  if (!areHidden && !(turn >= NARROW_TURNS && isShortBeside(bracket))) return []
  const perPage = sizeToRead(known.sizes, seemHidden)
  const readings = readingsOf(perPage, known)
  const step = isForward ? 1 : -1
  const far = sideOf(boundary, step, perPage, readings, known, tightRows)
  const last = lastPage(perPage, readings, known)
  const near = (rowsOf: typeof tightRows<Row>) =>
    sideOf(boundary, -step, perPage, readings, known, rowsOf)
  const stand =
    near(tightRows) ??
    (seemHidden ? near(allRows) : undefined) ??
    standOf(boundary, place, step, perPage, readings)
  const isNextClaimed = known.pages.some(({ hasNext }) => hasNext !== undefined)
  if (!isNextClaimed && last < Infinity && !readings.has(last)) return [{ page: last, perPage }]
  if (stand === undefined || Math.min(stand, last) === Infinity) return []
  // What is read before and after all others shows that they are one moment.
  if (stand > 0 && stand <= last && !readings.has(stand)) return [{ page: stand, perPage }]
  const from = Math.min(stand, last + 1)
  const reached = beyondRead(from + step, step, readings)
  const wanted = seemHidden ? from + step * pagesWithRows(limit, readings) : from
  // The row on the other side may be far away, if pages of the list's other end were read.
  const range = isForward
    ? { from, to: Math.max(Math.min(far ?? reached, reached), wanted) }
    : { from: Math.min(Math.max(far ?? reached, reached), wanted), to: from }
  const pages = pagesJoining(
    { from: Math.max(0, range.from), to: Math.min(range.to, last) },
    readings,
    known,
  )
  const isAtEnd = known.sizes.areMostHidden && pages.length === 0 && range.to >= last
  return (isAtEnd ? pagesAfterRows(readings) : pages).map(page => ({ page, perPage }))
}

/**
 * How many rows are asked for at once: as many as are given; but as long as a cap may explain why pages are
 * short, so few that no cap cuts them.
 */
function sizeToRead(
  { areMostHidden, isCapProven, cap, largest, most }: PageSizes,
  seemHidden: boolean,
): number {
  if (isCapProven) return cap
  return seemHidden && !areMostHidden ? Math.min(most, Math.max(largest, SMALLEST_CAP)) : most
}

/** The pages without rows up to the end of the list, as far as they were not read after the last row. */
function pagesAfterRows<Row>(readings: PageReadings<Row>): number[] {
  const withRows = [...readings].filter(([, all]) => (all.at(-1)?.rows.length ?? 0) > 0)
  const last = Math.max(...withRows.map(([number]) => number))
  const order = readings.get(last)?.at(-1)?.order
  if (order === undefined) return []
  const after: number[] = []
  for (let number = last + 1; ; number++) {
    const page = readings.get(number)?.at(-1)
    if (!page || page.order < order) after.push(number)
    if (!page || page.isLast) return after
  }
}

/**
 * If no row was seen of a list that has some by its length: its first page of the largest size, then the
 * others, those near the place first, twice as many each time. If no next page is stated, the one after
 * the last, too, and the last row alone, as pages may have fewer rows than are asked for.
 */
export function pagesOfHiddenList(
  place: Estimate | undefined,
  known: Known<unknown>,
): PageNumber[] {
  const { pages, sizes } = known
  const length = pages.at(-1)?.count
  const isHidden = pages.some(({ isFirst, isLast }) => isFirst && !isLast)
  if (!length || !isHidden || pages.some(({ size }) => size > 0)) return []
  const perPage = sizes.most
  const first = { page: 1, perPage }
  if (!wasRead(first, pages)) return [first]
  const isStated = isNextStated(pages)
  const last = lastPage(perPage, readingsOf(perPage, known), known) + (isStated ? 0 : 1)
  if (last > MOST_PAGES) return []
  const others = Array.from({ length: last - 1 }, (_, at) => ({ page: at + 2, perPage }))
  const unread = others.filter(page => !wasRead(page, pages))
  const distance = ({ page }: PageNumber) => Math.abs(page - 1 - (place?.index ?? 0) / perPage)
  if (unread.length > 0)
    return unread
      .sort((one, other) => distance(one) - distance(other))
      .slice(0, Math.max(1, others.length - unread.length))
  const lastRow = { page: length, perPage: 1 }
  return isStated || wasRead(lastRow, pages) ? [] : [lastRow]
}

/** The page from which on pages without rows are read, if no row is known there: 0 is the list's start. */
function standOf<Row>(
  boundary: number,
  place: Estimate | undefined,
  step: 1 | -1,
  perPage: number,
  readings: PageReadings<Row>,
): number | undefined {
  if (Math.abs(boundary) === Infinity) return boundary < 0 ? 0 : Infinity
  if (!place) return undefined
  let number = Math.floor(Math.max(0, place.index) / perPage) + 1
  while (number > 0 && readings.has(number)) number -= step
  return number
}

/** Whether a page without rows is between two neighbours, and does not end the list. */
function isHiddenIn<Row>({ before, after }: Bracket<Row>, { pages }: Known<Row>): boolean {
  return pages.some(
    ({ rows, isLast, start, end }) =>
      rows.length === 0 && !isLast && end > before.index && start <= (after?.index ?? Infinity),
  )
}

/** How many pages have so many rows, if they have as many as those that were read. */
function pagesWithRows<Row>(rows: number, readings: PageReadings<Row>): number {
  const shown = [...readings.values()].reduce((sum, all) => sum + (all.at(-1)?.rows.length ?? 0), 0)
  return shown === 0 ? 1 : Math.ceil((rows * readings.size) / shown)
}

const isShortBeside = <Row>({ before, after }: Bracket<Row>): boolean =>
  [before.page, after?.page].some(
    page => page && !page.isLast && page.end - page.start - page.rows.length > SLACK,
  )

/**
 * The page with the row on one side of a boundary: one that was read, or where it should be. Undefined
 * if no such row was seen.
 */
function sideOf<Row>(
  boundary: number,
  step: number,
  perPage: number,
  readings: PageReadings<Row>,
  { pages }: Known<Row>,
  rowsOf: (page: ReadPage<Row> | undefined) => readonly Seen<Row>[],
): number | undefined {
  const isBeyond = ({ key }: Spot) => (key - boundary) * step > 0
  const read = [...readings].flatMap(([number, all]) =>
    rowsOf(all.at(-1)).some(isBeyond) ? [number] : [],
  )
  if (read.length > 0) return step > 0 ? Math.min(...read) : Math.max(...read)
  const rows = pages.flatMap(page => rowsOf(page).filter(isBeyond))
  const [nearest] = rows.toSorted((one, other) => (one.key - other.key) * step)
  if (!nearest) return undefined
  let number = Math.floor(Math.max(0, nearest.index) / perPage) + 1
  while (number > 0 && readings.has(number)) number += step
  return number
}

/** The rows of a page but for those at its edges that prove nothing alone: see list-order.ts. */
function tightRows<Row>(page: ReadPage<Row> | undefined): readonly Seen<Row>[] {
  if (!page || page.rows.length === 1) return []
  const { rows, loose, isFirst, isLast } = page
  return rows.slice(isFirst ? 0 : loose.low, rows.length - (isLast ? 0 : loose.high))
}

/** If most rows are hidden, few pages have rows that are not at an edge. */
const allRows = <Row>(page: ReadPage<Row> | undefined): readonly Seen<Row>[] => page?.rows ?? []

/** Beyond the pages that were read in a row, twice as far. */
function beyondRead<Row>(from: number, step: 1 | -1, readings: PageReadings<Row>): number {
  let number = from
  while (readings.has(number)) number += step
  return twiceAsFar(from, number)
}
