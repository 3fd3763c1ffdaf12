import type { ReadPage, Seen } from './list-page.ts'
import type { NumberedListSource } from './list-source.ts'

/**
 * What pages can tell of the order of their list, and what they cannot.
 *
 * Nobody says by what the upstream sorts its lists. Keys rise as records are created, so a list by
 * key and one by time are the same, until a clock is set back: from then on keys go on rising while
 * times do not. In a list by time, the records of those days stand among older ones.
 *
 * A walk is right if its rows stand next to each other in the list, from its start, or the cursor,
 * to its end: then no place was left out, so no row was. Where they do not (walk-gaps.ts), the list
 * moved or is in no order by key, and a page around that place is read to tell. A list is taken for
 * one in no order only where a page shows keys of both directions, where two pages go in opposite
 * ones, or where a row was shown, then lacking where its key should be, then shown again: so no
 * change of a list in order looks like that. Then it is read whole and sorted, if it is short. A row
 * that was given before that may have come too early: then the reading fails, and the next one,
 * which remembers, reads the list whole.
 *
 * What no page can tell: whether a key between two neighbours has its row elsewhere. It is absent
 * for certain only where the list was read whole, or is known to go by its keys; who must know asks
 * the upstream in another way (`Absence`). So a part of a walk may lack rows that stand elsewhere;
 * the walk fails when it comes to their place, at the latest. Two cases escape: the one row out of
 * order is the cursor's own, and is deleted before the walk goes on; and rows that went just before
 * the cursor while as many came, with the rows out of order exactly at the border of both pages.
 */

/** Whether a page's keys are in order although its times are not: then the list goes by its keys. */
export function goesByKey<Row>(
  { rows }: ReadPage<Row>,
  { timeOf }: Pick<NumberedListSource<Row>, 'timeOf'>,
): boolean {
  if (!timeOf) return false
  const steps = timed(rows, timeOf).map(({ key, time }, at, all) => {
    const before = all[at - 1]
    if (!before || before.time === time) return 0
    return Math.sign(key - before.key) * (time > before.time ? 1 : -1)
  })
  return steps.includes(-1)
}

const timed = <Row>(rows: readonly Seen<Row>[], timeOf: (row: Row) => string | null) =>
  rows.flatMap(({ row, key }) => {
    const time = timeOf(row)
    return time === null ? [] : [{ key, time }]
  })
