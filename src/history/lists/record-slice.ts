import type { PlaceHint, RecordCursor } from '../cursor.ts'
import { formatRecordCursor } from '../cursor.ts'
import type { Seen } from '../pages/list-page.ts'
import type { Edge, Slice, SliceWish } from '../slice.ts'
import type { NumberedList, Towards } from './numbered-list.ts'

/** Records of a list, newest (-1) or oldest (1) csId first. */
export async function sliceRecords<Row extends { readonly csId: number }>(
  list: NumberedList<Row>,
  order: Towards,
  wish: SliceWish<RecordCursor>,
): Promise<Slice<Row>> {
  const { isFromEnd, limit } = wish
  const towards: Towards = isFromEnd ? (order === 1 ? -1 : 1) : order
  const back: Towards = towards === 1 ? -1 : 1
  const [start, stop] = isFromEnd ? [wish.before, wish.after] : [wish.after, wish.before]
  const begin = startAt(start, towards)
  const end = startAt(stop, back)
  const leftOut = [begin.leftOut, end.leftOut].filter(csId => csId !== undefined)
  const { from, hint } = begin
  const all = await list.slice({ from, towards, to: end.from, limit: limit + leftOut.length, hint })
  const walked = all.filter(({ row }) => !leftOut.includes(row.csId)).slice(0, limit)
  const last = walked.at(-1)
  const hasMore = async () =>
    walked.length === limit &&
    last !== undefined &&
    list.hasRowBeyond(last.row.csId, towards, end.from)
  const hasBehind = async () => start !== undefined && list.hasRowBeyond(from, back)
  const rows = isFromEnd ? walked.toReversed() : walked
  return {
    edges: rows.map(row => new RecordEdge(row, list, leftOutAfter(row, begin, towards))),
    hasNext: isFromEnd ? hasBehind : hasMore,
    hasPrevious: isFromEnd ? hasMore : hasBehind,
  }
}

/** How many records after a cursor (or from the list's end on) need no further call. */
export function countKnownRecords<Row extends { readonly csId: number }>(
  list: NumberedList<Row>,
  towards: Towards,
  { after, before }: Pick<SliceWish<RecordCursor>, 'after' | 'before'>,
): number {
  const { from, leftOut } = startAt(after, towards)
  const { from: to } = startAt(before, towards === 1 ? -1 : 1)
  const count = list.countKnown({ from, towards, to })
  return leftOut === undefined ? count : Math.max(0, count - 1)
}

/** Where a walk begins, if it goes on from a cursor. */
interface WalkStart {
  /** The first csId that it may give. */
  readonly from: number
  /** Of the place next to `from`. */
  readonly hint: PlaceHint | undefined
  /** A csId that was given before. */
  readonly leftOut: number | undefined
}

function startAt(cursor: RecordCursor | undefined, towards: Towards): WalkStart {
  if (!cursor) return { from: -towards * Infinity, hint: undefined, leftOut: undefined }
  const { csId, hint, proven = csId, leftOut } = cursor
  if (leftOut === undefined) return { from: csId + towards, hint, leftOut }
  const goesOn = leftOut > proven === (towards === 1)
  if (!goesOn) return { from: proven === csId ? csId + towards : proven, hint, leftOut: undefined }
  const step = hint.isRising === (towards === 1) ? 1 : -1
  const index = proven === csId ? hint.index : Math.max(0, hint.index - step)
  return { from: proven + towards, hint: { ...hint, index }, leftOut }
}

/** What a walk that goes on from a row must leave out still. */
function leftOutAfter(
  { row, proven }: Seen<{ readonly csId: number }>,
  { leftOut }: WalkStart,
  towards: Towards,
): number | undefined {
  if (proven) return row.csId
  const isAhead = leftOut !== undefined && leftOut > row.csId === (towards === 1)
  return isAhead ? leftOut : undefined
}

/** A class, not a literal: it is made for each record of each answer. */
class RecordEdge<Row extends { readonly csId: number }> implements Edge<Row> {
  readonly row: Seen<Row>
  readonly #list: NumberedList<Row>
  readonly #leftOut: number | undefined

  constructor(row: Seen<Row>, list: NumberedList<Row>, leftOut: number | undefined) {
    this.row = row
    this.#list = list
    this.#leftOut = leftOut
  }

  get cursor(): string {
    const { row, proven } = this.row
    const hint = this.#list.hintOf(this.row)
    return formatRecordCursor({
      csId: row.csId,
      hint,
      proven: proven?.row.csId,
      leftOut: this.#leftOut,
    })
  }
}
