import type { Answer } from './list-page.ts'
import type { PageSizes } from './page-number.ts'
import { sizeOf, startIndex } from './page-number.ts'

/** Whether the place of a page is certain, however many rows a page has at most. */
export const isPlaced = (answer: Answer<unknown>, sizes: PageSizes): boolean =>
  isPlacedBySize(answer, sizes) || endsWithCount(answer, sizes)

/** As `isPlaced`; but a page that may be cut by a cap is not believed to be the last one. */
export const isSurelyPlaced = (answer: Answer<unknown>, sizes: PageSizes): boolean =>
  isPlacedBySize(answer, sizes) || (answer.size < sizes.largest && endsWithCount(answer, sizes))

const isPlacedBySize = (answer: Answer<unknown>, sizes: PageSizes): boolean => {
  const { page, perPage } = answer.at
  if (page === 1) return true
  const isExact = startIndex(answer.at, sizes) + answer.size === answer.count
  if (answer.size > 0 && !isExact && isNextBeyond(answer, sizes)) return false
  return sizes.isFixed
    ? !isOfOtherSize(answer, sizes)
    : sizes.isCapProven || perPage <= sizes.largest
}

/**
 * Whether a page states a next one though by the stated length it has the last places: either a next one is
 * always stated, or pages have fewer rows than are asked for, so that this one is elsewhere.
 */
export function isNextBeyond({ at, size, count, hasNext }: Answer<unknown>, sizes: PageSizes) {
  if (hasNext !== true || count === undefined || size >= Math.min(at.perPage, count)) return false
  const endsExactly = (at.page - 1) * at.perPage + size === count
  return endsExactly || (size < sizes.cap && at.page * sizeOf(at.perPage, sizes) >= count)
}

/**
 * Whether a page may have another size than pages seem to have whatever is asked for: if an upstream
 * rounds what it is asked for, only a page that was asked for with that size has it for sure, or one amid
 * the list that shows as many rows.
 */
export const isOfOtherSize = (
  { at, size, hasNext }: Answer<unknown>,
  { cap, isFixed }: PageSizes,
): boolean => isFixed && at.perPage !== cap && !(size === cap && hasNext === true)

const endsWithCount = ({ at, size, count, hasNext }: Answer<unknown>, sizes: PageSizes): boolean =>
  hasNext !== true && startIndex(at, sizes) + size === count

/**
 * The first place of a page. If that is not certain, pages with rows stand as if they were capped,
 * and empty ones as if they were not: so an empty page never ends a list too early.
 */
export const startOf = (answer: Answer<unknown>, sizes: PageSizes): number =>
  answer.size > 0 || isPlaced(answer, sizes)
    ? startIndex(answer.at, sizes)
    : (answer.at.page - 1) * answer.at.perPage
