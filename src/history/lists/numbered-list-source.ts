import type { ReadPage } from '../pages/list-page.ts'
import type { DaySource } from '../search/day-search.ts'
import type { PageSource } from '../traits/first-page.ts'

/** A list that can only be read by page number. */
export interface NumberedListSource<Row> extends PageSource<Row> {
  /** A whole number that names the row, and rises or falls through the list: its csId. */
  readonly keyOf: (row: Row) => number
  /** Is called with every page that was read. */
  learn?(page: ReadPage<Row>, isRising: boolean): void
  /** For lists whose rows can be asked for by their days too. */
  readonly days?: DaySource<Row>
  /** Whether the list surely has more rows than a page. */
  readonly isLong?: boolean
  /** Whether pages may have been asked for before they are wanted. */
  readonly isAskedAhead?: boolean | undefined
  /** What is remembered of this list from one reading to the next. */
  readonly memory?: ListMemory
}

export interface ListMemory {
  /** The list's length when it was read last. */
  length: number | undefined
}
