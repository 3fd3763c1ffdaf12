import { keptChanging } from '../list-errors.ts'
import { nameOfPage } from '../pages/page-number.ts'
import { type ChatAnswer, showSame } from './chat-belief.ts'
import type { MessagePage, PlacedMessage } from './chat-page.ts'
import { crossingOf } from './hidden-pages.ts'
import { largestPage, largestPagesWith, learnLargestPage, pageAfterLast } from './largest-pages.ts'
import type { MessageList } from './message-list.ts'
import { type Lane, lanesOf, offsetOfNext, type Walk } from './message-place.ts'

type MessageAnswer<Message> = ChatAnswer<PlacedMessage<Message>>

/** How many times pages are read side by side until all that are wanted show one moment. */
const MAX_TURNS = 24

/** Whether a walk has come to the end of the page that it came to last. */
export function isAtEdge<Message>({ trail, last }: Walk<Message>): boolean {
  const [end, reached] = [last?.steps.at(-1)?.row, trail.at(-1)?.row]
  // The page may have been read again since.
  return end !== undefined && end.mark === reached?.mark && end.second === reached.second
}

/**
 * The page at whose end a walk stands, and the next one with messages, as one; or the first one with
 * messages, or the chat's end. If a page shows what follows, that page alone. Undefined if none shows
 * where the walk stands.
 */
export async function laneAcross<Message>(
  list: MessageList<Message>,
  walk: Walk<Message>,
  isFromEnd: boolean,
): Promise<Lane<Message> | undefined> {
  await learnLargestPage(list)
  const step = list.isRising === isFromEnd ? -1 : 1
  if (walk.trail.length === 0) {
    const from = step > 0 ? 0 : await pageAfterLast(list)
    return from === undefined ? undefined : crossed(list, from, step, isFromEnd)
  }
  const lane = await laneShowing(list, walk, isFromEnd)
  const isAmid = lane && offsetOfNext(list, walk, lane, isFromEnd, 0) !== lane.steps.length
  return lane && !isAmid ? crossed(list, lane.page.answer.at.page, step, isFromEnd) : lane
}

/** The page of the largest size that shows where a walk stands. */
async function laneShowing<Message>(
  list: MessageList<Message>,
  walk: Walk<Message>,
  isFromEnd: boolean,
): Promise<Lane<Message> | undefined> {
  if (!walk.place) return undefined
  const { from, to } = walk.place
  // Of a page that lacks messages, nobody knows at which places the others are.
  const positions = [from, to, from - largestPage(list)]
  for (const at of largestPagesWith(
    list,
    positions.map(each => (isFromEnd ? -each : each)),
  )) {
    const isRead = (answer: MessageAnswer<Message>) => nameOfPage(answer.at) === nameOfPage(at)
    const answer = list.answers.findLast(isRead) ?? (await list.fetch(at, true))
    const [lane] = lanesOf([list.place(answer)], isFromEnd)
    if (lane && offsetOfNext(list, walk, lane, isFromEnd, 0) !== undefined) return lane
  }
  return undefined
}

/** From the page of a number over those without messages to the next one with some. */
async function crossed<Message>(
  list: MessageList<Message>,
  from: number,
  step: 1 | -1,
  isFromEnd: boolean,
): Promise<Lane<Message> | undefined> {
  const perPage = largestPage(list)
  for (let turn = 0; turn < MAX_TURNS; turn++) {
    const { toRead, near, far } = crossingOf({ perPage, from, step }, list.answers)
    if (toRead.length === 0) return joined(list, near, far, isFromEnd)
    await Promise.all(toRead.map(page => list.fetch({ page, perPage }, true)))
  }
  throw keptChanging()
}

function joined<Message>(
  list: MessageList<Message>,
  near: MessageAnswer<Message> | undefined,
  far: MessageAnswer<Message> | undefined,
  isFromEnd: boolean,
): Lane<Message> | undefined {
  const laneOf = (answer: MessageAnswer<Message> | undefined) =>
    answer && lanesOf([list.place(answer)], isFromEnd)[0]
  if (near && far && near.size > 0 && showSame(near, far)) return undefined
  const [start, end] = [laneOf(near), laneOf(far)]
  const last = end ?? start
  if (!last) return undefined
  const isFirst = start === undefined || start.isFirst || start.steps.length === 0
  const isLast = end === undefined || end.isLast
  const [hasOldest, hasNewest] = isFromEnd ? [isLast, isFirst] : [isFirst, isLast]
  const page: MessagePage<Message> = {
    ...last.page,
    isPlaced: true,
    isExact: false,
    isJoined: true,
    hasOldest,
    hasNewest,
  }
  const steps = [...(start?.steps ?? []), ...(end?.steps ?? [])]
  return { page, steps, start: (start ?? last).start, end: last.end, isFirst, isLast }
}
