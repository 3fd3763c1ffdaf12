import type { ReadPage, Seen } from './list-page.ts'
import type { Segment } from './sightings.ts'

/** What the rows of a list are told apart by. */
export interface ListOrder {
  /** Whether keys rise through the list; undefined where too few rows were seen to tell. */
  readonly rising: boolean | undefined
  /** Whether a key names one row alone. */
  readonly hasUniqueKeys: boolean
}

/** The interval of keys that a page proves; undefined where it proves nothing. */
export function segmentOf<Row>(
  { rows, start, isLast }: ReadPage<Row>,
  { rising, hasUniqueKeys }: ListOrder,
): Segment<Row> | undefined {
  const [first, last] = [rows[0], rows.at(-1)]
  if (start === 0 && isLast) return everything(rows, hasUniqueKeys)
  if (!first || !last) return undefined
  const sorted = byRisingKey(rows, hasUniqueKeys)
  if (rising === undefined) {
    return hasUniqueKeys ? { low: first.key, high: last.key, rows: sorted } : undefined
  }
  // A key that may name several rows is complete only where the page goes on beyond it.
  const rim = hasUniqueKeys ? 0 : 1
  const [lowest, highest] = rising ? [first, last] : [last, first]
  const [isLowest, isHighest] = rising ? [start === 0, isLast] : [isLast, start === 0]
  const low = isLowest ? -Infinity : lowest.key + rim
  const high = isHighest ? Infinity : highest.key - rim
  if (low > high) return undefined
  return { low, high, rows: sorted.filter(({ key }) => low <= key && key <= high) }
}

/** A list that was seen whole. */
export const everything = <Row>(
  rows: readonly Seen<Row>[],
  hasUniqueKeys: boolean,
): Segment<Row> => ({ low: -Infinity, high: Infinity, rows: byRisingKey(rows, hasUniqueKeys) })

/** Sorts by key; rows that share one come in the order in which they were added to the list. */
function byRisingKey<Row>(
  rows: readonly Seen<Row>[],
  hasUniqueKeys: boolean,
): readonly Seen<Row>[] {
  const falls = (rows[0]?.key ?? 0) > (rows.at(-1)?.key ?? 0)
  const sorted = (falls ? rows.toReversed() : rows).toSorted((a, b) => a.key - b.key)
  return hasUniqueKeys ? sorted.filter(({ key }, at) => key !== sorted[at + 1]?.key) : sorted
}

/** Which way keys go through a page: undefined where it has too few rows to tell. */
export type Direction = 'rising' | 'falling' | 'both' | undefined

export function directionOf(rows: readonly Seen<unknown>[]): Direction {
  const steps = rows.slice(1).map((row, index) => Math.sign(row.key - (rows[index]?.key ?? 0)))
  const rises = steps.includes(1)
  const falls = steps.includes(-1)
  if (rises && falls) return 'both'
  return rises ? 'rising' : falls ? 'falling' : undefined
}
