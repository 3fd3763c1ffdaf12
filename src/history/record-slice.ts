import type { RecordCursor } from './cursor.ts'
import { formatRecordCursor } from './cursor.ts'
import type { Seen } from './list-page.ts'
import type { NumberedList } from './numbered-list.ts'
import type { Towards } from './sightings.ts'

/** Which part of a list is wanted: `limit` rows after `after`, or (from the end) before `before`. */
export interface SliceWish<Cursor> {
  readonly limit: number
  readonly isFromEnd: boolean
  readonly after: Cursor | undefined
  readonly before: Cursor | undefined
}

export interface Edge<Row> {
  /** Made when it is read: most answers are asked for without cursors. */
  readonly cursor: string
  readonly row: Seen<Row>
}

/** A part of a list in the order asked for. The two questions cost a call at most where unsure. */
export interface Slice<Row> {
  readonly edges: readonly Edge<Row>[]
  hasNext(): Promise<boolean>
  hasPrevious(): Promise<boolean>
}

/** Records of a list, newest (-1) or oldest (1) csId first. */
export async function sliceRecords<Row>(
  list: NumberedList<Row>,
  order: Towards,
  wish: SliceWish<RecordCursor>,
): Promise<Slice<Row>> {
  const { isFromEnd, limit } = wish
  const towards: Towards = isFromEnd ? (order === 1 ? -1 : 1) : order
  const back: Towards = towards === 1 ? -1 : 1
  const [start, stop] = isFromEnd ? [wish.before, wish.after] : [wish.after, wish.before]
  const from = start ? start.csId + towards : back * Infinity
  const to = stop ? stop.csId + back : towards * Infinity
  const walked = await list.slice({ from, towards, to, limit, hint: start?.hint })
  const last = walked.at(-1)
  const hasMore = async () =>
    walked.length === limit && last !== undefined && list.hasRowBeyond(last.key, towards, to)
  const hasBehind = async () => start !== undefined && list.hasRowBeyond(from, back)
  const rows = isFromEnd ? walked.toReversed() : walked
  return {
    edges: rows.map(row => new RecordEdge(row, list)),
    hasNext: isFromEnd ? hasBehind : hasMore,
    hasPrevious: isFromEnd ? hasMore : hasBehind,
  }
}

/** A class, not a literal: it is made for each record of each answer. */
class RecordEdge<Row> implements Edge<Row> {
  readonly row: Seen<Row>
  readonly #list: NumberedList<Row>

  constructor(row: Seen<Row>, list: NumberedList<Row>) {
    this.row = row
    this.#list = list
  }

  get cursor(): string {
    return formatRecordCursor({ csId: this.row.key, hint: this.#list.hintOf(this.row) })
  }
}
