import type { DaySource } from './day-search.ts'
import type { ListPage, Seen } from './list-page.ts'
import type { PageNumber } from './page-window.ts'

/** A list that can only be read by page number, and what the rows' order is told by. */
export interface NumberedListSource<Row> {
  fetchPage(at: PageNumber): Promise<ListPage<Row>>
  /** A whole number that rises or falls through the list: csId, or the second of a message. */
  keyOf(row: Row): number
  /** Whether a key names one row alone. Seconds do not: a page's edge may cut one in two. */
  readonly hasUniqueKeys: boolean
  /** Told of every page with its place, in the list's own order. */
  learn?(rows: readonly Seen<Row>[], rising: boolean): void
  /** When a row came to be, as a text that sorts as time does; null where it is not told. */
  timeOf?(row: Row): string | null
  /** Where rows can be asked for by their days too. */
  readonly days?: DaySource<Row>
  /** What is remembered of this list from one reading to the next. */
  readonly memory?: ListMemory
}

export interface ListMemory {
  /** Whether its rows were seen in no order by key. */
  isUnsorted(): boolean
  noteUnsorted(): void
}
