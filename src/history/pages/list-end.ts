import type { Answer } from './list-page.ts'
import type { EmptyPage, OtherPages } from './other-pages.ts'
import { isEmptyBeyond, isPlacedIfFixed, startIfCapped } from './other-pages.ts'
import type { PageNumber } from './page-number.ts'
import { nameOfPage, startIndex } from './page-number.ts'

/** The first place of a page, and the place after its last one. */
interface Places {
  readonly start: number
  readonly end: number
}

/**
 * Whether nothing comes after a page. Each of three witnesses may be wrong: `next_page` (it may
 * lie), `count` (it may be wrong), and a page with fewer rows than were asked for (rows may be
 * hidden, or pages capped). So two of them must agree; or an empty page beyond says so that was read
 * later, or that neither claim contradicts. Rows that came disprove a smaller count.
 */
export function endsList(
  answer: Answer<unknown>,
  places: Places,
  order: number,
  others: OtherPages,
): boolean {
  if (!isPlacedIfFixed(answer, others.sizes)) return false
  const next = emptyPagesAfter(answer, places, order, others)
  const isNextEmptyLater = next.some(page => page.order > order)
  if (answer.size === 0) return endsWithoutRows(answer, isNextEmptyLater, others)
  if (isNextEmptyLater) return true
  // An upstream that gives more rows than were asked for states a next page for another size.
  if (answer.hasNext === true && answer.size <= answer.at.perPage) return false
  return endsByClaims(answer, places, next.length > 0, others)
}

/** The empty pages that may be the one after a page: those after which no rows come. */
function emptyPagesAfter(
  { at, size, count, hasNext }: Answer<unknown>,
  { start }: Places,
  order: number,
  { empty, hidden, sizes, sizesIfHidden }: OtherPages,
): readonly EmptyPage[] {
  const following = followingPage(at, order, hidden)
  const endIfHidden = Math.max(start + size, startIndex(following, sizesIfHidden))
  const endIfCapped = startIfCapped(following, sizes.largest)
  // The rows of a short page may go on elsewhere if sizes are rounded down: only its own next page shows it.
  const isOpen = hasNext !== false && size < at.perPage && (count ?? 0) >= size
  return empty.filter(
    page =>
      (page.count ?? count) === (count ?? page.count) &&
      // A page that is empty though rows were seen in its place is not the page that was asked for.
      page.startIfHidden >= start + size &&
      page.startIfHidden <= endIfHidden &&
      page.startIfCapped <= endIfCapped &&
      (!isOpen || page.name === nameOfPage(following)),
  )
}

/** Whether an empty page ends the list, or is its first one. */
function endsWithoutRows(
  answer: Answer<unknown>,
  isNextEmptyLater: boolean,
  others: OtherPages,
): boolean {
  const { at, count, hasNext } = answer
  const { isAnyShown, isLastRowHidden, isCountEnough } = others
  // The rows of a first page are hidden if any page has some, or if more are said to come.
  const isCounted = count !== undefined && count > 0 && !isCountEnough
  const isCountAlone = isCounted && hasNext === undefined
  const areRowsShown = isAnyShown && count !== 0
  const isHidden = at.page === 1 && (hasNext === true || isCountAlone || areRowsShown)
  if (!isHidden && isEmptyBeyond(answer, others.sizes, others)) return true
  // If all pages up to the end are empty, so is the list.
  const areAllEmpty = isNextEmptyLater && (!isCountAlone || isLastRowHidden)
  return at.page === 1 && !isAnyShown && areAllEmpty
}

/** Whether two of the three witnesses agree that a page with rows is the last one. */
function endsByClaims(
  { at, size, count, hasNext }: Answer<unknown>,
  { start, end }: Places,
  isNextEmpty: boolean,
  { isCountOverstated, isCountEnough, sizes, sizesIfHidden }: OtherPages,
): boolean {
  const isCounted = count !== undefined && count >= start + size && !isCountOverstated
  const isCountedOut = isCounted && count <= end
  const room = end - start
  // A capped page would say that another one follows.
  const isAll = isCounted && count <= start + (sizesIfHidden.isFixed ? room : at.perPage)
  const isShort = size < room && room <= sizes.largest
  if (hasNext === false && (isCountedOut || isAll || (!isCounted && isShort))) return true
  // Of a short page beyond the first one, the place is only known if pages are as large as is asked for.
  const isFull = isCountEnough && (at.page === 1 || size === room)
  const isExact = count === start + size && (isFull || (at.page === 1 && size < room))
  if (isCountedOut && isExact) return true
  return (!isCounted || isCountedOut) && isNextEmpty
}

/** The next page but for those without rows that were read later. */
function followingPage(
  { page, perPage }: PageNumber,
  order: number,
  hidden: ReadonlyMap<string, number>,
): PageNumber {
  let next = { page: page + 1, perPage }
  while ((hidden.get(nameOfPage(next)) ?? -1) > order) next = { ...next, page: next.page + 1 }
  return next
}
