import type { MessageCursor } from './cursor.ts'
import { formatMessageCursor } from './cursor.ts'
import type { Seen } from './list-page.ts'
import type { NumberedList } from './numbered-list.ts'
import type { Edge, Slice, SliceWish } from './record-slice.ts'
import type { Towards } from './sightings.ts'

/** A message with what places it: the second in which it was sent, and a mark of who said what. */
export interface PlacedMessage<Message> {
  readonly message: Message
  readonly second: number
  readonly mark: string
}

type Row<Message> = Seen<PlacedMessage<Message>>
type MessageList<Message> = NumberedList<PlacedMessage<Message>>

/**
 * Messages of the chat of one record, oldest first. Messages of one second have no order but the
 * list's own, so a cursor in that second knows the marks of all up to its own.
 */
export async function sliceMessages<Message>(
  list: MessageList<Message>,
  csId: number,
  wish: SliceWish<MessageCursor>,
): Promise<Slice<PlacedMessage<Message>>> {
  const { isFromEnd, limit } = wish
  const found = await walk(list, wish, limit)
  const rows = isFromEnd ? found.slice(-limit) : found.slice(0, limit)
  const last = isFromEnd || wish.before ? undefined : rows[limit - 1]
  const isToldMore = last !== undefined && list.tellsMore(last, 1)
  const hasMore = async () => isToldMore || (await walk(list, wish, limit + 1)).length > limit
  const hasBehind = async () => (isFromEnd ? wish.before : wish.after) !== undefined
  return {
    edges: rows.map(row => new MessageEdge(row, csId, list)),
    hasNext: isFromEnd ? hasBehind : hasMore,
    hasPrevious: isFromEnd ? hasMore : hasBehind,
  }
}

/** A class, not a literal: V8 keeps what a literal's getter holds until it collects everything. */
class MessageEdge<Message> implements Edge<PlacedMessage<Message>> {
  readonly row: Row<Message>
  readonly #csId: number
  readonly #list: MessageList<Message>

  constructor(row: Row<Message>, csId: number, list: MessageList<Message>) {
    this.row = row
    this.#csId = csId
    this.#list = list
  }

  get cursor(): string {
    return cursorAt(this.row, this.#csId, this.#list)
  }
}

/** At least `needed` messages between the cursors if there are so many, oldest first. */
async function walk<Message>(
  list: MessageList<Message>,
  { isFromEnd, after, before }: SliceWish<MessageCursor>,
  needed: number,
): Promise<readonly Row<Message>[]> {
  const towards: Towards = isFromEnd ? -1 : 1
  const [start, stop] = isFromEnd ? [before, after] : [after, before]
  const from = start?.second ?? -towards * Infinity
  const to = stop?.second ?? towards * Infinity
  // Rows of the cursor's own second are read too, and those on its other side left out again.
  for (let spare = start ? start.marks.length : 0; ; spare = spare * 2 + 1) {
    const limit = needed + spare
    const walked = await list.slice({ from, towards, to, limit, hint: start?.hint })
    const reachesStop = walked.length < limit || walked.at(-1)?.key === stop?.second
    const oldestFirst = isFromEnd ? walked.toReversed() : walked
    const whole = withWholeSeconds(list, oldestFirst, [start, reachesStop ? stop : undefined])
    const rows = between(whole, after, before)
    if (rows.length >= needed || walked.length < limit) return rows
  }
}

/**
 * The rows, oldest first, with all of the cursors' seconds: a mark counts from the first message
 * of its second on, and the limit may have cut that one off.
 */
function withWholeSeconds<Message>(
  list: MessageList<Message>,
  oldestFirst: readonly Row<Message>[],
  cursors: readonly (MessageCursor | undefined)[],
): readonly Row<Message>[] {
  const seconds = new Set(cursors.flatMap(cursor => cursor?.second ?? []))
  const others = oldestFirst.filter(({ key }) => !seconds.has(key))
  const whole = [...seconds].flatMap(second => list.rowsAt(second))
  return [...others, ...whole].sort((one, other) => one.key - other.key)
}

/** The rows after one cursor and before the other. */
function between<Message>(
  rows: readonly Row<Message>[],
  after: MessageCursor | undefined,
  before: MessageCursor | undefined,
): readonly Row<Message>[] {
  const isUpToAfter = after ? upTo(after.second, after.marks) : () => false
  const isBefore = before ? upTo(before.second, before.marks.slice(0, -1)) : () => true
  return rows.filter(row => !isUpToAfter(row)).filter(isBefore)
}

/** Tells of row after row, in the order listed, whether it is before a second or one of its marks. */
function upTo(second: number, marks: readonly string[]): (row: Row<unknown>) => boolean {
  const left = [...marks]
  return ({ key, row: { mark } }) => {
    const at = key === second ? left.indexOf(mark) : -1
    if (at >= 0) left.splice(at, 1)
    return key < second || at >= 0
  }
}

function cursorAt<Message>(row: Row<Message>, csId: number, list: MessageList<Message>): string {
  const { key: second, index, page } = row
  // The page that showed the row shows all of its second: else the row would not have been taken.
  const listed = list.isRising ? page.rows : page.rows.toReversed()
  const sameSecond = listed.filter(({ key }) => key === second)
  const upToRow = sameSecond.slice(0, sameSecond.indexOf(row) + 1)
  const marks = upToRow.map(({ row: { mark } }) => mark)
  return formatMessageCursor({
    csId,
    second,
    marks,
    hint: { index, count: page.count, rising: list.isRising },
  })
}
