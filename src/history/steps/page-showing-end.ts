import { isOpenEnd } from '../pages/other-pages.ts'
import type { PageNumber } from '../pages/page-number.ts'
import { nameOfPage } from '../pages/page-number.ts'
import { wasRead } from './deciding-page.ts'
import type { Bracket } from './list-estimate.ts'
import type { Known } from './list-step.ts'

/** If it is open whether the list ends at a page that was read: the page that shows it. */
export const pageShowingEnd = <Row>(
  bracket: Bracket<Row>,
  known: Known<Row>,
): PageNumber | undefined =>
  pageAfterLast(bracket, known) ?? pageBeforeEnd(bracket, known) ?? pageOfOpenSize(known)

/**
 * The page after one that may be the last: it is short, and nothing says that more comes, but not
 * enough says that nothing does; or one claim says that more comes, and the other that nothing does, or
 * the next page was empty before. If it is empty, that is the end.
 */
function pageAfterLast<Row>(
  { before, after }: Bracket<Row>,
  { pages }: Known<Row>,
): PageNumber | undefined {
  // Next to a page's last row, nothing is proven: see list-order.ts.
  const spot = [before, after].find(each => each?.page?.rows.at(-1)?.key === each?.key)
  const page = spot?.page
  if (!page || page.isLast || (page.count ?? 0) > page.end) return undefined
  const next = { page: page.at.page + 1, perPage: page.at.perPage }
  // Some upstreams always state a next page: then the claims contradict each other.
  const isCountedOut = page.isPlaced && page.count === page.start + page.size
  const isShort = page.size < page.end - page.start
  if (page.hasNext === true && !isCountedOut && (page.count !== undefined || !isShort)) {
    const latest = pages.findLast(({ at }) => nameOfPage(at) === nameOfPage(next))
    const wasEmpty = latest?.size === 0 && latest.isLast && latest.order < page.order
    return wasEmpty ? next : undefined
  }
  if (page.hasNext !== true && !isShort) return undefined
  return wasRead(next, pages) ? undefined : next
}

/**
 * A page that stated a next one, and no length, before that one was empty: rows may have come onto it in
 * between. That is the end only if the page is the same when it is read again.
 */
function pageBeforeEnd<Row>(
  { before, after }: Bracket<Row>,
  { pages }: Known<Row>,
): PageNumber | undefined {
  if (pages.some(({ count }) => count !== undefined)) return undefined
  const latestOf = (at: PageNumber) =>
    pages.findLast(page => nameOfPage(page.at) === nameOfPage(at))
  return pages.find(page => {
    const { at, rows, hasNext, isLast } = page
    const isAtEnd = [before.key, after?.key].includes(rows.at(-1)?.key)
    if (!isAtEnd || isLast || hasNext !== true) return false
    const next = latestOf({ ...at, page: at.page + 1 })
    return latestOf(at) === page && next?.size === 0 && next.isLast && next.order > page.order
  })?.at
}

/** If the list may not end where a small page is empty: the first page of that size, which shows it. */
function pageOfOpenSize({ pages, sizes }: Known<unknown>): PageNumber | undefined {
  const open = pages.find(page => isOpenEnd(page, pages, sizes))
  return open && { page: 1, perPage: open.at.perPage }
}
