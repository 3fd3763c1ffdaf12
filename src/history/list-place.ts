import type { ReadPage, Seen } from './list-page.ts'
import type { IndexWindow, PageNumber } from './page-window.ts'
import { pageAround, pagesHolding } from './page-window.ts'
import type { Bearing } from './search.ts'
import { guessBetween } from './search.ts'
import type { Towards } from './sightings.ts'

/** Where rows are wanted: from `key` (inclusive) on, so many of them. */
export interface Wanted {
  readonly key: number
  readonly towards: Towards
  readonly rows: number
}

/** Where a cursor's row was when the cursor was made, and how long the list was then. */
export interface PlaceHint {
  readonly index: number
  readonly count: number | undefined
  /** Whether keys rose through the list. */
  readonly rising: boolean
  /** Whether the place is reckoned from other rows', not seen. */
  readonly isReckoned?: boolean
}

/** What is known when the next pages are chosen. */
export interface Knowledge<Row> {
  readonly pages: readonly ReadPage<Row>[]
  readonly rising: boolean
  readonly cap: number
  /** Only while nothing was read for this wish yet. */
  readonly hint: PlaceHint | undefined
  /** How many times pages were chosen for this wish before. */
  readonly round: number
}

/** How far to either side a guessed place may be off without costing another page, in rows. */
const SLACK = 15
/** The pages to read next so that the wanted rows come to light, fewest first. */
export function choosePages<Row>(wanted: Wanted, known: Knowledge<Row>): PageNumber[] {
  const place = toListOrder(wanted, known.rising)
  const { before, after } = neighbours(place, known)
  const end = endOf(known)
  // Two neighbours, or the last row and the list's end, in one page: nothing hides between them.
  const isEndWanted = place.boundary === Infinity
  const isEndReached = before !== undefined && before.index + 1 >= end
  const far = after?.index ?? (isEndWanted || isEndReached ? end : undefined)
  if (before && far !== undefined) {
    const joint = { from: before.index, to: Math.max(far, before.index + 1) }
    const page = pageAround(joint, known.cap)
    if (page) return [page]
  }
  const length = lengthOf(known)
  const guess = isEndWanted
    ? guessEnd(before, length, known)
    : guessIndex(place, before, after, end, known)
  return guess ? pagesFrom(guess, place, length, known.cap) : [{ page: 1, perPage: known.cap }]
}

/** A place in list order, where keys always rise with the index. */
interface Place {
  /** Half a key before or after the wanted key: rows lie on one side of it or the other. */
  readonly boundary: number
  readonly sign: 1 | -1
  readonly isForward: boolean
  readonly rows: number
}

function toListOrder({ key, towards, rows }: Wanted, rising: boolean): Place {
  const sign = rising ? 1 : -1
  const isForward = towards === sign
  return { boundary: sign * key + (isForward ? -0.5 : 0.5), sign, isForward, rows }
}

/** A row near the place. `index` is where it should be by now. */
interface Neighbour<Row> {
  readonly key: number
  readonly index: number
  readonly page: ReadPage<Row>
}

interface Neighbours<Row> {
  readonly before: Neighbour<Row> | undefined
  readonly after: Neighbour<Row> | undefined
}

/** The nearest rows seen on either side of the place. */
function neighbours<Row>({ boundary, sign }: Place, { pages }: Knowledge<Row>): Neighbours<Row> {
  let before: Seen<Row> | undefined
  let after: Seen<Row> | undefined
  for (const seen of pages.flatMap(({ rows }) => rows)) {
    const key = sign * seen.key
    if (key < boundary && (!before || key >= sign * before.key)) before = seen
    if (key > boundary && (!after || key < sign * after.key)) after = seen
  }
  return {
    before: before && upToDate(before, sign, pages),
    after: after && upToDate(after, sign, pages),
  }
}

/** Moves a row's index along with the rows around it that later pages showed. */
function upToDate<Row>(
  row: Seen<Row>,
  sign: number,
  pages: readonly ReadPage<Row>[],
): Neighbour<Row> {
  let { index } = row
  const later = pages.slice(pages.indexOf(row.page) + 1).flatMap(({ rows }) => rows)
  for (const other of later) {
    const step = Math.sign(sign * (other.key - row.key))
    const isOutOfPlace = step * (other.index - index) <= 0
    if (isOutOfPlace) index = other.index - step
  }
  return { key: row.key, index, page: row.page }
}

/** Where the list ends at the latest, by its stated length and by the pages that were empty. */
function endOf<Row>(known: Knowledge<Row>): number {
  const emptyFrom = known.pages.filter(({ size }) => size === 0).map(({ start }) => start)
  return Math.min(lengthOf(known) ?? Infinity, ...emptyFrom)
}

/** The list's length by its latest answer, or by the cursor where none was read yet. */
function lengthOf<Row>({ pages, hint }: Knowledge<Row>): number | undefined {
  const latest = pages.at(-1)
  return latest ? latest.count : hint?.count
}

/** The index of the first row after the place, as well as it can be told; is it certain? */
interface Guess {
  readonly index: number
  readonly isSure: boolean
}

function guessIndex<Row>(
  { boundary, sign, isForward }: Place,
  before: Neighbour<Row> | undefined,
  after: Neighbour<Row> | undefined,
  end: number,
  { pages, hint, round }: Knowledge<Row>,
): Guess | undefined {
  if (boundary === -Infinity) return { index: 0, isSure: true }
  if (hint) return { index: hint.index + (isForward ? 1 : 0), isSure: !hint.isReckoned }
  if (before && after) {
    const [low, high] = [bearing(before, sign), bearing(after, sign)]
    return { index: guessBetween(boundary, low, high, round), isSure: false }
  }
  if (before) {
    const distance = boundary - sign * before.key - 0.5
    const least = isForward ? 0 : 1
    const ahead = Math.max(least, Math.round(density(before.page) * distance))
    const next = before.index + 1
    if (next + ahead < end) return { index: next + ahead, isSure: ahead === 0 }
    return { index: Math.max(next + least, guessBeyond(next, end, pages)), isSure: false }
  }
  if (after) {
    const distance = sign * after.key - boundary - 0.5
    const behind = Math.max(isForward ? 1 : 0, Math.round(density(after.page) * distance))
    return { index: Math.max(after.index - behind, 0), isSure: behind === 0 }
  }
  return undefined
}

/** Past the stated end: the last row first; where pages there were empty, between what is known. */
const guessBeyond = (next: number, end: number, pages: readonly ReadPage<unknown>[]) =>
  pages.some(({ size }) => size === 0) ? Math.floor((next + end) / 2) : end - 1

const bearing = <Row>({ key, index, page }: Neighbour<Row>, sign: number): Bearing => ({
  key: sign * key,
  index,
  density: density(page),
})

/** Rows for each key on a page: 1 where no key is missing. */
function density<Row>({ rows }: ReadPage<Row>): number {
  const [first, last] = [rows[0], rows.at(-1)]
  if (!first || !last || first.key === last.key) return 1
  return (last.index - first.index) / Math.abs(last.key - first.key)
}

/** The list's end: where it is stated, unless a page there was empty; then between what is known. */
function guessEnd<Row>(
  before: Neighbour<Row> | undefined,
  length: number | undefined,
  { pages, round, cap }: Knowledge<Row>,
): Guess | undefined {
  const emptyFrom = Math.min(...pages.filter(({ size }) => size === 0).map(({ start }) => start))
  const known = before ? before.index + 1 : 0
  if (length !== undefined && length < emptyFrom) {
    return { index: Math.max(length, known), isSure: true }
  }
  if (emptyFrom === Infinity) return before && { index: known + cap * 2 ** round, isSure: false }
  if (emptyFrom - known < cap) return { index: Math.max(emptyFrom, known), isSure: true }
  return { index: Math.floor((known + emptyFrom) / 2), isSure: true }
}

/**
 * The pages with the wanted rows. If it costs no page more, also with a row to either side, which
 * joins them to what was read before and shows whether the list goes on.
 */
function pagesFrom(
  { index, isSure }: Guess,
  { isForward, rows }: Place,
  length: number | undefined,
  cap: number,
): PageNumber[] {
  const from = isForward ? index : index - rows
  const to = isForward ? index + rows - 1 : index - 1
  const margin = isSure ? 1 : SLACK
  const end = Math.max(length ?? Infinity, index)
  const least = pagesHolding(clip(from, to, end), cap)
  const wider = pagesHolding(clip(from - margin, to + margin, end), cap)
  return wider.length > least.length ? least : wider
}

/** Keeps a window inside the list, and lets it show the first place after the list's end. */
function clip(from: number, to: number, length: number): IndexWindow {
  const end = Math.max(0, Math.min(to, length))
  return { from: Math.max(0, Math.min(from, end)), to: end }
}
