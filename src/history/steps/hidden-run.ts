import type { ReadPage, Seen, Spot } from '../pages/list-page.ts'
import type { PageNumber } from '../pages/page-number.ts'
import type { PageReadings } from '../proofs/page-borders.ts'
import { NARROW_TURNS, SLACK } from './deciding-page.ts'
import type { Bracket, Estimate } from './list-estimate.ts'
import type { Known, ListRequest } from './list-step.ts'
import { lastPage, pagesJoining, readingsOf, twiceAsFar } from './pages-of-one-size.ts'

/**
 * If whole pages have no rows amid the list: of the pages of the largest size, from the one with the row
 * before them to the one with the row after them, those to read next. None if no such page was seen, or
 * if all of these are read and joined.
 */
export function pagesAcrossHidden<Row>(
  boundary: number,
  place: Estimate | undefined,
  bracket: Bracket<Row>,
  { isForward }: ListRequest,
  known: Known<Row>,
  turn: number,
): PageNumber[] {
  if (!isHiddenIn(bracket, known) && !(turn >= NARROW_TURNS && isShortBeside(bracket))) return []
  const perPage = known.sizes.isCapProven ? known.sizes.cap : known.sizes.most
  const readings = readingsOf(perPage, known)
  const start = sideOf(boundary, -1, perPage, readings, known)
  const end = sideOf(boundary, 1, perPage, readings, known)
  const step = isForward ? 1 : -1
  const last = lastPage(perPage, readings, known)
  const stand = (isForward ? start : end) ?? standOf(boundary, place, step, perPage, readings)
  const isNextStated = known.pages.some(({ hasNext }) => hasNext !== undefined)
  if (!isNextStated && last < Infinity && !readings.has(last)) return [{ page: last, perPage }]
  if (stand === undefined || Math.min(stand, last) === Infinity) return []
  // What is read before and after all others shows that they are one moment.
  if (stand > 0 && stand <= last && !readings.has(stand)) return [{ page: stand, perPage }]
  const from = Math.min(stand, last + 1)
  const reached = beyondRead(from + step, step, readings)
  // The row on the other side may be far away, if pages of the list's other end were read.
  const range = isForward
    ? { from, to: Math.min(end ?? reached, reached) }
    : { from: Math.max(start ?? reached, reached), to: from }
  const pages = pagesJoining(
    { from: Math.max(0, range.from), to: Math.min(range.to, last) },
    readings,
    known,
  )
  return pages.map(page => ({ page, perPage }))
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
  step: 1 | -1,
  perPage: number,
  readings: PageReadings<Row>,
  { pages }: Known<Row>,
): number | undefined {
  const isBeyond = ({ key }: Spot) => (key - boundary) * step > 0
  const read = [...readings].flatMap(([number, all]) =>
    tightRows(all.at(-1)).some(isBeyond) ? [number] : [],
  )
  if (read.length > 0) return step > 0 ? Math.min(...read) : Math.max(...read)
  const rows = pages.flatMap(page => tightRows(page).filter(isBeyond))
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

/** Beyond the pages that were read in a row, twice as far. */
function beyondRead<Row>(from: number, step: 1 | -1, readings: PageReadings<Row>): number {
  let number = from
  while (readings.has(number)) number += step
  return twiceAsFar(from, number)
}
