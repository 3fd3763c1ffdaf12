import type { Answer, ListView } from './list-page.ts'
import type { PageSizes } from './page-number.ts'
import { sizeOf, startIndex } from './page-number.ts'
import { withoutSurplus } from './page-sizes.ts'

/** The answers of a reading without the rows that they have from elsewhere. */
export const believedAnswers = <Row>(
  received: readonly Answer<Row>[],
  view: ListView<Row>,
): readonly Answer<Row>[] => withoutSurplus(withoutPagesElsewhere(received, view), view.sizes)

/** Answers of which those are empty that have the rows of another page, as there is no such page. */
export const withoutPagesElsewhere = <Row>(
  received: readonly Answer<Row>[],
  view: ListView<Row>,
): readonly Answer<Row>[] =>
  received.map(answer =>
    repeatsAnother(answer, received, view.keyOf) || repeatsFirst(answer, received, view)
      ? { ...answer, rows: [], size: 0 }
      : answer,
  )

/** Of smaller pages, two may have the same rows because the list has moved between the two calls. */
const LEAST_REPEATED = 8
/** As above, if no length is stated, which would show that it has moved. */
const LEAST_UNCOUNTED = 20

/**
 * Whether a page has just the rows of an earlier one of its size, in a list as long: beyond the end,
 * where it should be empty, some upstreams repeat their last page.
 */
function repeatsAnother<Row>(
  { at, rows, size, count }: Answer<Row>,
  answers: readonly Answer<Row>[],
  keyOf: (row: Row) => number,
): boolean {
  const least = count === undefined ? LEAST_UNCOUNTED : LEAST_REPEATED
  if (size === 0 || at.perPage < least) return false
  return answers.some(
    other =>
      other.at.perPage === at.perPage &&
      other.at.page < at.page &&
      other.size === size &&
      other.count === count &&
      other.rows.length === rows.length &&
      other.rows.every((row, place) => keyOf(row) === keyOf(rows[place] ?? row)),
  )
}

/**
 * Whether a page is the first one, as some upstreams give that if they are asked for one beyond the last: it
 * has rows of another page that has them just so many places after the list's start.
 */
function repeatsFirst<Row>(
  { at, rows, count, hasNext }: Answer<Row>,
  answers: readonly Answer<Row>[],
  { keyOf, sizes }: ListView<Row>,
): boolean {
  if (at.page === 1 || hasNext === true || rows.length < LEAST_REPEATED) return false
  return answers.some(other => {
    const start = startIndex(other.at, sizes)
    const isElsewhere = other.at.perPage !== at.perPage || other.at.page < at.page
    // Few pages start near enough to the list's start, so that few are compared row by row.
    if (!isElsewhere || start + LEAST_REPEATED > rows.length) return false
    const shared = other.rows.slice(0, rows.length - start)
    const isAsLong = (other.count ?? count) === (count ?? other.count)
    const isSame = (row: Row, place: number) => keyOf(row) === keyOf(rows[start + place] ?? row)
    // Of a page with hidden rows, nobody knows how many places after the start they are.
    const places = other.hasNext === true ? sizeOf(other.at.perPage, sizes) : other.at.perPage
    const isWhole = other.rows.length >= places
    return isWhole && isAsLong && shared.length >= LEAST_REPEATED && shared.every(isSame)
  })
}

/**
 * The answer without a `count` that may be that of its page, as some upstreams say how many rows they
 * send: if it equals the number of the page's rows, and nothing else says that no page follows, since
 * `next_page` is absent, or the page is full, or not the first one. Of a full page, that `next_page` is
 * null says nothing either, as it is always null on some upstreams.
 */
export function withoutCountOfPage<Row>(answer: Answer<Row>, sizes: PageSizes): Answer<Row> {
  const { at, size, count, hasNext } = answer
  const isFull = at.page > 1 || size === sizeOf(at.perPage, sizes)
  if (count !== size || (hasNext === false && !isFull)) return answer
  return { ...answer, count: undefined, hasNext: hasNext || undefined }
}

/**
 * An answer without what is no row of its own: rows that it lists twice, one below the other, and entries
 * that cannot be read, such as a null in front; a count of all of these likewise. They take up places if
 * the page is just full with them: then they are in the list, not on the page alone.
 */
export function withoutRepeats<Row>(
  answer: Answer<Row>,
  keyOf: (row: Row) => number,
  places: number,
): Answer<Row> {
  const { size, count } = answer
  const rows = answer.rows.filter((row, at) => {
    const above = answer.rows[at - 1]
    return above === undefined || keyOf(above) !== keyOf(row)
  })
  if (rows.length === size) return answer
  if (isInList(answer, places)) return { ...answer, rows }
  return { ...answer, rows, size: rows.length, count: count === size ? rows.length : count }
}

/** One entry in front of the rows of a page, and one at their end. */
const MOST_BESIDE = 2

/**
 * Whether all entries of a page take up places: it is full, or has nothing but many that cannot be read.
 * The stated length may leave out second rows, so that there is room for these beyond it.
 */
function isInList({ at, rows, size, count = Infinity }: Answer<unknown>, places: number): boolean {
  const left = count - (at.page - 1) * places
  if (rows.length === 0) return left > 0 && (size === places || size > MOST_BESIDE)
  return size === (rows.length < size && left > 0 ? Math.min(places, left) : places)
}
