import type { ReadPage, Seen, Spot } from '../pages/list-page.ts'
import type { Known, ListRequest } from './list-step.ts'

/** The nearest known spots on either side of a boundary between two keys. */
export interface Bracket<Row> {
  readonly before: Neighbour<Row>
  /** Undefined if neither a row nor the list's end is known there. */
  readonly after: Neighbour<Row> | undefined
}

/** A row near the boundary, or an end of the list, at the place where it should be by now. */
export interface Neighbour<Row> extends Spot {
  /** Undefined for the ends of the list. */
  readonly row?: Row
  readonly page?: ReadPage<Row>
}

const START = { key: -Infinity, index: -1, isSure: true } as const

/** From this turn on, proportion takes turns with halving, which always ends. */
const HALVING_FROM_TURN = 3

export function bracketOf<Row>(boundary: number, known: Known<Row>): Bracket<Row> {
  let before: Neighbour<Row> = START
  let after: Neighbour<Row> | undefined
  for (const page of known.pages) {
    if (!page.isPlaced) continue
    const at = firstAbove(page.rows, boundary)
    const [low, high] = [page.rows[at - 1], page.rows[at]]
    before =
      low && low.key >= before.key ? low : before.page ? moved(before, page, low, high) : before
    after =
      high && (!after || high.key <= after.key) ? high : after && moved(after, page, low, high)
  }
  return { before, after: after ?? endSpot(known, before) }
}

/** A later page shows how far the rows of an earlier one have moved, by its rows next to them. */
function moved<Row>(
  spot: Neighbour<Row>,
  page: ReadPage<Row>,
  low: Seen<Row> | undefined,
  high: Seen<Row> | undefined,
): Neighbour<Row> {
  const isAbove = low !== undefined && spot.key > low.key
  const least = !isAbove ? -Infinity : high ? low.index + 1 : page.end
  const isBelow = high !== undefined && spot.key < high.key
  const most =
    page.size === 0 && page.isLast
      ? page.start - 1
      : !isBelow
        ? Infinity
        : low
          ? high.index - 1
          : page.start - 1
  const index = Math.max(0, Math.min(most, Math.max(least, spot.index)))
  return index === spot.index ? spot : { ...spot, index, isSure: false }
}

/** The index of the first row above a boundary. */
function firstAbove(rows: readonly Seen<unknown>[], boundary: number): number {
  let [low, high] = [0, rows.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((rows[middle]?.key ?? Infinity) < boundary) low = middle + 1
    else high = middle
  }
  return low
}

/** The place after the last row, if it is known and no known row contradicts it. */
function endSpot<Row>(known: Known<Row>, before: Spot): Neighbour<Row> | undefined {
  const length = lengthOf(known)
  if (length === undefined || length <= before.index) return undefined
  return { key: Infinity, index: length, isSure: false }
}

/**
 * The list's length by its latest answer, unless pages disprove it; else, before anything was read,
 * the length that the list had formerly.
 */
export function lengthOf({ pages, formerLength }: Known<unknown>): number | undefined {
  const latest = pages.at(-1)
  if (!latest) return formerLength
  const emptyFrom = emptyFromIn(pages)
  const last = pages.findLast((page, at) => page.isLast && page.size > 0 && !isOutdated(at, pages))
  const { count } = latest
  const seen = latest.start + latest.size + (latest.hasNext === true ? 1 : 0)
  const isUsable = count !== undefined && count >= seen
  if (isUsable && count <= emptyFrom) return count
  if (last) return last.start + last.size
  return emptyFrom === Infinity ? undefined : emptyFrom
}

/** From which place on a page was empty. */
function emptyFromIn(pages: readonly ReadPage<unknown>[]): number {
  const empty = pages.filter(
    ({ size, isLast }, at) => size === 0 && isLast && !isOutdated(at, pages),
  )
  return Math.min(...empty.map(({ start }) => start))
}

/** Whether a later page has rows after the end of this one: the list has grown. */
const isOutdated = (at: number, pages: readonly ReadPage<unknown>[]): boolean => {
  const { start = 0, size = 0 } = pages[at] ?? {}
  return pages.slice(at + 1).some(page => page.size > 0 && page.start + page.size > start + size)
}

/** Where the first row beyond a boundary should be, and whether that is certain on a still list. */
export interface Estimate {
  readonly index: number
  readonly isSure: boolean
  /** How many places later it may be, as rows may be hidden at the end of the page before. */
  readonly spread?: number
}

/** Undefined if nothing at all is known of the list. */
export function estimate<Row>(
  boundary: number,
  bracket: Bracket<Row>,
  { isForward, hint }: ListRequest,
  known: Known<Row>,
  turn: number,
): Estimate | undefined {
  const { before, after } = bracket
  if (boundary === -Infinity) return { index: 0, isSure: true }
  if (boundary === Infinity) return estimateEnd(before, known, turn)
  if (hint) return { index: hint.index + (isForward ? 1 : 0), isSure: hint.isSure }
  // Next to a row that was seen, the place is known.
  if (isForward && boundary - before.key < 1) return behind(before)
  if (!isForward && after && after.key - boundary < 1) return after
  const [low, high] = [before.page && before, after?.page && after]
  if (low && high) return { index: between(boundary, low, high, turn), isSure: false }
  if (low) return onFrom(low, after, boundary, known)
  return (
    high && {
      index: Math.max(0, high.index - rowsFor(high.key - boundary - 0.5, high)),
      isSure: false,
    }
  )
}

/** If no more rows than these are hidden at a page's end, its last row is read again. */
const MAX_SPREAD = 15

/** The place after a row; for the last row of a page, one up to the place after the page. */
function behind<Row>({ key, index, isSure, page }: Neighbour<Row>): Estimate {
  const isLastOfPage = page !== undefined && page.rows.at(-1)?.key === key
  if (!isLastOfPage || isSure) return { index: index + 1, isSure }
  const spread = Math.max(0, page.end - index - 1)
  return spread > MAX_SPREAD
    ? { index: page.end, isSure: true }
    : { index: index + 1, isSure: true, spread }
}

/** In proportion to the keys; or halfway, as holes among the keys may mislead proportion for long. */
function between(boundary: number, low: Spot, high: Spot, turn: number): number {
  const rows = Math.max(0, high.index - low.index - 1)
  const isHalving = turn >= HALVING_FROM_TURN && turn % 2 === 1
  const share = isHalving ? 0.5 : (boundary - low.key) / (high.key - low.key)
  return low.index + 1 + Math.round(rows * share)
}

/** Counted on from a row; beyond the stated end, the last row first, or halfway to an empty page. */
function onFrom<Row>(
  low: Neighbour<Row>,
  end: Neighbour<Row> | undefined,
  boundary: number,
  { pages }: Known<Row>,
): Estimate {
  const next = low.index + 1
  const index = next + rowsFor(boundary - low.key - 0.5, low)
  if (!end || index < end.index) return { index, isSure: false }
  const isStated = end.index < emptyFromIn(pages)
  return {
    index: isStated ? Math.max(next, end.index - 1) : (next + end.index) >> 1,
    isSure: false,
  }
}

/** How many rows so many keys have, as the page with a spot shows. */
const rowsFor = <Row>(keys: number, { page }: Neighbour<Row>): number =>
  Math.max(0, Math.round(keys * (page ? density(page) : 1)))

/** Rows for each key on a page: 1 if no key is missing. */
export function density<Row>({ rows }: ReadPage<Row>): number {
  const [first, last] = [rows[0], rows.at(-1)]
  if (!first || !last || first.key === last.key) return 1
  return (rows.length - 1) / (last.key - first.key)
}

/** Whether nearly no key is missing on a page. */
export const isDense = (page: ReadPage<unknown>): boolean =>
  page.rows.length > 1 && density(page) > 0.9

/**
 * The list's end: where it is stated. If nothing states it, twice as far each time, until a page is
 * empty; then halfway between.
 */
function estimateEnd<Row>(before: Spot, known: Known<Row>, turn: number): Estimate | undefined {
  const { pages, sizes } = known
  const length = lengthOf(known)
  const next = before.index + 1
  if (pages.length === 0) return length === undefined ? undefined : { index: length, isSure: false }
  const emptyFrom = emptyFromIn(pages)
  if (length !== undefined && length < emptyFrom)
    return { index: Math.max(length, next), isSure: true }
  if (emptyFrom === Infinity) {
    // A stated length that rows have disproved is likely to be wrong by a few.
    const beyond = pages.filter(
      ({ start, size, count = Infinity }) => size > 0 && start + size > count,
    ).length
    const doublings = beyond > 0 ? beyond - 1 : turn
    return { index: next + sizes.cap * 2 ** doublings, isSure: false }
  }
  const open = Math.max(0, emptyFrom - next)
  return { index: open < sizes.cap ? emptyFrom : next + (open >> 1), isSure: false }
}
