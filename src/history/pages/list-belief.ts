import type { Answer, ListView } from './list-page.ts'
import { withoutSurplus } from './page-sizes.ts'

/** The answers of a reading without what they have from elsewhere, and without claims that say nothing. */
export const believedAnswers = <Row>(
  received: readonly Answer<Row>[],
  { keyOf, sizes, isNextAlwaysStated }: ListView<Row>,
): readonly Answer<Row>[] =>
  withoutSurplus(received, sizes).map(answer => {
    if (repeatsAnother(answer, received, keyOf)) return { ...answer, rows: [], size: 0 }
    return isNextAlwaysStated ? withoutVainNext(answer) : answer
  })

/** An empty page of which a next one is always stated ends the list, if no length says otherwise. */
function withoutVainNext<Row>(answer: Answer<Row>): Answer<Row> {
  const { size, count, hasNext } = answer
  const isVain = size === 0 && count === undefined && hasNext === true
  return isVain ? { ...answer, hasNext: undefined } : answer
}

/** Of smaller pages, two may have the same rows because the list has moved between the two calls. */
const LEAST_REPEATED = 8

/**
 * Whether a page has just the rows of an earlier one of its size, in a list as long: beyond the end,
 * where it should be empty, some upstreams repeat their last page.
 */
function repeatsAnother<Row>(
  { at, rows, size, count }: Answer<Row>,
  answers: readonly Answer<Row>[],
  keyOf: (row: Row) => number,
): boolean {
  if (count === undefined || size === 0 || at.perPage < LEAST_REPEATED) return false
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
