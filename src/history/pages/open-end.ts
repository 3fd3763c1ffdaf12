import type { Answer } from './list-page.ts'
import type { PageSizes } from './page-number.ts'
import { startIndex } from './page-number.ts'

/** What was asked for, and what the answer says of it. */
type Asked = Pick<Answer<unknown>, 'at' | 'size' | 'count' | 'hasNext'>

/**
 * Whether a page is empty, and says that nothing comes after it, though the stated length has rows there,
 * and no other page was asked for with so many rows: small pages may have more than were asked for, so that
 * this one is elsewhere.
 */
export const isOpenEnd = (
  { at, size, count = 0, hasNext }: Asked,
  pages: readonly Asked[],
  sizes: PageSizes,
): boolean =>
  size === 0 &&
  at.page > 1 &&
  hasNext === false &&
  at.perPage < sizes.largest &&
  count > startIndex(at, sizes) &&
  !pages.some(other => other.at.perPage === at.perPage && other.at.page < at.page)
