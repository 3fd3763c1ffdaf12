import type { MessageCursor } from '../cursor.ts'
import { keptChanging, messagesNotJoined } from '../list-errors.ts'
import { LARGEST_PAGE } from '../pages/page-number.ts'
import type { SliceWish } from '../slice.ts'
import { showChange } from './chat-belief.ts'
import type { MessagePage } from './chat-page.ts'
import { laneAcross } from './message-crossing.ts'
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
import { isCrossing, NEW_SEARCH, nextPages } from './message-search.ts'

/** Attempts to find a place again in a chat that changes while it is read. */
const MAX_TURNS = 12
const MAX_TURNS_IF_HIDDEN = 24
/** After so many turns, messages are expected to have come meanwhile. */
const LATE = 3
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
  const begin: Walk<Message> = { trail: [], begin: 0, place, last: undefined }
  let walk = begin
  let search = NEW_SEARCH
  let pages: readonly MessagePage<Message>[] = []
  let isWholeTried = false
  for (let turn = 0; turn < (list.areHidden ? MAX_TURNS_IF_HIDDEN : MAX_TURNS); turn++) {
    const before = walk
    const { pageSize, length } = list
    const aim = { start, isFromEnd, limit, isLate: turn >= LATE }
    const across = isCrossing(list, walk, search, aim)
      ? await laneAcross(list, walk, isFromEnd)
      : undefined
    if (!across) pages = await nextPages(list, walk, search, aim, pages)
    const isCountWrong = length !== undefined && list.length === undefined
    if (list.pageSize !== pageSize || isCountWrong) {
      // All places were estimated by another size of pages, or by a length that is disproved.
      if (isCountWrong) await list.prepare(limit, isFromEnd, start !== undefined)
      walk = begin
      search = NEW_SEARCH
      continue
    }
    for (const lane of across ? [across] : lanesOf(pages, isFromEnd))
      walk = extended(list, walk, lane, start, isFromEnd, search.lostTurns)
    const found = foundBy(list, walk, stop, isFromEnd)
    if (found.isAtEnd || found.end - found.begin >= limit) return found
    const isStuck = walk.trail.length === before.trail.length
    const isIdle = isStuck || walk.trail.length === walk.begin
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
      : {
          isStuck,
          isIdle,
          lostTurns: isLost ? search.lostTurns + 1 : 0,
          isBeyondRead,
          isCrossed: isStuck && across !== undefined,
        }
  }
  throw showChange(list.answers) ? keptChanging() : messagesNotJoined()
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
  const page = last && (last.page.isJoined ? last.page : list.place(last.page.answer))
  const isAtEnd = (isFromEnd ? page?.hasOldest : page?.hasNewest) ?? false
  const saysMore = page !== undefined && (page.isRising === isFromEnd ? !isAtEnd : page.saysMore)
  return { trail, begin, end: trail.length, isAtEnd, saysMore: !stop && saysMore }
}
