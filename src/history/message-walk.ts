import type { MessagePage } from './chat-page.ts'
import type { MessageCursor } from './cursor.ts'
import { keptChanging } from './list-errors.ts'
import type { MessageList } from './message-list.ts'
import type { Lane, Range, Walk } from './message-place.ts'
import {
  isElsewhere,
  lanesOf,
  offsetAfterCursor,
  offsetOfEnd,
  offsetOfNext,
  offsetOfStop,
} from './message-place.ts'
import type { PageNumber } from './page-number.ts'
import { LARGEST_PAGE, nameOfPage } from './page-number.ts'
import type { SliceWish } from './record-slice.ts'

/** Attempts to find a place again in a chat that changes while it is read. */
const MAX_TURNS = 12
/** After so many turns in which a page shows nothing, all pages around are read at once. */
const WIDE = 3
/** The messages that were found, as a part of the trail. */
export interface Found<Message> extends Pick<Walk<Message>, 'trail' | 'begin'> {
  readonly end: number
  /** Whether nothing follows, before the other cursor; undefined if that is not known. */
  readonly isAtEnd: boolean
  /** Whether the last page states that more follow. */
  readonly saysMore: boolean
}

/**
 * Walks from one cursor, or end, towards the other, until `limit` messages are found.
 *
 * No message is lost on the way: a page shows neighbours; the walk begins with a page that is the
 * chat's first (or last) one or shows the cursor's message; it goes on with a page only if that shows
 * the message at which the walk stands; and it ends with a page after which nothing comes. Where pages
 * are looked for is an estimate: a page from somewhere else is of no use, and does no harm.
 */
export async function walkMessages<Message>(
  list: MessageList<Message>,
  { isFromEnd, after, before }: SliceWish<MessageCursor>,
  limit: number,
): Promise<Found<Message>> {
  const [start, stop] = isFromEnd ? [before, after] : [after, before]
  await list.prepare(limit, isFromEnd, start !== undefined)
  const at = start && (isFromEnd ? -start.index : start.index)
  const place = at === undefined ? undefined : { from: at, to: at }
  let pages: readonly MessagePage<Message>[] = []
  const begin: Walk<Message> = { trail: [], begin: 0, place, last: undefined }
  let walk = begin
  let search = NEW_SEARCH
  let isWholeTried = false
  for (let turn = 0; turn < MAX_TURNS; turn++) {
    const before = walk
    const { pageSize, length } = list
    const rest = limit - (walk.trail.length - walk.begin)
    const beyond = search.isStuck && !search.isBeyondRead && pageBeyond(list, walk, isFromEnd)
    if (beyond) {
      await list.read([beyond], true)
      pages = pages.map(({ answer }) => list.place(answer))
    } else {
      const isLate = turn >= WIDE
      const ahead = pagesAhead(list, walk, start?.count, isFromEnd, rest, search, isLate)
      pages = await list.read(ahead, turn > 0 && search !== NEW_SEARCH)
    }
    const isCountWrong = length !== undefined && list.length === undefined
    if (list.pageSize !== pageSize || isCountWrong) {
      // All places were estimated by another size of pages, or by a length that is disproved.
      if (isCountWrong) await list.prepare(limit, isFromEnd, start !== undefined)
      walk = begin
      search = NEW_SEARCH
      continue
    }
    for (const lane of lanesOf(pages, isFromEnd))
      walk = extended(list, walk, lane, start, isFromEnd, search.lostTurns)
    const found = foundBy(list, walk, stop, isFromEnd)
    if (found.isAtEnd || found.end - found.begin >= limit) return found
    const isStuck = walk.trail.length === before.trail.length
    if (isStuck && search.isStuck && !isWholeTried && (list.length ?? Infinity) <= LARGEST_PAGE) {
      // A short chat is read whole, so that it does not matter where its messages are.
      isWholeTried = true
      await list.read([{ page: 1, perPage: LARGEST_PAGE }], true)
      walk = begin
      search = NEW_SEARCH
      continue
    }
    const isLost = isStuck && walk.place === before.place
    const isBeyondRead = isStuck && search.isStuck
    const isOtherSize = isLost && (await list.showsFixedPages())
    if (isOtherSize) walk = begin
    search = isOtherSize
      ? NEW_SEARCH
      : { isStuck, lostTurns: isLost ? search.lostTurns + 1 : 0, isBeyondRead }
  }
  throw keptChanging()
}

/** How the last pages helped. */
interface Search {
  /** Whether they had no new message. */
  readonly isStuck: boolean
  /** How many times in a row they did not even show where the walk stands. */
  readonly lostTurns: number
  /** Whether the page beyond the one that may be the last was tried. */
  readonly isBeyondRead: boolean
}

const NEW_SEARCH: Search = { isStuck: false, lostTurns: 0, isBeyondRead: false }

/** The pages with the message at which the walk stands, the wanted ones after it, and one more. */
function pagesAhead<Message>(
  list: MessageList<Message>,
  walk: Walk<Message>,
  formerLength: number | undefined,
  isFromEnd: boolean,
  rest: number,
  { isStuck, lostTurns }: Search,
  isLate: boolean,
): readonly PageNumber[] {
  const first = isFromEnd ? 1 - (list.length ?? 0) : 0
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
  const pages = list.pagesFor(windowOf(0), formerLength, isLate)
  if (to + rest - from >= LARGEST_PAGE) return [...farthest, ...pages]
  // One more message shows whether the chat goes on, if it costs no page.
  const more = list.pagesFor(windowOf(1), formerLength, isLate)
  return [...farthest, ...(more.length > pages.length ? pages : more)]
}

const distinctPages = (pages: readonly PageNumber[]): readonly PageNumber[] => [
  ...new Map(pages.map(page => [nameOfPage(page), page])).values(),
]

/** The page after one that may be the chat's last, though what it says does not prove it. */
function pageBeyond<Message>(
  list: MessageList<Message>,
  { trail, place, last }: Walk<Message>,
  isFromEnd: boolean,
): PageNumber | undefined {
  if (!place) return list.pageBeyondEnd()
  if (!last || last.isLast || last.page.isRising === isFromEnd) return undefined
  const { page, perPage } = last.page.answer.at
  const [end, reached] = [last.steps.at(-1)?.row, trail.at(-1)?.row]
  // The page may have been read again since.
  const isReached = end && end.mark === reached?.mark && end.second === reached.second
  return isReached ? { page: page + 1, perPage } : undefined
}

/** The walk with what a page adds to it; as it was, if the page does not show where it goes on. */
function extended<Message>(
  list: MessageList<Message>,
  walk: Walk<Message>,
  lane: Lane<Message>,
  start: MessageCursor | undefined,
  isFromEnd: boolean,
  lostTurns: number,
): Walk<Message> {
  const isBegun = walk.trail.length > 0
  const atStart = start ? offsetAfterCursor(start, lane, isFromEnd, lostTurns) : offsetOfEnd(lane)
  const at = isBegun ? offsetOfNext(list, walk, lane, isFromEnd, lostTurns) : atStart
  if (at === undefined || (lostTurns === 0 && isElsewhere(list, walk, lane))) return walk
  const reached = walk.trail.at(-1)?.position ?? (start && (isFromEnd ? -start.index : start.index))
  const joined =
    reached === undefined || lane.page.isPlaced ? lane : continued(reached, lane, at, isFromEnd)
  const added = joined.steps.slice(at)
  const trail = isBegun ? [...walk.trail, ...added] : joined.steps
  const begin = isBegun ? walk.begin : at
  return { trail, begin, place: placeOf(walk, joined, at, added.length), last: joined }
}

/** A page of uncertain place has its place after the message that it shows of the trail. */
function continued<Message>(
  reached: number,
  lane: Lane<Message>,
  at: number,
  isFromEnd: boolean,
): Lane<Message> {
  const shift = reached + 1 - (lane.steps[at]?.position ?? lane.end)
  const steps = lane.steps.map(step => ({
    ...step,
    position: step.position + shift,
    index: step.index + (isFromEnd ? -shift : shift),
  }))
  return { ...lane, steps, start: lane.start + shift, end: lane.end + shift }
}

/** Where the last message of the trail is, as a page shows it that the walk came to. */
function placeOf<Message>(
  { trail, place }: Walk<Message>,
  { steps, start, end }: Lane<Message>,
  at: number,
  added: number,
): Range | undefined {
  const hidden = end - start - steps.length
  const lowest = start + at + added - 1
  if (added > 0 || !place) return { from: lowest, to: Math.max(lowest, lowest + hidden) }
  const latest = trail.at(-1)
  const isShown = !latest || steps[at - 1]?.row.mark === latest.row.mark
  const from = Math.max(place.from, isShown ? lowest : end)
  const to = isShown ? Math.min(place.to, Math.max(lowest, lowest + hidden)) : place.to
  if (from === place.from && to === place.to) return place
  return { from, to: Math.max(from, to) }
}

/** What was found up to the other cursor, and whether anything may follow. */
function foundBy<Message>(
  list: MessageList<Message>,
  { trail, begin, last }: Walk<Message>,
  stop: MessageCursor | undefined,
  isFromEnd: boolean,
): Found<Message> {
  const found = trail.slice(begin)
  const cut = stop && offsetOfStop(found, stop, isFromEnd)
  if (cut !== undefined) return { trail, begin, end: begin + cut, isAtEnd: true, saysMore: false }
  const page = last && list.place(last.page.answer)
  const isAtEnd = (isFromEnd ? page?.hasOldest : page?.hasNewest) ?? false
  const saysMore = page !== undefined && (page.isRising === isFromEnd ? !isAtEnd : page.saysMore)
  return { trail, begin, end: trail.length, isAtEnd, saysMore: !stop && saysMore }
}
