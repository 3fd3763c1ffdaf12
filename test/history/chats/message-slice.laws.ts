import fc from 'fast-check'
import type { PlacedMessage } from '../../../src/history/chats/chat-page.ts'
import { ChatTraits } from '../../../src/history/chats/chat-traits.ts'
import { MessageList } from '../../../src/history/chats/message-list.ts'
import { sliceMessages } from '../../../src/history/chats/message-slice.ts'
import type { MessageCursor } from '../../../src/history/cursor.ts'
import { parseMessageCursor } from '../../../src/history/cursor.ts'
import type { ChatChange, MovingChatOptions, Says } from './moving-chat.ts'
import { MovingChat } from './moving-chat.ts'

const CS_ID = 2999
/** What the plan of a part of a chat allows, the spare calls with it. */
const MAX_CALLS = 13
/** What an upstream takes that does not say how it is odd, once: production may refuse that. */
const MAX_CALLS_TO_LEARN = 25

/** Never more of one second than a page holds: such a second cannot be read for certain. */
const sent = fc.record({ sentAfter: fc.constantFrom(0, 1, 1, 2) })

/** Messages that look alike cannot be told apart once one of them is gone: those only come. */
const change: fc.Arbitrary<ChatChange> = fc.oneof(
  sent,
  fc.record({ sentAt: fc.integer({ min: 1, max: 80 }) }),
  fc.record({ remove: fc.nat({ max: 150 }) }),
)

const some = (least: number) =>
  fc.option(
    fc
      .integer({ min: least, max: 9 })
      .map(every => (message: number) => message % every === every - 1),
    { nil: undefined },
  )

const maxPerPage = fc.oneof(fc.constant(100), fc.integer({ min: 25, max: 100 }))

/** A page that repeats the last one is only known by the length that is stated. */
const pages = {
  maxPerPage,
  says: fc.constantFrom(undefined, undefined, 'count', 'next page'),
  repeatsLast: fc.constant(false),
} as const

/** Messages that are later than most, so that times show the order of pages. */
const LATEST = [90, 91, 92, 93, 94, 95, 96, 97, 98, 99]

/** A chat that changes from call to call. */
const movingChat: fc.Arbitrary<MovingChatOptions> = fc.boolean().chain(isTerse => {
  const changes = fc.array(isTerse ? sent : change, { maxLength: 3 })
  return fc.record({
    ...pages,
    isTerse: fc.constant(isTerse),
    isNewestFirst: fc.constant(false),
    areRowsTurned: fc.constant(false),
    withoutTime: some(3),
    seconds: fc
      .array(fc.integer({ min: 1, max: 80 }), { maxLength: 140, size: 'max' })
      .map(seconds => [...seconds, ...LATEST]),
    changes: fc.array(changes, { maxLength: 20, size: 'max' }),
  })
})

/** Messages of one second do not show which way a page lists them: then they come one a second. */
const distinct = fc.uniqueArray(fc.integer({ min: 1, max: 400 }), { maxLength: 250, size: 'max' })

/** A chat that stands still, on pages that are odd. */
const oddChat: fc.Arbitrary<MovingChatOptions> = fc.record({
  maxPerPage,
  isTerse: fc.constant(false),
  isNewestFirst: fc.boolean(),
  areRowsTurned: fc.boolean(),
  seconds: distinct,
  withoutTime: some(3),
  hidden: some(3),
  changes: fc.constant([]),
})

/** Rows that come twice, or stand in each other's place. */
const disorderlyChat: fc.Arbitrary<MovingChatOptions> = fc.record({
  maxPerPage: fc.constant(100),
  repeatsLast: fc.boolean(),
  isTerse: fc.constant(false),
  isNewestFirst: fc.boolean(),
  areRowsTurned: fc.boolean(),
  seconds: distinct,
  twice: some(2),
  swapped: some(6),
  changes: fc.constant([]),
})

/** `per_page` is not heard. */
const fixedChat: fc.Arbitrary<MovingChatOptions> = fc.record({
  ...pages,
  says: fc.constantFrom(undefined, 'count'),
  isTerse: fc.boolean(),
  isNewestFirst: fc.boolean(),
  areRowsTurned: fc.boolean(),
  seconds: distinct,
  fixedPage: fc.constantFrom(undefined, 20, 50, 1000),
  changes: fc.constant([]),
})

/** What is said of the end is wrong, or missing. */
const wronglyEndedChat: fc.Arbitrary<MovingChatOptions> = fc.record({
  maxPerPage,
  says: fc.constantFrom<Says>(
    'nothing',
    'always a next page',
    'always a next page, no count',
    'count of the page',
    'count 0',
  ),
  isTerse: fc.constant(false),
  isNewestFirst: fc.constant(false),
  areRowsTurned: fc.boolean(),
  seconds: distinct,
  changes: fc.constant([]),
})

export const chatWalk = fc.record({
  chat: fc.oneof(movingChat, oddChat, disorderlyChat, fixedChat, wronglyEndedChat),
  isFromEnd: fc.boolean(),
  limits: fc.array(fc.oneof(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 20, max: 100 })), {
    minLength: 1,
    maxLength: 6,
  }),
  between: fc.array(fc.array(sent, { maxLength: 3 }), { maxLength: 8 }),
})

type ChatWalk = typeof chatWalk extends fc.Arbitrary<infer Value> ? Value : never

interface StillChatWalk extends Omit<ChatWalk, 'chat'> {
  readonly chat: MovingChatOptions
}

/**
 * The law of lists for messages: each that was there throughout comes once, in the order of the list:
 * that is their time, then the order in which they were listed. Messages that look alike only come, at
 * the end: of two, nobody knows which one is gone. Or the walk fails, which this law counts as wrong.
 */
export async function assertChatWalkIsExact(walk: ChatWalk): Promise<void> {
  const moving = new MovingChat(walk.chat)
  const returned = await readAll(moving, walk, mostCallsOf(walk))
  if (walk.chat.changes.length === 0 && walk.between.length === 0) {
    const numbers = returned.map(({ message }) => message)
    if (numbers.join() !== moving.shown.join())
      throw new Error(`${numbers.join()} came, not ${moving.shown.join()}`)
  }
  returned.slice(1).forEach((message, index) => {
    const before = returned[index]
    if (!walk.chat.swapped && (!before || !isInOrder(before, message))) {
      throw new Error(`message ${message.message} came after message ${before?.message}`)
    }
  })
  const seen = new Set(returned.map(({ message }) => message))
  if (seen.size < returned.length) throw new Error('a message came twice')
  for (const each of moving.alwaysPresent) {
    if (!seen.has(each)) throw new Error(`message ${each} was there throughout, and not returned`)
  }
}

/** As the law, for a chat that stands still, however many calls it takes. */
export async function assertChatIsWalked(walk: StillChatWalk): Promise<void> {
  const moving = new MovingChat(walk.chat)
  const returned = await readAll(moving, walk, Infinity)
  const numbers = returned.map(({ message }) => message)
  if (numbers.join() !== moving.shown.join())
    throw new Error(`${numbers.join()} came, not ${moving.shown.join()}`)
}

function mostCallsOf({ chat }: ChatWalk): number {
  if (chat.changes.length > 0) return Infinity
  const isOdd = [chat.fixedPage, chat.hidden, chat.says].some(oddity => oddity !== undefined)
  return isOdd ? MAX_CALLS_TO_LEARN : MAX_CALLS
}

const isInOrder = (one: PlacedMessage<number>, other: PlacedMessage<number>) =>
  one.second === null ||
  other.second === null ||
  one.second < other.second ||
  (one.second === other.second && one.message < other.message)

async function readAll(
  moving: MovingChat,
  { isFromEnd, limits, between }: Omit<ChatWalk, 'chat'>,
  mostCalls: number,
) {
  const traits = new ChatTraits()
  let returned: PlacedMessage<number>[] = []
  let cursor: MessageCursor | undefined
  for (let turn = 0; turn < 500; turn++) {
    const limit = limits[turn % limits.length] ?? 1
    const list = new MessageList<number>(moving, traits)
    const [after, before] = isFromEnd ? [undefined, cursor] : [cursor, undefined]
    const callsBefore = moving.calls
    const slice = await sliceMessages(list, CS_ID, { limit, isFromEnd, after, before })
    const rows = slice.edges.map(edge => edge.row.row)
    returned = isFromEnd ? [...rows, ...returned] : [...returned, ...rows]
    const outermost = slice.edges.at(isFromEnd ? 0 : -1)?.cursor
    const hasMore = isFromEnd ? await slice.hasPrevious() : await slice.hasNext()
    if (rows.length > limit) throw new Error('more than was asked for')
    const calls = moving.calls - callsBefore
    if (calls > mostCalls) throw new Error(`${calls} calls were made`)
    if (!hasMore || !outermost) return returned
    cursor = parseMessageCursor(outermost)
    moving.change(between[turn] ?? [])
  }
  throw new Error('the walk did not end')
}
