import type { Answer } from './list-page.ts'
import { nameOfPage, type PageNumber, type PageSizes, sizesUpTo } from './page-number.ts'
import { SMALLEST_CAP } from './page-sizes.ts'

type Claims = Pick<Answer<unknown>, 'at' | 'size' | 'count' | 'hasNext'>

/** One page with few rows may be where a run of hidden ones ends. */
const LEAST_PAGES = 2

/**
 * The sizes that pages have if most rows are hidden, as if the account may see only its own ones: that
 * pages are short shows no cap then. Undefined if most are shown, or if pages have a fixed size.
 */
export function sizesIfMostHidden<Row>(
  answers: readonly Answer<Row>[],
  sizes: PageSizes,
  keyOf: (row: Row) => number,
): PageSizes | undefined {
  if (sizes.isFixed || sizes.surplus > 0 || !areMostHidden(answers, sizes)) return undefined
  if (!isNextStated(answers) && !isCapDisproved(answers, sizes, keyOf)) return undefined
  return {
    ...sizesUpTo(sizes.most),
    isHeard: sizes.isHeard,
    largest: sizes.largest,
    areMostHidden: true,
  }
}

/**
 * Whether pages amid the list lack at least half of their rows. Those show it that no cap cut short, as they
 * asked for no more rows than another page had, or had fewer than the smallest cap gives. A page that has most
 * of its rows contradicts it. So do two pages of the largest size, since a cap may have cut both: they count
 * as one page that is full. A page without rows may be in a run of hidden ones, and says nothing.
 */
export function areMostHidden(answers: readonly Claims[], sizes: PageSizes): boolean {
  const largest = Math.max(sizes.largest, SMALLEST_CAP)
  const amid = answers.filter(
    ({ at, size, count = 0, hasNext }) =>
      size > 0 && (hasNext === true || count > at.page * at.perPage),
  )
  const capped = amid.filter(({ at, size }) => size === largest && at.perPage > largest)
  const isCapLikely = new Set(capped.map(({ at }) => nameOfPage(at))).size > 1
  let [places, shown, pages] = isCapLikely ? [largest, largest, 0] : [0, 0, 0]
  for (const { at, size } of amid) {
    const isShown = size > at.perPage / 2
    if (at.perPage > largest && size >= SMALLEST_CAP && !isShown) continue
    places += at.perPage
    shown += size
    pages += isShown ? 0 : 1
  }
  const areShown = shown > places / 2
  // If every page had fewer rows than the smallest cap gives, one page is enough.
  const least = sizes.largest < SMALLEST_CAP ? 1 : LEAST_PAGES
  return pages < least ? sizes.areMostHidden && !areShown : !areShown
}

export const isNextStated = (answers: readonly Claims[]): boolean =>
  answers.some(({ hasNext }) => hasNext === true)

/** Whether a page as `pageShowingCap` chooses it has shown now or before that pages are not capped. */
function isCapDisproved<Row>(
  answers: readonly Answer<Row>[],
  { areMostHidden, most }: PageSizes,
  keyOf: (row: Row) => number,
): boolean {
  const keysOf = ({ rows }: Answer<Row>) => rows.map(keyOf).join()
  const isCapped = ({ at, rows }: Answer<Row>, half: Answer<Row>) =>
    half.at.page === at.page && half.at.perPage === most >> 1 && rows.length > 0
  const tests = answers.flatMap(page =>
    page.at.page > 1 && page.at.perPage === most
      ? answers.filter(half => isCapped(page, half)).map(half => keysOf(half) === keysOf(page))
      : [],
  )
  return tests.length > 0 ? !tests.includes(true) : areMostHidden
}

/**
 * A page that shows whether pages are capped if most rows seem to be hidden, and no next page is stated, as
 * then only its length says where a list ends: half as large as one with rows that is not the first, and of
 * the same number. If pages are capped, both have the same rows; else they have none in common.
 */
export function pageShowingCap(pages: readonly Claims[], sizes: PageSizes): PageNumber | undefined {
  if (sizes.isFixed || isNextStated(pages) || !areMostHidden(pages, sizes)) return undefined
  const { most: perPage } = sizes
  const large = pages.filter(({ at }) => at.page > 1 && at.perPage === perPage)
  const [shown] = large.filter(({ size }) => size > 0)
  if (!shown) {
    const next = { page: large.length + 2, perPage }
    return large.length * perPage < (pages.at(-1)?.count ?? 0) - perPage ? next : undefined
  }
  const half = { page: shown.at.page, perPage: perPage >> 1 }
  return pages.some(({ at }) => nameOfPage(at) === nameOfPage(half)) ? undefined : half
}
