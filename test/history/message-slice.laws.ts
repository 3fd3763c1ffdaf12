import fc from 'fast-check'
import type { MessageCursor } from '../../src/history/cursor.ts'
import { parseMessageCursor } from '../../src/history/cursor.ts'
import { createListTraits } from '../../src/history/list-page.ts'
import type { PlacedMessage } from '../../src/history/message-slice.ts'
import { sliceMessages } from '../../src/history/message-slice.ts'
import { NumberedList } from '../../src/history/numbered-list.ts'
import type { ChatChange, MovingChatOptions } from './moving-chat.ts'
import { MovingChat } from './moving-chat.ts'

const CS_ID = 2999

/** Never more of one second than a page holds: such a second cannot be read for certain. */
const sent = fc.record({ sentAfter: fc.constantFrom(0, 1, 1, 2) })

/** Messages that look alike cannot be told apart once one of them is gone: those only come. */
const change: fc.Arbitrary<ChatChange> = fc.oneof(
  sent,
  fc.record({ sentAt: fc.integer({ min: 1, max: 80 }) }),
  fc.record({ remove: fc.nat({ max: 150 }) }),
)

const chat: fc.Arbitrary<MovingChatOptions> = fc.boolean().chain(isTerse => {
  const changes = fc.array(isTerse ? sent : change, { maxLength: 3 })
  return fc.record({
    isTerse: fc.constant(isTerse),
    seconds: fc.array(fc.integer({ min: 1, max: 80 }), { maxLength: 150 }),
    maxPerPage: fc.oneof(fc.constant(100), fc.integer({ min: 25, max: 100 })),
    changes: fc.array(changes, { maxLength: 20 }),
  })
})

export const chatWalk = fc.record({
  chat,
  isFromEnd: fc.boolean(),
  limits: fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 6 }),
  between: fc.array(fc.array(sent, { maxLength: 3 }), { maxLength: 8 }),
})

export type ChatWalk = typeof chatWalk extends fc.Arbitrary<infer Value> ? Value : never

/** The law of lists for messages: their order is time, then the order in which they were listed. */
export async function assertChatWalkIsExact(walk: ChatWalk): Promise<void> {
  const moving = new MovingChat(walk.chat)
  const returned = await readAll(moving, walk)
  returned.slice(1).forEach((message, index) => {
    const before = returned[index]
    if (!before || !isInOrder(before, message)) {
      throw new Error(`message ${message.message} came after message ${before?.message}`)
    }
  })
  const seen = new Set(returned.map(({ message }) => message))
  for (const each of moving.alwaysPresent) {
    if (!seen.has(each)) throw new Error(`message ${each} was there throughout, and not returned`)
  }
}

const isInOrder = (one: PlacedMessage<number>, other: PlacedMessage<number>) =>
  one.second < other.second || (one.second === other.second && one.message < other.message)

async function readAll(moving: MovingChat, { isFromEnd, limits, between }: ChatWalk) {
  const traits = createListTraits()
  let returned: PlacedMessage<number>[] = []
  let cursor: MessageCursor | undefined
  for (let turn = 0; turn < 500; turn++) {
    const limit = limits[turn % limits.length] ?? 1
    const list = new NumberedList<PlacedMessage<number>>(moving, traits)
    const [after, before] = isFromEnd ? [undefined, cursor] : [cursor, undefined]
    const slice = await sliceMessages(list, CS_ID, { limit, isFromEnd, after, before })
    const rows = slice.edges.map(edge => edge.row.row)
    returned = isFromEnd ? [...rows, ...returned] : [...returned, ...rows]
    const outermost = slice.edges.at(isFromEnd ? 0 : -1)?.cursor
    const hasMore = isFromEnd ? await slice.hasPrevious() : await slice.hasNext()
    if (rows.length > limit) throw new Error('more than was asked for')
    if (!hasMore || !outermost) return returned
    cursor = parseMessageCursor(outermost)
    moving.change(between[turn] ?? [])
  }
  throw new Error('the walk did not end')
}
