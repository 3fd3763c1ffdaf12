import type { PageNumber, PageSizes, Window } from './page-number.ts'
import {
  ANY_SIZE,
  farthestPages,
  nameOfPage,
  pageHolding,
  sizeOf,
  startIndex,
} from './page-number.ts'

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
