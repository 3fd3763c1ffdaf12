import type { MessageCursor } from '../cursor.ts'
import type { PageNumber } from '../pages/page-number.ts'
import { LARGEST_PAGE, nameOfPage, startIndex } from '../pages/page-number.ts'
import type { MessagePage } from './chat-page.ts'
import { isAtEdge } from './message-crossing.ts'
import type { MessageList } from './message-list.ts'
import type { Walk } from './message-place.ts'

/** After so many turns in which a page shows nothing, all pages around are read at once. */
const WIDE = 3

/** What a walk is after. */
export interface Aim {
  readonly start: MessageCursor | undefined
  readonly isFromEnd: boolean
  readonly limit: number
  /** Whether it has read many times, so that messages may have come meanwhile. */
  readonly isLate: boolean
}

/** How the last pages helped. */
export interface Search {
  /** Whether they had no new message. */
  readonly isStuck: boolean
  /** Whether none of them was one of those that are wanted. */
  readonly isIdle: boolean
  /** How many times in a row they did not even show where the walk stands. */
  readonly lostTurns: number
  /** Whether the page beyond the one that may be the last was tried. */
  readonly isBeyondRead: boolean
  /** Whether pages were joined over those without messages, in vain. */
  readonly isCrossed: boolean
}

export const NEW_SEARCH: Search = {
  isStuck: false,
  isIdle: false,
  lostTurns: 0,
  isBeyondRead: false,
  isCrossed: false,
}

/** Whether whole pages of the chat have no messages. */
const arePagesHidden = <Message>({ answers, sizes }: MessageList<Message>): boolean =>
  answers.some(
    ({ at, size, count = 0, isAmid }) => isAmid || (size === 0 && count > startIndex(at, sizes)),
  )

/** Whether messages are hidden after the one at which the walk stands, more than a page can bridge. */
export function isCrossing<Message>(
  list: MessageList<Message>,
  walk: Walk<Message>,
  { isIdle, isBeyondRead, isCrossed }: Search,
  { start, isFromEnd }: Aim,
): boolean {
  if (!isIdle || isCrossed || (start && walk.trail.length === 0)) return false
  if (arePagesHidden(list)) return true
  return list.areHidden && (isBeyondRead || !pageBeyond(list, walk, isFromEnd))
}

/** Reads the pages that should have what comes next. `former`: those that were read last. */
export async function nextPages<Message>(
  list: MessageList<Message>,
  walk: Walk<Message>,
  search: Search,
  aim: Aim,
  former: readonly MessagePage<Message>[],
): Promise<readonly MessagePage<Message>[]> {
  const { isStuck, isBeyondRead } = search
  const beyond = isStuck && !isBeyondRead && pageBeyond(list, walk, aim.isFromEnd)
  if (!beyond) return list.read(pagesAhead(list, walk, search, aim), search !== NEW_SEARCH)
  await list.read([beyond], true)
  return former.map(({ answer }) => list.place(answer))
}

/** The pages with the message at which the walk stands, the wanted ones after it, and one more. */
function pagesAhead<Message>(
  list: MessageList<Message>,
  walk: Walk<Message>,
  { isStuck, lostTurns }: Search,
  { start, isFromEnd, limit, isLate }: Aim,
): readonly PageNumber[] {
  const rest = limit - (walk.trail.length - walk.begin)
  const { oldest = 0, end = 0 } = list.extent()
  const first = isFromEnd ? 1 - end : oldest
  const { from, to } = walk.place ?? { from: first, to: first - 1 }
  const slack = 2 ** Math.min(lostTurns, 8) - 1
  const windowOf = (more: number) => {
    const [start, end] = [from - slack, to + rest + slack + more]
    return isFromEnd ? { from: -end, to: -start } : { from: start, to: end }
  }
  // One page must show the message and what follows it: of several, none may show both.
  const reaching = (place: number) => list.farthestPage(isFromEnd ? -place : place, isFromEnd)
  // If the chat stands still, the message is not before its place, and the page reaches farther.
  const farthest = isStuck ? distinctPages([from, from - slack].map(reaching)) : []
  if (isStuck && lostTurns < WIDE) return farthest
  const pages = list.pagesFor(windowOf(0), start?.count, isLate)
  if (to + rest - from >= LARGEST_PAGE) return [...farthest, ...pages]
  // One more message shows whether the chat goes on, if it costs no page.
  const more = list.pagesFor(windowOf(1), start?.count, isLate)
  return [...farthest, ...(more.length > pages.length ? pages : more)]
}

const distinctPages = (pages: readonly PageNumber[]): readonly PageNumber[] => [
  ...new Map(pages.map(page => [nameOfPage(page), page])).values(),
]

/** The page after one that may be the chat's last, though what it says does not prove it. */
function pageBeyond<Message>(
  list: MessageList<Message>,
  walk: Walk<Message>,
  isFromEnd: boolean,
): PageNumber | undefined {
  const { place, last } = walk
  if (!place) return list.pageBeyondEnd()
  if (!last || last.isLast || last.page.isRising === isFromEnd) return undefined
  const { page, perPage } = last.page.answer.at
  return isAtEdge(walk) ? { page: page + 1, perPage } : undefined
}
