import {
  type PageNumber,
  type PageSizes,
  pageHolding,
  pagesHolding,
  type Window,
} from './page-number.ts'

/**
 * Without pages that may be cut short: of many pages, the first one alone shows whether such large ones
 * are given at all.
 */
export function showingSizes(
  pages: readonly PageNumber[],
  sizes: PageSizes,
): readonly PageNumber[] {
  const { largest, cap, isFixed } = sizes
  const areMany = pages.length > 2 && largest > 0 && !isFixed
  const [first] = areMany ? pages.filter(({ perPage }) => perPage > 2 * largest) : []
  if (first) return [first]
  const [larger, ...others] = pages.filter(({ perPage }) => perPage > cap)
  return larger ? pages.filter(page => !others.includes(page)) : pages
}

/** The fewest pages that hold all windows. Windows that a page may hold together are planned together. */
export function pagesHoldingAll(
  windows: readonly Window[],
  sizes: PageSizes,
): readonly PageNumber[] {
  const inOrder = windows.toSorted((one, other) => one.from - other.from)
  const groups = groupedWhile(inOrder, (group, next) => next.from <= group.to + sizes.cap)
  return groups.flatMap(group => {
    const apart = groupedWhile(
      inOrder.filter(({ from }) => group.from <= from && from <= group.to),
      (joined, next) => pageHolding(spanOf(joined, next), sizes) !== undefined,
    ).flatMap(window => pagesHolding(window, sizes, { shared: 0 }))
    const inARow = fullPages(group, sizes)
    return inARow.length < apart.length ? inARow : apart
  })
}

/** Joins each window to the one before as long as they belong together. */
function groupedWhile(
  windows: readonly Window[],
  belongs: (group: Window, next: Window) => boolean,
): readonly Window[] {
  const groups: Window[] = []
  for (const window of windows) {
    const group = groups.at(-1)
    if (group && belongs(group, window)) groups[groups.length - 1] = spanOf(group, window)
    else groups.push(window)
  }
  return groups
}

const spanOf = (one: Window, other: Window): Window => ({
  from: Math.min(one.from, other.from),
  to: Math.max(one.to, other.to),
})

/** The pages of the largest size, one after the other. */
function fullPages({ from, to }: Window, { cap }: PageSizes): readonly PageNumber[] {
  const first = Math.floor(from / cap) + 1
  const last = Math.floor(to / cap) + 1
  return Array.from({ length: last - first + 1 }, (_, at) => ({ page: first + at, perPage: cap }))
}
