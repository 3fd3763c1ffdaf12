import type { Answer } from './list-page.ts'
import type { PageNumber, PageSizes } from './page-number.ts'
import { nameOfPage, sizeOf, sizesUpTo, startIndex } from './page-number.ts'
import { isOfOtherSize, isPlaced, startOf } from './page-places.ts'

/** What the other pages of a reading say of the list's end. */
export interface OtherPages {
  /** The pages that were empty, with nothing said to come after them. */
  readonly empty: readonly EmptyPage[]
  /** How many pages had been read before each other empty page, by its name: their rows are hidden. */
  readonly hidden: ReadonlyMap<string, number>
  /** Whether such a page was empty although the stated length has rows there. */
  readonly isCountOverstated: boolean
  /** Whether a page had more rows than the stated length leaves for it. */
  readonly isCountUnderstated: boolean
  /** Whether a full page with which the stated length is reached is the last one, if nothing else is said. */
  readonly isCountEnough: boolean
  /** Whether a page had rows. */
  readonly isAnyShown: boolean
  /** Whether the row at the last place of the stated length was asked for alone, and is not shown. */
  readonly isLastRowHidden: boolean
  /** The stated lengths of which the last place is on an empty page. */
  readonly overstated: ReadonlySet<number>
  /** The names of the empty pages of which no other page of that size shows where they are. */
  readonly open: ReadonlySet<string>
  readonly sizes: PageSizes
  /** The sizes that pages have if short ones are not capped, but lack hidden rows. */
  readonly sizesIfHidden: PageSizes
}

export interface EmptyPage {
  readonly name: string
  /** Its first place if pages have as many rows as are asked for: short ones lack hidden rows. */
  readonly startIfHidden: number
  /** Its first place if no page has more rows than the largest one so far. */
  readonly startIfCapped: number
  readonly count: number | undefined
  /** How many pages had been read before it. */
  readonly order: number
}

const NONE: ReadonlySet<never> = new Set()

/** `isCountEnough`: see `OtherPages`. */
export function whatOthersProve(
  answers: readonly Answer<unknown>[],
  sizes: PageSizes,
  isCountEnough = false,
): OtherPages {
  const sizesIfHidden = sizes.isFixed ? sizes : sizesUpTo(sizes.most)
  const empty: EmptyPage[] = []
  const hidden = new Map<string, number>()
  const isAnyEmpty = answers.some(({ size }) => size === 0)
  // If most rows are hidden, so may be those with the last places.
  const mayBeOverstated = isAnyEmpty && !sizes.areMostHidden
  const overstated = mayBeOverstated ? overstatedCounts(answers, sizes) : NONE
  const openEnds =
    isCountEnough || !isAnyEmpty ? [] : answers.filter(each => isOpenEnd(each, answers, sizes))
  const open = openEnds.length > 0 ? new Set(openEnds.map(({ at }) => nameOfPage(at))) : NONE
  let isCountOverstated = false
  for (const [order, answer] of isAnyEmpty ? answers.entries() : []) {
    if (answer.size > 0) continue
    const start = startOf(answer, sizes)
    const later = answers.slice(order + 1)
    const hasGrown = later.some(({ at, size }) => size > 0 && startIndex(at, sizes) + size > start)
    const { at, count } = answer
    const isBeyond = isEmptyBeyond(answer, sizes, { overstated, open })
    if (!isBeyond) hidden.set(nameOfPage(at), order)
    if (hasGrown || !isBeyond || !isPlacedIfFixed(answer, sizes)) continue
    if (isFarIfFixed(answer, answers, sizes) || isDisproved(answer, start, answers, sizes)) continue
    empty.push({
      name: nameOfPage(at),
      startIfHidden: startIndex(at, sizesIfHidden),
      startIfCapped: startIfCapped(at, sizes.largest),
      count,
      order,
    })
    isCountOverstated ||= count !== undefined && count > startIndex(at, sizesIfHidden)
  }
  const isCountUnderstated = answers.some(({ at, size, count = Infinity, hasNext }) => {
    const start = startIndex(at, sizes)
    const isBelievable =
      at.page === 1 || hasNext === true || start < count || size > sizeOfLast(count, at.perPage)
    return size > 0 && isBelievable && count < start + size
  })
  const isAnyShown = answers.some(({ size }) => size > 0)
  return {
    empty,
    hidden,
    isAnyShown,
    isLastRowHidden: isAnyEmpty && answers.some(isLastRowAlone),
    isCountOverstated,
    isCountUnderstated,
    isCountEnough,
    overstated,
    open,
    sizes,
    sizesIfHidden,
  }
}

const isLastRowAlone = ({ at, size, count }: Answer<unknown>): boolean =>
  size === 0 && at.perPage === 1 && at.page === count

/** Where sizes are fixed, an answer of another size shows no end, as it may be anywhere. */
export const isPlacedIfFixed = (answer: Answer<unknown>, sizes: PageSizes): boolean =>
  !isOfOtherSize(answer, sizes) || isPlaced(answer, sizes)

/** Whether a page of a list as long has rows in the place of an empty page: then that is elsewhere. */
const isDisproved = (
  { count }: Answer<unknown>,
  start: number,
  answers: readonly Answer<unknown>[],
  sizes: PageSizes,
): boolean =>
  count !== undefined &&
  answers.some(
    answer =>
      answer.size > 0 &&
      answer.count === count &&
      isPlaced(answer, sizes) &&
      startIndex(answer.at, sizes) + answer.size > start,
  )

/**
 * Whether an empty page is far beyond the stated length if the upstream does not hear `per_page`, and
 * no page shows that it does.
 */
function isFarIfFixed(
  { at, count }: Answer<unknown>,
  answers: readonly Answer<unknown>[],
  { largest, isFixed }: PageSizes,
): boolean {
  if (isFixed || count === undefined || at.perPage >= largest) return false
  // A page with rows that would be beyond the end, too, if `per_page` were not heard, shows that it is.
  const isHeard = answers.some(
    ({ at, size }) =>
      size < largest && (size === at.perPage || (size > 0 && (at.page - 1) * largest >= count)),
  )
  return !isHeard && (at.page - 1) * largest >= count
}

/** How many rows the last page of a list has, which some upstreams repeat beyond the end. */
const sizeOfLast = (count: number, perPage: number): number => ((count - 1) % perPage) + 1

export const startIfCapped = ({ page, perPage }: PageNumber, largest: number) =>
  (page - 1) * Math.min(perPage, largest)

/**
 * An empty page amid the list has rows that are hidden: both claims say that more rows come, or the only
 * one that is made. If its place is not certain, the stated length says so of the first place that it can have.
 */
export function isEmptyBeyond(
  answer: Answer<unknown>,
  sizes: PageSizes,
  { overstated, open }: Pick<OtherPages, 'overstated' | 'open'>,
): boolean {
  const { at, size, count, hasNext } = answer
  if (size > 0 || open.has(nameOfPage(at))) return false
  if (count === undefined) return hasNext !== true
  const start = isPlaced(answer, sizes) ? startIndex(at, sizes) : startIfCapped(at, sizes.largest)
  if (count <= start || hasNext === false) return true
  // Where no next page is ever stated, a page with the last places of that length shows whether it is wrong.
  return hasNext === undefined && (count <= startOf(answer, sizes) || overstated.has(count))
}

/**
 * The stated lengths of which the last place is on an empty page, wherever that is: pages may be capped,
 * or have a fixed size.
 */
const overstatedCounts = (answers: readonly Answer<unknown>[], sizes: PageSizes) =>
  new Set(
    answers.flatMap(answer => {
      const { at, size, count = 0 } = answer
      const start = startIndex(at, sizes)
      const hasLast = start < count && count <= start + sizeOf(at.perPage, sizes)
      const isThere = isPlaced(answer, sizes) && !isFarIfFixed(answer, answers, sizes)
      return size === 0 && hasLast && isThere ? [count] : []
    }),
  )

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
