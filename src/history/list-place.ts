import type { Knowledge } from './list-guess.ts'
import { endOf, type Guess, guess, lengthOf } from './list-guess.ts'
import {
  type Neighbour,
  neighbours,
  type Place,
  toListOrder,
  type Wanted,
} from './list-neighbours.ts'
import type { IndexWindow, PageNumber } from './page-window.ts'
import { pageAround, pagesHolding } from './page-window.ts'

/** The pages to read next so that the wanted rows come to light, as few as can be. */
export function choosePages<Row>(wanted: Wanted, known: Knowledge<Row>): PageNumber[] {
  const place = toListOrder(wanted, known.rising)
  const { before, after } = neighbours(place, known.pages)
  const end = endOf(known)
  // Two neighbours, or the last row and the list's end, in one page: nothing hides between them.
  const isEndNear = before && (place.boundary === Infinity || before.index + 1 >= end)
  const far = after?.index ?? (isEndNear ? end : undefined)
  if (before && far !== undefined) {
    const joint = { from: before.index, to: Math.max(far, before.index + 1) }
    const whole = withWholeKey(joint, place.isForward, place.isForward ? after : before, known)
    const page = pageAround(whole, known.cap) ?? pageAround(joint, known.cap)
    if (page) return [page]
  }
  const guessed = guess(place, { before, after }, known)
  return guessed ? pagesFrom(guessed, place, known) : [{ page: 1, perPage: known.cap }]
}

/** A page proves a key that rows share only where it goes on beyond the last of them. */
function withWholeKey<Row>(
  { from, to }: IndexWindow,
  isForward: boolean,
  edge: Neighbour<Row> | undefined,
  { pages, shared }: Knowledge<Row>,
): IndexWindow {
  if (shared === 1 || !edge) return { from, to }
  const sharing = pages.flatMap(({ rows }) => rows.filter(({ key }) => key === edge.key))
  const beyond = sharing.map(({ index }) => index + (isForward ? 1 : -1))
  return isForward
    ? { from, to: Math.max(to + shared - 1, ...beyond) }
    : { from: Math.max(0, Math.min(from - shared + 1, ...beyond)), to }
}

/**
 * The pages with the wanted rows. If it costs no page more, also with a row to either side, which
 * joins them to what was read before and shows whether the list goes on.
 */
function pagesFrom<Row>(
  { index, isSure }: Guess,
  { isForward, rows }: Place,
  known: Knowledge<Row>,
): PageNumber[] {
  const { cap, shared, slack } = known
  const from = isForward ? index : index - rows
  const to = isForward ? index + rows - 1 : index - 1
  const margin = isSure ? shared : slack
  const end = Math.max(lengthOf(known) ?? Infinity, index)
  const least = pagesHolding(clip(from, to, Math.max(end - 1, 0)), cap, shared)
  const wider = pagesHolding(clip(from - margin, to + margin, end), cap, shared)
  const chosen = wider.length > least.length ? least : wider
  // Nothing tells yet whether the list goes on beyond its first page: that page does.
  const isUnknown = known.pages.length === 0 && !known.hint
  return isUnknown ? chosen.slice(0, 1) : chosen
}

/** Keeps a window inside the list, and lets it show the first place after the list's end. */
function clip(from: number, to: number, length: number): IndexWindow {
  const end = Math.max(0, Math.min(to, length))
  return { from: Math.max(0, Math.min(from, end)), to: end }
}
