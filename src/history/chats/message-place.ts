import type { MessageCursor } from '../cursor.ts'
import type { MessagePage, SeenMessage } from './chat-page.ts'
import type { MessageList } from './message-list.ts'
import type { MessageTrace, Trail } from './message-match.ts'
import { isSame, nextOf, offsetAfter, trailOf } from './message-match.ts'

/** A message on the way of a walk. Positions rise with the walk; from the newest on, they are negative. */
export interface Step<Message> extends SeenMessage<Message> {
  readonly position: number
}

/** A page in the order of the walk. */
export interface Lane<Message> {
  readonly page: MessagePage<Message>
  readonly steps: readonly Step<Message>[]
  /** Its first position, and the one after its last. */
  readonly start: number
  readonly end: number
  /** Whether the walk's order begins, or ends, with this page. */
  readonly isFirst: boolean
  readonly isLast: boolean
}

/** How far a walk has come. */
export interface Walk<Message> {
  /** Neighbours in the order of the walk: what was found, and what was seen around it. */
  readonly trail: readonly Step<Message>[]
  /** Where in the trail the messages that were found begin. */
  readonly begin: number
  /** Where the last message of the trail is, as pages show it; undefined if nothing is known. */
  readonly place: Range | undefined
  /** The page that it came to last. */
  readonly last: Lane<Message> | undefined
}

/** Positions `from` to `to`, both inclusive: hidden messages leave open where a shown one is. */
export interface Range {
  readonly from: number
  readonly to: number
}

export function lanesOf<Message>(
  pages: readonly MessagePage<Message>[],
  isFromEnd: boolean,
): readonly Lane<Message>[] {
  const lanes = pages.map(page => {
    const { messages, start, end, hasOldest, hasNewest } = page
    if (!isFromEnd) {
      const steps = messages.map(({ row, index }) => ({ row, index, position: index }))
      return { page, steps, start, end, isFirst: hasOldest, isLast: hasNewest }
    }
    const steps = messages.map(({ row, index }) => ({ row, index, position: -index })).reverse()
    return { page, steps, start: 1 - end, end: 1 - start, isFirst: hasNewest, isLast: hasOldest }
  })
  return isFromEnd ? lanes.reverse() : lanes
}

/** So many messages may have come in where the cursor's own one was. */
const MAX_CAME = 4

/** After so many pages that do not show what a place is recognised by, its time decides. */
const MAX_LOST_TURNS = 5

/**
 * Whether a page cannot show where the walk stands, unless the chat has changed: then a message that
 * looks the same is another one.
 */
export const isElsewhere = <Message>(
  list: MessageList<Message>,
  { place }: Walk<Message>,
  { page, start, end }: Lane<Message>,
): boolean =>
  place !== undefined && page.isExact && !list.isFixed && (place.to < start || place.from >= end)

export const offsetOfEnd = ({ isFirst }: Lane<unknown>) => (isFirst ? 0 : undefined)

const traceOf = ({ row }: Step<unknown>): MessageTrace => row

export function offsetOfNext<Message>(
  list: MessageList<Message>,
  walk: Walk<Message>,
  lane: Lane<Message>,
  isFromEnd: boolean,
  lostTurns: number,
): number | undefined {
  const { trail } = walk
  const latest = trail.at(-1)
  if (!latest) return undefined
  const traces = trail.slice(-40).map(traceOf)
  const expected = expectedOn(latest.position, lane)
  const known = offsetAfter({ traces, ...expected }, lane.steps.map(traceOf), lostTurns)
  // Messages may have come in between, so that the last one is on a page that reaches farther.
  const isBeyond = known?.isLastMissing && lostTurns === 0 && !lane.isLast
  if (known && !isBeyond)
    return known.isLastMissing
      ? offsetAfterOlder(known.offset, latest.row.second, lane.steps.map(traceOf), isFromEnd)
      : known.offset
  if (list.isFixed && !list.areHidden && follows(walk, lane)) return 0
  const { second } = latest.row
  return lostTurns >= MAX_LOST_TURNS ? offsetAfterTime(second, lane, isFromEnd) : undefined
}

/**
 * Pages whose size cannot be chosen never show the same message. Then the page whose places follow is
 * believed to be the next, if the chat has the length that it had. Where messages are hidden, pages have
 * to show one moment instead: see message-crossing.ts.
 */
function follows<Message>({ last, place }: Walk<Message>, lane: Lane<Message>): boolean {
  return (
    last !== undefined &&
    place !== undefined &&
    lane.steps.length > 0 &&
    last.page.answer.count === lane.page.answer.count &&
    place.to < lane.start &&
    lane.start <= last.end
  )
}

export function offsetAfterCursor<Message>(
  start: MessageCursor,
  lane: Lane<Message>,
  isFromEnd: boolean,
  lostTurns: number,
): number | undefined {
  const isWhole = lane.isFirst && lane.isLast
  const turns = isWhole ? Infinity : lostTurns
  const traces = lane.steps.map(traceOf)
  const position = isFromEnd ? -start.index : start.index
  const { expected, isExact } = expectedOn(position, lane)
  const known = offsetAfter({ traces: trailOf(start, isFromEnd), expected, isExact }, traces, turns)
  // A page that ends with the message before the cursor's own does not show that the latter is gone.
  const isEnd = known?.offset === traces.length
  const isBeyond = known?.isLastMissing && (isEnd || lostTurns === 0) && !lane.isLast
  if (known && !isBeyond)
    return known.isLastMissing
      ? offsetOfNeighbour(start, known.offset, traces, isFromEnd)
      : known.offset
  const after = offsetBeforeNext(start, lane, isFromEnd, turns)
  if (after !== undefined) return after
  if (!isWhole && lostTurns < MAX_LOST_TURNS) return undefined
  return offsetAfterTime(start.second, lane, isFromEnd) ?? (isWhole ? expected : undefined)
}

/**
 * Where a walk goes on after the message before the cursor's own one, which is gone. If the message
 * after it is near, those between the two came in since: of the cursor's second, they are newer.
 */
function offsetOfNeighbour(
  start: MessageCursor,
  offset: number,
  traces: readonly MessageTrace[],
  isFromEnd: boolean,
): number {
  const at = offsetAfterOlder(offset, start.second, traces, isFromEnd)
  const [next] = nextOf(start, isFromEnd)
  const near = traces.slice(at, at + MAX_CAME).findIndex(one => isSame(one, next))
  if (!isFromEnd || start.second === null || near < 0) return at
  const came = traces.slice(at, at + near)
  return at + came.findLastIndex(({ second }) => second === start.second) + 1
}

/** What came in before a message that is gone is before its place: its times say so. */
function offsetAfterOlder(
  offset: number,
  second: number | null,
  traces: readonly MessageTrace[],
  isFromEnd: boolean,
): number {
  const isOlder = (one: MessageTrace | undefined) =>
    second !== null &&
    typeof one?.second === 'number' &&
    (isFromEnd ? one.second > second : one.second < second)
  let at = offset
  while (isOlder(traces[at])) at++
  return at
}

/** Where the message is that came after the cursor's own one, which is gone, if the page shows it. */
function offsetBeforeNext<Message>(
  start: MessageCursor,
  lane: Lane<Message>,
  isFromEnd: boolean,
  lostTurns: number,
): number | undefined {
  const position = (isFromEnd ? -start.index : start.index) + 1
  const next = { traces: nextOf(start, isFromEnd), ...expectedOn(position, lane) }
  const known = offsetAfter(next, lane.steps.map(traceOf), lostTurns)
  if (!known) return undefined
  const offset = known.offset - 1
  // If it looks like the message before, it may be that one.
  const [neighbour] = trailOf(start, isFromEnd)
  const [own] = next.traces
  const isAmbiguous = neighbour?.mark === own?.mark && neighbour?.second === own?.second
  return isAmbiguous && lostTurns < 2 ? undefined : offset
}

/** Where a position is on a page; undefined if it is on another page. */
function expectedOn<Message>(
  position: number,
  { page, steps, start, end }: Lane<Message>,
): Omit<Trail, 'traces'> {
  if (position < start || position >= end) return { expected: undefined, isExact: false }
  const expected = steps.findLastIndex((step, at) => at === 0 || step.position <= position)
  return { expected, isExact: page.isExact }
}

/**
 * All that the walk remembers is gone: then messages that were sent after it follow. Undefined if
 * the page does not show that none is between.
 */
function offsetAfterTime<Message>(
  second: number | null,
  { steps, isFirst, isLast }: Lane<Message>,
  isFromEnd: boolean,
): number | undefined {
  if (second === null) return undefined
  const isBeyond = ({ row }: Step<Message>) =>
    row.second !== null && (isFromEnd ? row.second < second : row.second > second)
  const offset = steps.findIndex(isBeyond)
  if (offset < 0) return isLast && steps.length > 0 ? steps.length : undefined
  const before = steps.slice(0, offset).findLast(({ row }) => row.second !== null)
  // Of messages of the same second, some may be before the place, and some after it.
  if (before ? before.row.second === second : !isFirst) return undefined
  return offset
}

/** Where the other cursor's message is among those found; undefined if it was not come to yet. */
export function offsetOfStop<Message>(
  found: readonly Step<Message>[],
  stop: MessageCursor,
  isFromEnd: boolean,
): number | undefined {
  const { second } = stop
  const distance = (at: number) => Math.abs((found[at]?.index ?? 0) - stop.index)
  const same = [...found.keys()].filter(
    at => found[at]?.row.mark === stop.mark && found[at]?.row.second === second,
  )
  const [nearest] = same.sort((one, other) => distance(one) - distance(other))
  if (nearest !== undefined || second === null) return nearest
  // It is gone, if the walk has come to later messages: to more than one, as one may stand astray.
  const isPast = ({ row }: Step<Message>) =>
    row.second === null || (isFromEnd ? row.second < second : row.second > second)
  const past = found.length - 1 - found.findLastIndex(step => !isPast(step))
  const timed = found.slice(found.length - past).filter(({ row }) => row.second !== null)
  return timed.length > 1 ? found.length - past : undefined
}
