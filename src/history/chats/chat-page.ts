import type { Answer } from '../pages/list-page.ts'
import {
  ANY_SIZE,
  farthestPages,
  nameOfPage,
  type PageNumber,
  type PageSizes,
  pageHolding,
  sizeOf,
  startIndex,
  type Window,
} from '../pages/page-number.ts'
import { isSurelyPlaced } from '../pages/page-places.ts'
import type { ChatAnswer } from './chat-belief.ts'

/** A message with what it is recognised by: the second of its sending, and who said what. */
export interface PlacedMessage<Message> {
  readonly message: Message
  readonly second: number | null
  readonly mark: string
}

/** A message as a page showed it. Messages are counted from the oldest one on, from 0. */
export interface SeenMessage<Message> {
  readonly row: PlacedMessage<Message>
  /** An estimate if messages are hidden from the page: it decides where to read, never what is given. */
  readonly index: number
}

/** A page of a chat: neighbours, as the chat was at one moment, oldest message first. */
export interface MessagePage<Message> {
  readonly answer: ChatAnswer<PlacedMessage<Message>>
  readonly messages: readonly SeenMessage<Message>[]
  /** Its first place, and the place after its last one. Messages may be hidden from some places. */
  readonly start: number
  readonly end: number
  /** Whether its places are certain, be short pages capped or not. */
  readonly isPlaced: boolean
  /** Whether its places are certain, and each shows its message. */
  readonly isExact: boolean
  /** Whether the chat begins, or ends, with this page. */
  readonly hasOldest: boolean
  readonly hasNewest: boolean
  /** Whether the page states that another one follows it, as the upstream counts pages. */
  readonly saysMore: boolean
  readonly isRising: boolean
  /** Whether it is made of two pages, between which all messages are hidden. */
  readonly isJoined?: boolean
}

export interface ChatView {
  /** Whether the first page has the oldest messages. */
  readonly isRising: boolean
  /** Whether each page lists its oldest message first. */
  readonly rowsRise: boolean
  readonly sizes: PageSizes
  /** How many messages there are, as stated by others, if the page itself does not state it. */
  readonly length: number | undefined
}

/**
 * Which messages a chat has, as they are counted here: from the oldest one on, from 0. If pages begin
 * with the newest ones, and no length is stated, they are counted back from these: -1 is the newest.
 */
export interface ChatExtent {
  readonly isRising: boolean
  /** The oldest message, and the place after the newest one; undefined if it is not known. */
  readonly oldest: number | undefined
  readonly end: number | undefined
}

/** The places of messages as the upstream counts them. */
export function placesOfMessages(
  { from, to }: Window,
  { isRising, oldest = -Infinity, end }: ChatExtent,
): Window {
  const first = Math.max(oldest, from)
  if (isRising) {
    const last = Math.min(to, Math.max(from, (end ?? Infinity) - 1))
    return { from: first, to: Math.max(0, last) }
  }
  const newest = (end ?? 0) - 1
  const start = Math.max(0, newest - to)
  return { from: start, to: Math.max(start, newest - first) }
}

/** The places of a page as the upstream counts them: from 0, at the first row of its first page. */
export function placesOf(
  answer: Answer<unknown>,
  sizes: PageSizes,
  isLast: boolean,
): { readonly start: number; readonly end: number } {
  const { at, size, count = Infinity } = answer
  const asked = startIndex(at, sizes)
  // Some upstreams repeat their last page if they are asked for a page beyond it.
  if (at.page > 1 && size > 0 && count <= asked)
    return { start: Math.max(0, count - size), end: count }
  // A page that is short of just the rows that there are not has no place beyond them.
  if (size > 0 && count === asked + size && isSurelyPlaced(answer, sizes))
    return { start: asked, end: count }
  const end = asked + Math.max(size, sizeOf(at.perPage, sizes))
  if (!isLast) return { start: asked, end }
  return { start: asked, end: count >= asked + size && count <= end ? count : asked + size }
}

export function placeMessages<Message>(
  answer: ChatAnswer<PlacedMessage<Message>>,
  isLast: boolean,
  { isRising, rowsRise, sizes, length }: ChatView,
): MessagePage<Message> {
  const { at, rows, size, count, hasNext } = answer
  const places = placesOf(answer, sizes, isLast)
  const total = count ?? length ?? 0
  const start = isRising ? places.start : total - places.end
  const end = isRising ? places.end : total - places.start
  const oldestFirst = rowsRise ? rows : rows.toReversed()
  const isFirst = at.page === 1
  // An empty page beyond the end shows neither end.
  const isEnd = isLast && (size > 0 || isFirst)
  const [hasOldest, hasNewest] = isRising ? [isFirst, isEnd] : [isEnd, isFirst]
  const isCounted = count === undefined ? hasNext === true : count > places.start + size
  const saysMore = hasNext !== false && isCounted
  return {
    answer,
    // Hidden messages may be anywhere on the page: those that it shows are spread over its places.
    messages: oldestFirst.map((row, at) => ({
      row,
      index: start + spread(at, rows.length, end - start),
    })),
    start,
    end,
    isPlaced: isSurelyPlaced(answer, sizes),
    isExact: rows.length === end - start && isSurelyPlaced(answer, sizes),
    hasOldest,
    hasNewest,
    saysMore,
    isRising,
  }
}

const spread = (at: number, rows: number, places: number): number =>
  rows >= places ? at : Math.round(((at + 1) * places) / rows) - 1

/**
 * An answer without the rows that it lists twice, one below the other: there are just so many of
 * them as it has more rows than places. A message that was in fact sent twice takes up two places.
 */
export function withoutRepeats<Message>(
  answer: Answer<PlacedMessage<Message>>,
): Answer<PlacedMessage<Message>> {
  const { at, rows, size, count = Infinity } = answer
  const rest = count - (at.page - 1) * at.perPage
  const surplus = size - Math.min(at.perPage, rest > 0 ? rest : Infinity)
  if (surplus <= 0) return answer
  const once = rows.filter((row, index) => {
    const above = rows[index - 1]
    return row.second !== above?.second || row.mark !== above?.mark
  })
  return rows.length - once.length === surplus
    ? { ...answer, rows: once, size: size - surplus }
    : answer
}

/** Of so many places that two pages share, one has a message that is not hidden. */
const SHARED_IF_HIDDEN = 3

/** Whether a page after which more follow has fewer messages than places: some are hidden. */
export const isShortAmid = (
  { at, size, count = 0, hasNext }: Answer<unknown>,
  sizes: PageSizes,
): boolean => {
  const places = sizeOf(at.perPage, sizes)
  return size < places && (hasNext ?? count > at.page * places)
}

/**
 * The fewest pages with the places. Each repeats a message of the page before: one shared place is
 * enough for that, unless messages are hidden.
 */
export function joinedPages(
  places: Window,
  sizes: PageSizes,
  areHidden: boolean,
): readonly PageNumber[] {
  const whole = pageHolding(places, sizes)
  if (whole) return [whole]
  const shared = areHidden ? SHARED_IF_HIDDEN : 1
  return farthestPages(places, sizes, sizes.isFixed ? 0 : shared)
}

/** Of the pages with a place, the one that reaches farthest forward, or backward. */
export function pageReachingFarthest(
  place: number,
  sizes: PageSizes,
  isBackward: boolean,
): PageNumber {
  const { cap, isFixed } = sizes
  const pages = Array.from({ length: isFixed ? 1 : cap - 1 }, (_, at) => {
    const perPage = cap - at
    return { page: Math.floor(place / perPage) + 1, perPage }
  })
  const reach = ({ page, perPage }: PageNumber) =>
    isBackward ? -(page - 1) * perPage : page * perPage
  return pages.reduce((best, each) => (reach(each) > reach(best) ? each : best))
}

/** Whether a page has all places of another one, be pages capped or not. */
export function holds(other: PageNumber, at: PageNumber, sizes: PageSizes): boolean {
  if (nameOfPage(at) === nameOfPage(other)) return true
  const isPlaced = other.page === 1 || other.perPage <= sizes.largest
  return (
    isPlaced &&
    [sizes, sizes.isFixed ? sizes : ANY_SIZE].every(each => {
      const [start, otherStart] = [startIndex(at, each), startIndex(other, each)]
      const end = start + sizeOf(at.perPage, each)
      return otherStart <= start && end <= otherStart + sizeOf(other.perPage, each)
    })
  )
}
