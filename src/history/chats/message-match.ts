import type { MessageCursor } from '../cursor.ts'

/** What a message is recognised by: who said what, and in which second, if it has a time. */
export interface MessageTrace {
  readonly mark: string
  readonly second: number | null
}

/** A run of neighbours of which the last one is to be found on a page, in the order of the walk. */
export interface Trail {
  readonly traces: readonly MessageTrace[]
  /** Where on the page the last of them is expected; undefined if it should be on another page. */
  readonly expected: number | undefined
  /** Whether that is certain, if nothing has come or gone. */
  readonly isExact: boolean
}

/** Where on a page a walk goes on. */
export interface Continuation {
  readonly offset: number
  /** Whether the last message of the trail is not on the page: it is gone, or beyond the page. */
  readonly isLastMissing: boolean
}

/** How many messages of a trail may be gone from its end. */
const MAX_GONE = 5
/** How many messages may have come in between two of a trail. */
const MAX_INSERTED = 3
/** No more messages of a trail are compared. */
const MAX_COMPARED = 30

/** Whether two messages look alike. */
export const isSame = (one: MessageTrace | undefined, other: MessageTrace | undefined): boolean =>
  one !== undefined && one.mark === other?.mark && one.second === other.second

/**
 * Where on a page a walk goes on: the offset after the last message of the trail; if that is gone,
 * after the one before it. Undefined if the page shows none of them.
 *
 * A page shows neighbours. So if nothing has come or gone, all its messages before the one looked for
 * are those of the trail: such a match is preferred, and of several the expected or the longest one.
 * `isLoose`: a message that looks like the one looked for is enough, though it has no time, and
 * nothing around it is known.
 */
export function offsetAfter(
  trail: Trail,
  page: readonly MessageTrace[],
  lostTurns: number,
): Continuation | undefined {
  const { expected, isExact } = trail
  const traces = trail.traces.slice(-MAX_COMPARED)
  for (let gone = 0; gone < Math.min(traces.length, MAX_GONE + 1); gone++) {
    const rest = gone === 0 ? traces : traces.slice(0, -gone)
    const at = expected === undefined ? undefined : expected - gone
    const end = lastOf({ traces: rest, expected: at, isExact }, page, lostTurns)
    if (end === undefined) continue
    const missing = traces.slice(traces.length - gone)
    const near = page.slice(end + 1, end + 1 + gone + MAX_INSERTED)
    const found = near.findLastIndex(one => missing.some(each => isSame(one, each)))
    return { offset: end + found + 2, isLastMissing: gone > 0 && found < 0 }
  }
  return undefined
}

/** Where on a page the last message of a trail is. */
function lastOf(
  { traces, expected, isExact }: Trail,
  page: readonly MessageTrace[],
  lostTurns: number,
): number | undefined {
  let best: Match | undefined
  let isAlone = true
  const isOnly = page.filter(one => isSame(one, traces.at(-1))).length === 1
  for (const [end, one] of page.entries()) {
    if (!isSame(one, traces.at(-1))) continue
    const match = matchAt(end, traces, page, expected)
    if (match.isWhole && match.distance === 0 && isExact) return end
    const isNear = expected !== undefined || lostTurns === Infinity
    // Of several without a time, the one at the page's edge is as good a match as the right one.
    const isTelling = match.isTimed || isOnly || lostTurns === Infinity
    const isLoose = isNear && isTelling && lostTurns > (match.isTimed ? 0 : 1)
    const isStrong = isLoose || (match.isTimed && match.isWhole)
    if (!isStrong) continue
    if (best && match.isWhole === best.isWhole && match.length === best.length) isAlone = false
    if (!best || isBetter(match, best)) best = match
  }
  // Of messages that look alike, the next page shows more.
  return isAlone || lostTurns > 1 ? best?.end : undefined
}

interface Match {
  readonly end: number
  /** How many messages up to it are those of the trail. */
  readonly length: number
  /** Whether all are that the page shows, or the trail has. */
  readonly isWhole: boolean
  readonly distance: number
  /** Whether one of them has a time: others may be found anywhere. */
  readonly isTimed: boolean
}

function matchAt(
  end: number,
  traces: readonly MessageTrace[],
  page: readonly MessageTrace[],
  expected: number | undefined,
): Match {
  const possible = Math.min(end + 1, traces.length)
  let length = 1
  while (length < possible && isSame(page[end - length], traces.at(-1 - length))) length++
  const distance = expected === undefined ? Infinity : Math.abs(end - expected)
  const isTimed = page.slice(end + 1 - length, end + 1).some(({ second }) => second !== null)
  return { end, length, isWhole: length === possible, distance, isTimed }
}

function isBetter(one: Match, other: Match): boolean {
  if (one.isWhole !== other.isWhole) return one.isWhole
  if (one.length !== other.length) return one.length > other.length
  return one.distance < other.distance
}

/** What a cursor remembers of the messages next to its own. */
export const formatTrace = ({ mark, second }: MessageTrace): string =>
  `${mark}_${second?.toString(36) ?? ''}`

function parseTrace(text: string): MessageTrace {
  const [mark = '', second] = text.split('_')
  return { mark, second: second ? Number.parseInt(second, 36) : null }
}

/** The trail that a cursor remembers: the message before its own in the order of the walk, and its own. */
export function trailOf(cursor: MessageCursor, isFromEnd: boolean): readonly MessageTrace[] {
  const { before, mark, after, second } = cursor
  const neighbour = isFromEnd ? after : before
  const own = { mark, second }
  return neighbour === undefined ? [own] : [parseTrace(neighbour), own]
}

/** The message that the walk comes to after the cursor's own one. */
export function nextOf(
  { before, after }: MessageCursor,
  isFromEnd: boolean,
): readonly MessageTrace[] {
  const next = isFromEnd ? before : after
  return next === undefined ? [] : [parseTrace(next)]
}
