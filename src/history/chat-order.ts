import type { Answer } from './list-page.ts'
import { type PageSizes, startIndex } from './page-number.ts'

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
  const middle = Math.max(first.size, sizes.isFixed ? 0 : first.at.perPage) / 2
  return startIndex(other.at, sizes) + other.size / 2 - middle
}

/**
 * Whether the pages of a chat begin with its oldest messages, as its first page and another show: most
 * messages of the later page are newer. Messages that stand astray, or have no time, decide nothing,
 * nor does what has come or gone between the two answers. Undefined if the pages do not show it, or
 * one of them has fewer than `least` messages with a time: a single one may stand astray.
 */
export function orderOfPages(
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
export const areOfOneSecond = (answers: readonly Answer<Timed>[]): boolean =>
  new Set(answers.flatMap(({ rows }) => secondsOf(rows))).size === 1

/** Whether a chat that was seen whole begins with its oldest messages, as its first rows show. */
export function orderOfStart(start: Answer<Timed>, whole: Answer<Timed>): boolean | undefined {
  const [first, all] = [secondsOf(start.rows), secondsOf(whole.rows)]
  if (start.count !== whole.count || first.length < CLEAR_MAJORITY) return undefined
  const newer = all.filter(second => second > Math.max(...first)).length
  const older = all.filter(second => second < Math.min(...first)).length
  const balance = newer - older
  return Math.abs(balance) >= CLEAR_MAJORITY ? balance > 0 : undefined
}
