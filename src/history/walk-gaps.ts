import type { PlaceHint } from './list-guess.ts'
import type { ReadPage, Seen } from './list-page.ts'
import type { Towards } from './sightings.ts'

/** What stands in a list: a row, what a cursor tells of its row, or one of the ends. */
export interface Standing {
  readonly key: number
  readonly index: number
  /** The page that showed it. */
  readonly page?: ReadPage<unknown>
}

/** Two that follow each other by their keys, and do not stand next to each other in the list. */
export type Gap = readonly [one: Standing, other: Standing]

export const nameOfGap = ([one, other]: Gap) => `${one.key}/${other.key}`

/** A part of a walk, on the pages that were read so far. */
export interface Walked {
  readonly found: readonly Seen<unknown>[]
  /** The first key that was wanted, and the row before it, if it was seen. */
  readonly from: number
  readonly before: Seen<unknown> | undefined
  readonly towards: Towards
  /** Whether keys are walked along in the list's own direction. */
  readonly isForward: boolean
  /** Whether nothing follows the last one found. */
  readonly reachesEnd: boolean
  /** Of the cursor from which the walk goes on. */
  readonly hint: PlaceHint | undefined
  readonly pages: readonly ReadPage<unknown>[]
}

/**
 * Where rows that follow each other by their keys stand apart: there may be rows between them that
 * belong elsewhere by their keys, and rows elsewhere that belong between them. As many places as the
 * list has grown or shrunk while it was read are none.
 */
export function gapsIn(walked: Walked): readonly Gap[] {
  const { found, before, from, towards, isForward, reachesEnd, pages } = walked
  const start = { key: -Infinity, index: -1 }
  const end = { key: Infinity, index: endIndex(pages) }
  const [first, last] = isForward ? [start, end] : [end, start]
  const isFromStart = from === -towards * Infinity
  const standings = [
    ...(isFromStart ? [first] : before ? [before] : []),
    ...found,
    ...(reachesEnd ? [last] : []),
  ]
  const behindCursor = gapBehindCursor(walked, found[0] ?? last)
  return [...behindCursor, ...gapsBetween(standings, isForward, grownWhileRead(pages))]
}

function gapsBetween(
  standings: readonly Standing[],
  isForward: boolean,
  moved: number,
): readonly Gap[] {
  return standings.slice(1).flatMap((other, at) => {
    const one = standings[at] ?? other
    const places = isForward ? placesBetween(one, other) : placesBetween(other, one)
    return Math.abs(places) > moved ? [[one, other] as const] : []
  })
}

/**
 * A cursor tells where its row was. The first one after it stands farther on by as many places as
 * the list has grown; of a list that shrank, or where it stands elsewhere, nothing is certain.
 */
function gapBehindCursor(
  { hint, before, from, towards, isForward, pages }: Walked,
  next: Standing,
): readonly Gap[] {
  if (before || !hint) return []
  const length = pages.at(-1)?.count ?? 0
  const grown = length - (hint.count ?? length)
  const shift = next.index - hint.index - (isForward ? 1 : -1)
  const isElsewhere = grown < 0 || shift < 0 || shift > grown
  return isElsewhere ? [[{ key: from - towards, index: hint.index }, next]] : []
}

/** Without those places of which a page showed that they hold no readable row. */
function placesBetween(before: Standing, after: Standing): number {
  const places = after.index - before.index - 1
  if (places <= 0) return places
  const pages = new Set([before.page, after.page])
  const withoutRow = [...pages].map(page => placesWithoutRow(page, before.index, after.index))
  return withoutRow.reduce((left, some) => left - some, places)
}

function placesWithoutRow(page: ReadPage<unknown> | undefined, low: number, high: number): number {
  if (!page) return 0
  const from = Math.max(low + 1, page.start)
  const to = Math.min(high, page.start + page.size)
  const rows = page.rows.filter(({ index }) => low < index && index < high)
  return Math.max(0, to - from) - rows.length
}

function grownWhileRead(pages: readonly ReadPage<unknown>[]): number {
  const counts = pages.flatMap(({ count }) => count ?? [])
  return Math.max(0, Math.max(...counts) - Math.min(...counts))
}

/** The place after the last row, by the latest page that had it. */
function endIndex(pages: readonly ReadPage<unknown>[]): number {
  const last = pages.findLast(({ isLast }) => isLast)
  return last ? last.start + last.size : 0
}
