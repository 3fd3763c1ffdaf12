/** Places `from` to `to` of a list, both inclusive, counted from 0. */
export interface Window {
  readonly from: number
  readonly to: number
}

/** One page of a list: what the upstream calls `page` (from 1) and `per_page`. */
export interface PageNumber {
  readonly page: number
  readonly perPage: number
  /** Is 0 if the upstream's own numbers are less by one: see first-page.ts. */
  readonly firstPage?: 0
}

/** Which page sizes the upstream gives. */
export interface PageSizes {
  /** The most rows that are worth asking for. */
  readonly cap: number
  /** What `cap` is until pages show that fewer rows are given. */
  readonly most: number
  /** Whether every page has this size, whatever `per_page` says. */
  readonly isFixed: boolean
  /** Whether a page had as many rows as were asked for, though others had more. */
  readonly isHeard: boolean
  /** The most rows that a page had. A page that asks for no more is not cut short by a cap. */
  readonly largest: number
  /** Whether pages are surely capped, as pages of the cap's size are full: no rows are hidden. */
  readonly isCapProven: boolean
  /** How many rows of the next page a page has besides its own. */
  readonly surplus: number
  /** Whether at least half of all rows are hidden: then that pages are short shows no cap. */
  readonly areMostHidden: boolean
}

/** The default of the API's own `per_page`. */
export const LARGEST_PAGE = 100

/** Nothing is known of pages but the most rows that may be asked for. */
export const sizesUpTo = (most: number): PageSizes => ({
  cap: most,
  most,
  isFixed: false,
  isHeard: false,
  largest: 0,
  isCapProven: false,
  surplus: 0,
  areMostHidden: false,
})

export const ANY_SIZE = sizesUpTo(LARGEST_PAGE)

export const nameOfPage = ({ page, perPage }: PageNumber) => `${page}/${perPage}`

/** The first place of a page. A page of more rows than the upstream gives has the cap's size. */
export const startIndex = ({ page, perPage }: PageNumber, sizes: PageSizes): number =>
  (page - 1) * sizeOf(perPage, sizes)

export const sizeOf = (perPage: number, { cap, isFixed }: PageSizes): number =>
  isFixed ? cap : Math.min(perPage, cap)

/** Whether one page has the middle of the other. */
export function hasMiddleOf(one: PageNumber, other: PageNumber, sizes: PageSizes): boolean {
  const start = startIndex(one, sizes)
  const middle = startIndex(other, sizes) + Math.floor((other.perPage - 1) / 2)
  return start <= middle && middle < start + one.perPage
}

const pageOf = (index: number, perPage: number): PageNumber => ({
  page: Math.floor(index / perPage) + 1,
  perPage,
})

const endOf = ({ page, perPage }: PageNumber) => page * perPage

/** The place after the page of a size that has a place. Sizes are tried by the hundred: no page is made. */
const endFrom = (index: number, perPage: number) => (Math.floor(index / perPage) + 1) * perPage

/** The smallest page that holds the whole window; undefined if no page does. */
export function pageHolding({ from, to }: Window, sizes: PageSizes): PageNumber | undefined {
  const least = sizes.isFixed ? sizes.cap : to - from + 1
  for (let perPage = least; perPage <= sizes.cap; perPage++)
    if (to < endFrom(from, perPage)) return pageOf(from, perPage)
  return undefined
}

/**
 * The fewest pages that hold the window together, and of those small ones. If pages must join, or if
 * it takes no more of them, each repeats the last `shared` rows of the page before, which proves that
 * nothing is between the two.
 */
export function pagesHolding(
  window: Window,
  sizes: PageSizes,
  { shared, mustJoin = false }: { readonly shared: number; readonly mustJoin?: boolean },
): PageNumber[] {
  const whole = pageHolding(window, sizes)
  if (whole) return [whole]
  const apart = farthestPages(window, sizes, 0)
  const joined = farthestPages(window, sizes, shared)
  const isHeld = joined.some(at => endOf(at) > window.to)
  return isHeld && (mustJoin || joined.length <= apart.length) ? joined : apart
}

/**
 * Page after page, each the one that reaches farthest; up to where no page reaches farther. If pages
 * are so small that none shares as many rows as wanted and goes on, fewer are shared.
 */
export function farthestPages(
  { from, to }: Window,
  sizes: PageSizes,
  shared: number,
): PageNumber[] {
  const pageFrom = (next: number) =>
    // A last page of one row would show nothing but this row.
    (next > from && pageHolding({ from: next - 1, to }, sizes)) ||
    (pageHolding({ from: next, to }, sizes) ?? farthestPage(next, sizes))
  const pages: PageNumber[] = []
  let next: PageNumber | undefined = pageFrom(from)
  while (next) {
    pages.push(next)
    const end = endOf(next)
    if (end > to) break
    next = overlaps(shared)
      .map(rows => pageFrom(Math.max(from, end - rows)))
      .find(at => endOf(at) > end)
  }
  return pages
}

const overlaps = (shared: number): readonly number[] =>
  shared === 0 ? [0] : Array.from({ length: shared }, (_, less) => shared - less)

/** Of the pages with a place, the one that goes on longest after it. */
function farthestPage(index: number, { cap, isFixed }: PageSizes): PageNumber {
  let best = cap
  for (let perPage = cap - 1; perPage > 1 && !isFixed; perPage--)
    if (endFrom(index, perPage) > endFrom(index, best)) best = perPage
  return pageOf(index, best)
}
