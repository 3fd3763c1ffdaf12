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
 * The fewest pages that hold the window together. Where two are needed, the second repeats the
 * first one's last row if any size allows it: only a shared row proves that two pages join.
 */
export function pagesHolding(window: IndexWindow, cap: number): PageNumber[] {
  const whole = pageHolding(window, cap)
  if (whole) return [whole]
  const first = pageOf(window.from, cap)
  const last = pageOf(window.to, cap)
  const aligned = Array.from({ length: last.page - first.page + 1 }, (_, offset) => ({
    page: first.page + offset,
    perPage: cap,
  }))
  if (aligned.length > 2) return aligned
  const lastOfFirst = startIndex(first) + cap - 1
  return [first, pageHolding({ from: lastOfFirst, to: window.to }, cap) ?? last]
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
