import type { PlaceHint } from './list-guess.ts'
import type { ReadPage, Seen } from './list-page.ts'
import type { NumberedListSource } from './list-source.ts'

/**
 * What a page can tell of the order of its list, and what it cannot.
 *
 * Nobody says by what the upstream sorts its lists. Keys rise as records are created, so a list by
 * key and one by time are the same, until a clock is set back: from then on keys go on rising while
 * times do not. In a list by time, the records of those days stand among older ones. Where a page
 * shows both, it is in no order by key; but where it shows neither, its rows look sorted around a
 * key whose row is elsewhere, and no other page proves that there is none, short of all of them.
 *
 * So a key between two neighbours is absent for certain only where the list was read whole, or is
 * known to go by its keys. Who must know asks the upstream in another way (`Absence`). A walk that
 * skips such rows is noticed at the place where they are, at the latest: there it fails, and so
 * does one that comes from there. A walk that ends has returned every row.
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

/**
 * Whether the first row found after a cursor is elsewhere than beside the cursor's own row, as far
 * as the list has grown or shrunk since. `next` is undefined where the list ended.
 */
export function isElsewhere<Row>(
  next: Seen<Row> | undefined,
  {
    hint,
    isForward,
    pages,
  }: {
    readonly hint: PlaceHint
    readonly isForward: boolean
    readonly pages: readonly ReadPage<Row>[]
  },
): boolean {
  const grown = (pages.at(-1)?.count ?? 0) - (hint.count ?? pages.at(-1)?.count ?? 0)
  const end = Math.max(
    0,
    ...pages.filter(({ isLast }) => isLast).map(({ start, size }) => start + size),
  )
  const place = next ? next.index : isForward ? end : -1
  const shift = place - hint.index - (isForward ? 1 : -1)
  return shift < Math.min(0, grown) || shift > Math.max(0, grown)
}
