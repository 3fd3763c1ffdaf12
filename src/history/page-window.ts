/** Rows `from` to `to` of a list, both inclusive, counted from 0. */
export interface IndexWindow {
  readonly from: number
  readonly to: number
}

/** One page of a list: what the upstream calls `page` (from 1) and `per_page`. */
export interface PageNumber {
  readonly page: number
  readonly perPage: number
}

export const startIndex = ({ page, perPage }: PageNumber) => (page - 1) * perPage

const pageOf = (index: number, perPage: number): PageNumber => ({
  page: Math.floor(index / perPage) + 1,
  perPage,
})

/**
 * The one page that holds the whole window, in the largest size up to `cap`, so that callers with
 * different windows mostly ask for the same page. Undefined where no size has such a page.
 */
export function pageHolding({ from, to }: IndexWindow, cap: number): PageNumber | undefined {
  for (let perPage = cap; perPage > to - from; perPage--) {
    const at = pageOf(from, perPage)
    if (to < startIndex(at) + perPage) return at
  }
  return undefined
}

/**
 * The fewest pages that hold the window together. If it takes no more of them, each repeats the
 * last rows of the one before: only `shared` rows prove that two pages join.
 */
export function pagesHolding(window: IndexWindow, cap: number, shared = 1): PageNumber[] {
  const whole = pageHolding(window, cap)
  if (whole) return [whole]
  const joined = farthestPages(window, cap, 1 - shared)
  const apart = farthestPages(window, cap, 1)
  const isHeld = joined.some(at => startIndex(at) + at.perPage > window.to)
  return isHeld && joined.length <= apart.length ? joined : apart
}

/**
 * Page after page, each the one that reaches farthest and starts `step` after the last one's end;
 * up to where no page reaches farther.
 */
function farthestPages({ from, to }: IndexWindow, cap: number, step: number): PageNumber[] {
  const pages: PageNumber[] = []
  for (let next = from; ; ) {
    const at = pageHolding({ from: next, to }, cap) ?? farthestPage(next, cap)
    const end = startIndex(at) + at.perPage - 1
    pages.push(at)
    if (end >= to || end + step <= next) return pages
    next = end + step
  }
}

/** Of the pages with a row, the one that goes on longest after it. */
function farthestPage(index: number, cap: number): PageNumber {
  let best = pageOf(index, cap)
  for (let perPage = cap - 1; perPage > 1; perPage--) {
    const at = pageOf(index, perPage)
    if (startIndex(at) + perPage > startIndex(best) + best.perPage) best = at
  }
  return best
}

/**
 * The page that holds the window as near to its middle as any size up to `cap` allows: it still
 * holds those rows after a shift of the list. Undefined where no size has such a page.
 */
export function pageAround({ from, to }: IndexWindow, cap: number): PageNumber | undefined {
  let best: PageNumber | undefined
  let bestMargin = -1
  for (let perPage = cap; perPage > to - from; perPage--) {
    const at = pageOf(from, perPage)
    const before = from - startIndex(at)
    const margin = Math.min(before, perPage - 1 - before - (to - from))
    if (margin > bestMargin) [best, bestMargin] = [at, margin]
  }
  return best
}

/** Whether one page shows most of the rows that another does. */
export function overlaps(one: PageNumber, other: PageNumber): boolean {
  const middle = (at: PageNumber) => startIndex(at) + at.perPage / 2
  return Math.abs(middle(one) - middle(other)) < one.perPage / 2
}
