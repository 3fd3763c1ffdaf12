import { ListInconclusiveError } from '../list-errors.ts'
import type { Answer } from '../pages/list-page.ts'
import {
  LARGEST_PAGE,
  type PageNumber,
  type PageSizes,
  pagesHolding,
  startIndex,
} from '../pages/page-number.ts'
import type { ChatAnswer } from './chat-belief.ts'
import type { ChatTraits } from './chat-traits.ts'
import { readOn } from './hidden-pages.ts'

export interface Timed {
  readonly second: number | null
}

const secondsOf = (rows: readonly Timed[]): number[] => rows.flatMap(({ second }) => second ?? [])

/** So many more messages must rise than fall, lest two that stand the wrong way round decide. */
const CLEAR_MAJORITY = 3

/**
 * Whether the times of a page's messages rise from the first row to the last. Not clear if few rows
 * say so. Undefined if they rise as often as they fall.
 */
export function orderOfRows(
  rows: readonly Timed[],
): { readonly rise: boolean; readonly isClear: boolean } | undefined {
  const seconds = secondsOf(rows)
  let balance = 0
  for (const [at, second] of seconds.entries())
    balance += Math.sign(second - (seconds[at - 1] ?? second))
  if (balance === 0) return undefined
  return { rise: balance > 0, isClear: Math.abs(balance) >= CLEAR_MAJORITY }
}

/** Pages whose middles are so near may show the same messages, if the chat has changed. */
const NEAR = 3

/** How many more pairs of messages of two pages rise than fall. */
const balanceOf = (one: readonly number[], other: readonly number[]): number =>
  one.reduce(
    (sum, first) => other.reduce((rest, second) => rest + Math.sign(second - first), sum),
    0,
  )

/** The least distance of two pages' middles: the first may lack hidden messages, or be capped. */
function distanceOf(first: Answer<Timed>, other: Answer<Timed>, sizes: PageSizes): number {
  if (first.at.perPage === other.at.perPage)
    return other.at.page > first.at.page ? (first.size + other.size) / 2 : 0
  const start = startIndex(other.at, sizes)
  const places = Math.max(first.size, sizes.isFixed ? 0 : first.at.perPage)
  // All messages of a short page may be at its end: then a page amid it is not after it.
  if (first.size < places && start < places) return 0
  return start + other.size / 2 - places / 2
}

/**
 * Whether the pages of a chat begin with its oldest messages, as its first page and another show: most
 * messages of the later page are newer. Messages that stand astray, or have no time, decide nothing,
 * nor does what has come or gone between the two answers. Undefined if the pages do not show it, or
 * one of them has fewer than `least` messages with a time: a single one may stand astray.
 */
function orderOfPages(
  first: Answer<Timed>,
  other: Answer<Timed>,
  sizes: PageSizes,
  least: number,
): boolean | undefined {
  const [one, two] = [secondsOf(first.rows), secondsOf(other.rows)]
  const moved = Math.abs((first.count ?? 0) - (other.count ?? 0))
  const isApart = distanceOf(first, other, sizes) > NEAR + 2 * moved
  if (!isApart || Math.min(one.length, two.length) < least) return undefined
  const balance = balanceOf(one, two)
  // Two messages that stand astray among others of one second decide nothing.
  return Math.abs(balance) > 2 * Math.min(one.length, two.length) ? balance > 0 : undefined
}

/** Whether all messages that have a time are of one second: then any order is that of their times. */
const areOfOneSecond = (answers: readonly Answer<Timed>[]): boolean =>
  new Set(answers.flatMap(({ rows }) => secondsOf(rows))).size === 1

/** Whether a chat that was seen whole begins with its oldest messages, as its first rows show. */
function orderOfStart(start: Answer<Timed>, whole: Answer<Timed>): boolean | undefined {
  const [first, all] = [secondsOf(start.rows), secondsOf(whole.rows)]
  if (start.count !== whole.count || first.length < CLEAR_MAJORITY) return undefined
  const newer = all.filter(second => second > Math.max(...first)).length
  const older = all.filter(second => second < Math.min(...first)).length
  const balance = newer - older
  // If no message of the chat stands astray, a single one decides.
  const steps = all.slice(1).map((second, at) => Math.sign(second - (all[at] ?? second)))
  const areInOrder = steps.every(step => step !== 0 && step === steps[0])
  return Math.abs(balance) >= (areInOrder ? 1 : CLEAR_MAJORITY) ? balance > 0 : undefined
}

/** What the proof needs of the reading of a chat. */
export interface ChatReading {
  fetch(at: PageNumber, isAnew: boolean): Promise<ChatAnswer<Timed>>
  readonly whole: object | undefined
  readonly length: number | undefined
  readonly answers: readonly ChatAnswer<Timed>[]
}

/** The messages at one end that show, together with the other end, which of the two is newer. */
const PROOF_ROWS = 6
/** Of those, so many must have a time, unless no more are to be had. */
const LEAST_TIMED = 3
/** A first page of so many messages shows how the rows of a page are ordered. */
const CLEAR_ROWS = 8

/** Where whole pages have no messages: whether two others show the order. */
async function isShownAmid(
  reading: ChatReading,
  isAnew: boolean,
  learn: (one: Answer<Timed>, other: Answer<Timed>, least: number) => boolean,
): Promise<boolean> {
  if (!reading.answers.some(({ isAmid }) => isAmid)) return false
  const isShown = () => {
    const pages = reading.answers.filter(({ at }) => at.perPage === LARGEST_PAGE)
    return pages.some(one => pages.some(other => learn(one, other, 1)))
  }
  if (isShown()) return true
  await readOn(
    3,
    page => reading.fetch({ page, perPage: LARGEST_PAGE }, isAnew),
    ({ size, isAmid }) => isShown() || (size === 0 && !isAmid),
  )
  return isShown()
}

/** Throws ListInconclusiveError if the messages do not show the order. */
async function proveOrder(
  first: Answer<Timed>,
  rows: number,
  traits: ChatTraits,
  reading: ChatReading,
): Promise<void> {
  const learn = (one: Answer<Timed>, other: Answer<Timed>, least: number): boolean => {
    const isRising = orderOfPages(one, other, traits.sizes, least)
    if (isRising !== undefined) traits.learnOrder(isRising)
    return isRising !== undefined
  }
  if (reading.length === undefined && first.size < first.at.perPage) {
    // Most short pages are whole chats: the next one is empty, then.
    await reading.fetch({ ...first.at, page: 2 }, false)
    if (reading.whole) return
  }
  const { length = 0 } = reading
  const { sizes } = traits
  // A chat that is little longer than the page is read whole.
  const isTimed = secondsOf(first.rows).length >= LEAST_TIMED
  if (isTimed && length >= Math.min(LARGEST_PAGE + 1, first.at.perPage + CLEAR_ROWS)) {
    const end = { from: length - Math.max(PROOF_ROWS, rows), to: length - 1 }
    for (const at of pagesHolding(end, sizes, { shared: 0 }))
      if (learn(first, await reading.fetch(at, false), LEAST_TIMED)) return
  }
  for (const isAnew of [false, true]) {
    const largest = await reading.fetch({ page: 1, perPage: LARGEST_PAGE }, isAnew)
    if (reading.whole) {
      const isRising = orderOfStart(first, largest)
      if (isRising !== undefined) traits.learnOrder(isRising)
      return
    }
    await reading.fetch({ page: 2, perPage: LARGEST_PAGE }, isAnew)
    if (reading.whole) return
    for (const other of reading.answers) if (learn(largest, other, 1)) return
    if (await isShownAmid(reading, isAnew, learn)) return
    if (areOfOneSecond(reading.answers)) return
    // The last messages may have no time: those in the middle show the order, too.
    const perPage = Math.min(traits.sizes.cap, (reading.length ?? 0) >> 1)
    if (perPage < CLEAR_ROWS) continue
    const middle = await reading.fetch({ page: 2, perPage }, isAnew)
    if (learn(first, middle, LEAST_TIMED)) return
    // If places are uncertain, two pages of one size are surely apart.
    const half = await reading.fetch({ page: 1, perPage }, true)
    if (learn(half, middle, LEAST_TIMED)) return
  }
  throw new ListInconclusiveError(
    'The times of these messages do not show whether the upstream lists the oldest or the newest ones first. Ask for fewer days (sentOn), so that all fit on one page.',
    { isRetryable: false },
  )
}

/**
 * Learns whether the upstream pages its chats from the oldest message on, unless the chat is whole.
 * The first chat that asks reads a small page, and one from the other end to prove the order.
 * Others read the largest page meanwhile: most chats fit on it, and then the order does not matter.
 */
export async function learnOrder(
  reading: ChatReading,
  traits: ChatTraits,
  limit: number,
  isFromEnd: boolean,
): Promise<void> {
  traits.leader ??= reading
  const isLeader = traits.leader === reading
  const perPage = isLeader ? Math.min(LARGEST_PAGE, Math.max(CLEAR_ROWS, limit + 1)) : LARGEST_PAGE
  try {
    const first = await reading.fetch({ page: 1, perPage }, false)
    await traits.proof?.catch(() => undefined)
    if (reading.whole || traits.isRising !== undefined) return
    traits.proof = proveOrder(first, isFromEnd ? limit + 1 : 0, traits, reading)
    await traits.proof
  } finally {
    if (isLeader) traits.leader = undefined
  }
}
