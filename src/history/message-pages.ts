import type { PlacedMessage } from './chat-page.ts'
import type { Answer } from './list-page.ts'
import type { PageNumber, PageSizes, Window } from './page-number.ts'
import {
  ANY_SIZE,
  farthestPages,
  nameOfPage,
  pageHolding,
  sizeOf,
  startIndex,
} from './page-number.ts'

type MessageAnswer<Message> = Answer<PlacedMessage<Message>>

/** The fewest pages with the places of which each repeats a message of the one before. */
export function joinedPages(places: Window, sizes: PageSizes): readonly PageNumber[] {
  const whole = pageHolding(places, sizes)
  return whole ? [whole] : farthestPages(places, sizes, sizes.isFixed ? 0 : 1)
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

/** The places in the upstream's pages of messages `from` to `to`, which count from the oldest one. */
export function placesOfWindow(
  { from, to }: Window,
  length: number | undefined,
  isRising: boolean,
): Window {
  if (isRising) {
    const last = length === undefined ? to : Math.min(to, Math.max(from, length - 1))
    return { from: Math.max(0, from), to: Math.max(0, last) }
  }
  const newest = (length ?? 0) - 1
  const first = Math.max(0, newest - to)
  return {
    from: first,
    to: Math.max(first, newest - (length === undefined ? from : Math.max(0, from))),
  }
}

/**
 * Whether the page of `answers[order]`, which states a next page, was the same after the next page
 * was empty. If it was not, a message may have come onto the page as another one was deleted.
 */
export function isSameAfterEmpty<Message>(
  { at, rows }: MessageAnswer<Message>,
  order: number,
  answers: readonly MessageAnswer<Message>[],
): boolean {
  const marks = rows.map(({ mark }) => mark).join()
  const empty = answers.findIndex((each, index) => index > order && each.size === 0)
  return answers
    .slice(empty)
    .some(
      each =>
        nameOfPage(each.at) === nameOfPage(at) &&
        each.rows.map(({ mark }) => mark).join() === marks,
    )
}
