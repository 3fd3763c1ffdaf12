import type { Neighbour, Neighbours, Place } from './list-neighbours.ts'
import type { ReadPage } from './list-page.ts'
import type { Bearing } from './search.ts'
import { guessBetween } from './search.ts'

/** Where a cursor's row was when the cursor was made, and how long the list was then. */
export interface PlaceHint {
  readonly index: number
  readonly count: number | undefined
  /** Whether keys rose through the list. */
  readonly rising: boolean
  /** Whether the place is reckoned from other rows', not seen. */
  readonly isReckoned?: boolean
  /** Whether the list was sorted here, since the upstream has it in no order by key. */
  readonly isSortedHere?: boolean | undefined
}

/** What is known when the next pages are chosen. */
export interface Knowledge<Row> {
  readonly pages: readonly ReadPage<Row>[]
  readonly rising: boolean
  readonly cap: number
  /** Rows that two pages must share to be joined: more than one where rows share their keys. */
  readonly shared: number
  /** How far to either side a guessed place may be off without costing another page, in rows. */
  readonly slack: number
  /** Where to look now, rather than where the rows seen would have it. */
  readonly hint: PlaceHint | undefined
  /** How many times pages were chosen for this wish before. */
  readonly round: number
}

/** Where the list ends at the latest: by its stated length, and by pages that were empty or its last. */
export function endOf<Row>(known: Knowledge<Row>): number {
  return Math.min(lengthOf(known) ?? Infinity, firstEmpty(known.pages))
}

const firstEmpty = (pages: readonly ReadPage<unknown>[]) =>
  Math.min(
    ...pages
      .filter(({ size, isLast }) => size === 0 || isLast)
      .map(({ start, size }) => start + size),
  )

/**
 * The list's length by its latest answer, or by the cursor where none was read yet. One that is
 * less than the rows of its own page need is wrong, who knows by how much: it tells nothing.
 */
export function lengthOf<Row>({ pages, hint }: Knowledge<Row>): number | undefined {
  const latest = pages.at(-1)
  if (!latest) return hint?.count
  const { count, start, size } = latest
  return count !== undefined && size > 0 && count < start + size ? undefined : count
}

/** The index of the first row after the place, as well as it can be told; is it certain? */
export interface Guess {
  readonly index: number
  readonly isSure: boolean
}

/** Undefined where nothing at all is known of the list. */
export function guess<Row>(
  place: Place,
  { before, after }: Neighbours<Row>,
  known: Knowledge<Row>,
): Guess | undefined {
  const { boundary, sign, isForward } = place
  const { hint, round } = known
  if (boundary === Infinity) return guessEnd(before, known)
  if (boundary === -Infinity) return { index: 0, isSure: true }
  if (hint) return { index: hint.index + (isForward ? 1 : 0), isSure: !hint.isReckoned }
  if (before && after) {
    const [low, high] = [bearing(before, sign), bearing(after, sign)]
    return { index: guessBetween(boundary, low, high, round), isSure: false }
  }
  if (before) return guessAfter(before, place, known)
  return after && guessBefore(after, place, known)
}

/** Counted on from a row before the place. */
function guessAfter<Row>(
  before: Neighbour<Row>,
  { boundary, sign, isForward }: Place,
  known: Knowledge<Row>,
): Guess {
  const next = before.index + 1
  const least = isForward ? 0 : 1
  const distance = boundary - sign * before.key - 0.5
  const ahead = Math.max(least, Math.round(density(before.page) * distance))
  const end = endOf(known)
  if (next + ahead < end) return { index: next + ahead, isSure: ahead === 0 }
  // Past the stated end: the last row first; where pages there were empty, halfway to them.
  const isEndEmpty = known.pages.some(({ size }) => size === 0)
  const index = isEndEmpty ? Math.floor((next + end) / 2) : end - 1
  return { index: Math.max(next + least, index), isSure: false }
}

/** Counted back from a row after the place. */
function guessBefore<Row>(
  after: Neighbour<Row>,
  { boundary, sign, isForward }: Place,
  { shared }: Knowledge<Row>,
): Guess {
  const distance = sign * after.key - boundary - 0.5
  const behind = Math.max(isForward ? shared : 0, Math.round(density(after.page) * distance))
  return { index: Math.max(after.index - behind, 0), isSure: behind === 0 }
}

const bearing = <Row>({ key, index, page }: Neighbour<Row>, sign: number): Bearing => ({
  key: sign * key,
  index,
  density: density(page),
})

/** Rows for each key on a page: 1 where no key is missing. */
export function density<Row>({ rows }: ReadPage<Row>): number {
  const [first, last] = [rows[0], rows.at(-1)]
  if (!first || !last || first.key === last.key) return 1
  return (last.index - first.index) / Math.abs(last.key - first.key)
}

/** The list's end: where it is stated, unless a page there was empty; then between what is known. */
function guessEnd<Row>(
  before: Neighbour<Row> | undefined,
  known: Knowledge<Row>,
): Guess | undefined {
  const length = lengthOf(known)
  const emptyFrom = firstEmpty(known.pages)
  const next = before ? before.index + 1 : 0
  if (length !== undefined && length < emptyFrom) {
    return { index: Math.max(length, next), isSure: true }
  }
  // Nothing tells the length: look twice as far each time.
  if (emptyFrom === Infinity) {
    return before && { index: next + known.cap * 2 ** known.round, isSure: false }
  }
  if (emptyFrom - next < known.cap) return { index: Math.max(emptyFrom, next), isSure: true }
  return { index: Math.floor((next + emptyFrom) / 2), isSure: true }
}
