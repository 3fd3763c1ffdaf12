import type { OddityKind, OnOddity } from './oddity.ts'
import type { RawPage } from './wire/raw-page.ts'
import { isAbsent, toWholeNumber } from './wire/wire.ts'

/** One answer of a numbered list, its rows in the upstream's own order. */
export interface UpstreamPage<Row> {
  readonly rows: readonly Row[]
  /** How many rows it had, the unreadable ones too: they take up places. */
  readonly size: number
  /** The list's length as stated; undefined if nothing usable was stated. */
  readonly count: number | undefined
  /** Whether a next page was stated; undefined if nothing was stated. Its URL is dropped. */
  readonly hasNext: boolean | undefined
  /** Whether a page before this one was stated. */
  readonly hasPrevious: boolean | undefined
  /** Whether a row began on other days than those asked for: late, or the days are ignored. */
  readonly hasOtherDays?: boolean
}

/** `toRow` gives undefined for a row that cannot be read; it is left out and reported as `leftOut`. */
export function toPage<Row>(
  raw: RawPage,
  onOddity: OnOddity,
  leftOut: OddityKind,
  toRow: (row: unknown) => Row | undefined,
): UpstreamPage<Row> {
  const rows: Row[] = []
  for (const each of raw.rows) {
    const row = toRow(each)
    if (row === undefined) onOddity(leftOut)
    else rows.push(row)
  }
  return {
    rows,
    size: raw.rows.length,
    count: toCount(raw.count, onOddity),
    // 0 is no page that comes next; but upstreams that count from 0 have one of that number before.
    hasNext: raw.next === 0 ? false : isStated(raw.next, onOddity),
    hasPrevious: isStated(raw.previous, onOddity),
  }
}

function toCount(value: unknown, onOddity: OnOddity): number | undefined {
  const count = toWholeNumber(value)
  if (count === undefined) onOddity('unusable-count', 'count')
  else if (count === null) onOddity('unusable-count')
  return count ?? undefined
}

/** Whether a page is stated, by its URL, its number, or as yes or no; undefined if nothing usable is. */
function isStated(value: unknown, onOddity: OnOddity): boolean | undefined {
  if (value === undefined) return undefined
  if (isAbsent(value)) return false
  if (typeof value === 'string' || typeof value === 'number') return true
  if (typeof value === 'boolean') return value
  onOddity('unreadable-field')
  return undefined
}
