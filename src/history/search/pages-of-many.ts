import {
  type PageNumber,
  type PageSizes,
  pageHolding,
  pagesHolding,
  type Window,
} from '../pages/page-number.ts'

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
  const larger = pages.find(({ perPage }) => perPage > cap)
  return pages.filter(page => page.perPage <= cap || page === larger)
}

/** The fewest pages that hold all windows. Windows that a page may hold together are planned together. */
export function pagesHoldingAll(
  windows: readonly Window[],
  sizes: PageSizes,
): readonly PageNumber[] {
  const inOrder = windows.toSorted((one, other) => one.from - other.from)
  const groups = groupedWhile(inOrder, (span, next) => next.from <= span.to + sizes.cap)
  return groups.flatMap(({ span, members }) => {
    const apart = groupedWhile(
      members,
      (span, next) => pageHolding(spanOf(span, next), sizes) !== undefined,
    ).flatMap(each => pagesHolding(each.span, sizes, { shared: 0 }))
    const inARow = fullPages(span, sizes)
    return inARow.length < apart.length ? inARow : apart
  })
}

/** Windows that follow each other, and from where to where they reach together. */
interface Group {
  readonly members: Window[]
  span: Window
}

/** Joins each window to those before it as long as it belongs to them. */
function groupedWhile(
  windows: readonly Window[],
  belongs: (span: Window, next: Window) => boolean,
): readonly Group[] {
  const groups: Group[] = []
  for (const window of windows) {
    const group = groups.at(-1)
    if (group && belongs(group.span, window)) {
      group.members.push(window)
      group.span = spanOf(group.span, window)
    } else groups.push({ members: [window], span: window })
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
