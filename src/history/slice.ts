import type { Seen } from './pages/list-page.ts'

/** Which part of a list is wanted: `limit` rows after `after`, or (from the end) before `before`. */
export interface SliceWish<Cursor> {
  readonly limit: number
  readonly isFromEnd: boolean
  readonly after: Cursor | undefined
  readonly before: Cursor | undefined
}

export interface Edge<Row, Placed = Seen<Row>> {
  /** Made when it is read: most answers are asked for without cursors. */
  readonly cursor: string
  readonly row: Placed
}

/** A part of a list in the order asked for. The two questions cost a call at most where unsure. */
export interface Slice<Row, Placed = Seen<Row>> {
  readonly edges: readonly Edge<Row, Placed>[]
  hasNext(): Promise<boolean>
  hasPrevious(): Promise<boolean>
}
