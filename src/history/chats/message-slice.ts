import type { MessageCursor } from '../cursor.ts'
import { formatMessageCursor } from '../cursor.ts'
import type { Edge, Slice, SliceWish } from '../slice.ts'
import type { PlacedMessage, SeenMessage } from './chat-page.ts'
import type { MessageList } from './message-list.ts'
import { formatTrace } from './message-match.ts'
import type { Found } from './message-walk.ts'
import { walkMessages } from './message-walk.ts'

/**
 * Messages of the chat of one record, oldest first. Messages have no id, and their times need not
 * rise: a cursor stands at a message that is recognised by its second, its sender and its text.
 */
export async function sliceMessages<Message>(
  list: MessageList<Message>,
  csId: number,
  wish: SliceWish<MessageCursor>,
): Promise<Slice<PlacedMessage<Message>, SeenMessage<Message>>> {
  const { isFromEnd, limit } = wish
  const found = await walkMessages(list, wish, limit)
  const length = found.end - found.begin
  const hasMore = async () => {
    if (length > limit) return true
    if (found.isAtEnd || length < limit) return false
    if (found.saysMore) return true
    const more = await walkMessages(list, wish, limit + 1)
    return more.end - more.begin > limit
  }
  const hasBehind = async () => (isFromEnd ? wish.before : wish.after) !== undefined
  return {
    edges: edgesOf(found, limit, csId, list.statedLength, isFromEnd),
    hasNext: isFromEnd ? hasBehind : hasMore,
    hasPrevious: isFromEnd ? hasMore : hasBehind,
  }
}

/** Each edge knows its neighbours too, lest its own message be deleted. */
function edgesOf<Message>(
  { trail, begin, end }: Found<Message>,
  limit: number,
  csId: number,
  count: number | undefined,
  isFromEnd: boolean,
): MessageEdge<Message>[] {
  const seen = isFromEnd ? trail.toReversed() : trail
  const first = isFromEnd ? Math.max(trail.length - end, trail.length - begin - limit) : begin
  const last = isFromEnd ? trail.length - begin : Math.min(end, begin + limit)
  return seen.slice(first, last).map((_, at) => new MessageEdge(seen, first + at, csId, count))
}

/** A class, not a literal: V8 keeps what a literal's getter holds until it collects everything. */
class MessageEdge<Message> implements Edge<PlacedMessage<Message>, SeenMessage<Message>> {
  readonly row: SeenMessage<Message>
  readonly #seen: readonly SeenMessage<Message>[]
  readonly #at: number
  readonly #csId: number
  readonly #count: number | undefined

  constructor(
    seen: readonly SeenMessage<Message>[],
    at: number,
    csId: number,
    count: number | undefined,
  ) {
    const row = seen[at]
    if (!row) throw new RangeError('An edge stands at a message that was seen.')
    this.row = row
    this.#seen = seen
    this.#at = at
    this.#csId = csId
    this.#count = count
  }

  get cursor(): string {
    const { row, index } = this.row
    const [before, after] = [this.#seen[this.#at - 1], this.#seen[this.#at + 1]]
    return formatMessageCursor({
      csId: this.#csId,
      second: row.second,
      before: before && formatTrace(before.row),
      mark: row.mark,
      after: after && formatTrace(after.row),
      index,
      count: this.#count,
    })
  }
}
