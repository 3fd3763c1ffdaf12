import type { Answer } from './list-page.ts'
import type { PageSizes } from './page-number.ts'
import { nameOfPage, sizesUpTo } from './page-number.ts'

/**
 * Of a full page of so many rows, one would be hidden if any were. If no length is stated, many in a row
 * may be hidden elsewhere.
 */
const LEAST_TELLING = 10

/** A share of a page: of fewer rows, more are missing than are hidden here and there. */
export const MOST_SHOWN = 0.75

/** No upstream is known to give fewer rows; fewer are the rest of a list, or what rights leave. */
export const SMALLEST_CAP = 7

/**
 * The page sizes that answers show. A page that is too short although the list goes on is capped, or
 * lacks rows that the account may not see. Which of the two it is does not matter: pages of the
 * largest size that was seen are cut short by no cap, so that their places are certain.
 */
export function sizesOf(received: readonly Answer<unknown>[], known: PageSizes): PageSizes {
  const learnt = withSurplus(received, known)
  const answers = withoutSurplus(received, learnt)
  const largest = Math.max(learnt.largest, ...answers.map(({ size }) => size))
  const isHeard = learnt.isHeard || answers.some(answer => isHeardBy(answer, answers, largest))
  if (areFixed(answers, largest, isHeard)) {
    // A whole list on one page does not show how many rows longer lists have on theirs.
    const isShown = answers.some(each => each.size === largest && goesOn(each, answers))
    const cap = isShown || learnt.cap === largest ? largest : Math.max(learnt.most, largest)
    return { ...learnt, cap, isFixed: true, isHeard: false, largest, isCapProven: true }
  }
  const cut = answers.filter(answer => isCutShort(answer, answers, largest))
  if (cut.length === 0 && largest > learnt.cap)
    return { ...sizesUpTo(learnt.most), isHeard, largest, surplus: learnt.surplus }
  const cap = cut.length > 0 ? Math.max(largest, SMALLEST_CAP) : learnt.cap
  return { ...learnt, cap, isHeard, largest, isCapProven: isCapProven(answers, cap, learnt) }
}

/**
 * If pages seemed to have a fixed size, and one has more rows, as many more than another page had,
 * nothing was right that was learnt.
 */
function withSurplus(answers: readonly Answer<unknown>[], learnt: PageSizes): PageSizes {
  // Sizes that are rounded may exceed what was asked for by the same number twice, by chance.
  const isChance = answers.some(({ at, size }) => size > at.perPage + learnt.surplus)
  if (learnt.surplus > 0) return isChance ? sizesUpTo(learnt.most) : learnt
  const page = answers.find(answer => exceedsFixedSize(answer, learnt))
  if (!page) return learnt
  const { at, size } = page
  const surplus = size - at.perPage
  const isSame = answers.some(
    other => other.at.perPage !== at.perPage && other.size - other.at.perPage === surplus,
  )
  return isSame ? { ...sizesUpTo(learnt.most), surplus } : learnt
}

/**
 * Answers as if they had no rows of the next page. These rows are shown all the same, as a page is one
 * moment of the list; but they take up no places.
 */
export const withoutSurplus = <Row>(
  answers: readonly Answer<Row>[],
  { surplus }: PageSizes,
): readonly Answer<Row>[] =>
  surplus === 0
    ? answers
    : answers.map(answer => ({ ...answer, size: sizeWithout(surplus, answer) }))

function sizeWithout(surplus: number, { at, size, hasNext }: Answer<unknown>): number {
  if (size >= at.perPage || hasNext !== true) return Math.min(size, at.perPage)
  return Math.max(0, size - surplus)
}

/**
 * Whether a page has as many rows as were asked for because they were asked for. A last page may have
 * as many by chance, unless a page before it is the last one of larger pages.
 */
function isHeardBy(
  { at, size, hasNext }: Answer<unknown>,
  answers: readonly Answer<unknown>[],
  largest: number,
): boolean {
  if (size !== at.perPage || size >= largest) return false
  const isAfterLast = answers.some(
    other =>
      other.hasNext === false && other.size > 0 && other.size < size && other.at.page < at.page,
  )
  return hasNext !== false || isAfterLast
}

/**
 * Whether every page has as many rows as the largest one, whatever is asked for: one had more rows than
 * were asked for; or, if none is known to have had fewer amid the list, one is elsewhere than it was
 * asked for.
 */
function areFixed(answers: readonly Answer<unknown>[], largest: number, isHeard: boolean): boolean {
  if (answers.some(({ at, size }) => size > at.perPage)) return true
  if (isHeard) return false
  const isShortAmid = answers.some(
    answer =>
      answer.size < largest &&
      (answer.at.page === 1 || goesOnIfFixed(answer, largest) || isFollowed(answer, answers)),
  )
  return !isShortAmid && answers.some(each => isElsewhere(each, answers, largest))
}

/** Whether more rows are said to come after a page, if every page had as many as the largest one. */
const goesOnIfFixed = ({ at, count = 0, hasNext }: Answer<unknown>, largest: number): boolean =>
  hasNext ?? at.page * largest < count

/**
 * Whether a page has more rows than were asked for, though pages were believed to have just so many. Then
 * each may have rows of the next one, too, and no place is certain. A page with a whole list says nothing.
 */
export const exceedsFixedSize = (
  { at, size, count = size, hasNext }: Answer<unknown>,
  { isFixed, cap, largest }: PageSizes,
): boolean =>
  isFixed &&
  cap === largest &&
  at.perPage === cap &&
  size > cap &&
  (hasNext === true || count > size)

/**
 * Whether a page may be the last one, or is empty, which fits the list only if the pages before it had
 * as many rows as the largest one.
 */
function isElsewhere(
  { at, size, count, hasNext }: Answer<unknown>,
  answers: readonly Answer<unknown>[],
  largest: number,
): boolean {
  if (hasNext === true || at.perPage >= largest) return false
  const start = (at.page - 1) * at.perPage
  const startIfFixed = (at.page - 1) * largest
  if (size > 0) {
    const isLastIfFixed = start + size < (count ?? 0) && startIfFixed + size === count
    return (
      isLastIfFixed && size !== at.perPage && (hasNext === false || isFarShort(answers, largest))
    )
  }
  const ends = answers.map(page =>
    page.count === count && page.at.perPage >= largest && page.size > 0
      ? (page.at.page - 1) * largest + page.size
      : 0,
  )
  const seen = Math.max(...ends)
  return startIfFixed >= (count ?? seen) && seen > start
}

/** Whether the largest page was so short that rows hidden here and there do not explain it. */
const isFarShort = (answers: readonly Answer<unknown>[], largest: number): boolean =>
  answers.some(({ at, size }) => size === largest && size <= MOST_SHOWN * at.perPage)

/** Two pages of the same size amid the list are capped, unless smaller ones are short, too. */
function isCapProven(answers: readonly Answer<unknown>[], cap: number, learnt: PageSizes): boolean {
  const areHidden = answers.some(
    ({ at, size, hasNext }) => size < at.perPage && at.perPage <= cap && hasNext === true,
  )
  if (areHidden || answers.some(answer => endsUncapped(answer, cap))) return false
  const isFull = ({ at, count }: Answer<unknown>) =>
    at.perPage === cap && cap >= LEAST_TELLING && count !== undefined
  const pages = answers.filter(each => each.size === cap && (each.at.perPage > cap || isFull(each)))
  const isCut = pages.some(({ at, hasNext }) => at.perPage > cap && hasNext !== false)
  const isAgain = isCut && new Set(pages.map(({ at }) => nameOfPage(at))).size > 1
  return isAgain || (learnt.isCapProven && learnt.cap === cap)
}

/** Whether the list's last page is where the stated length has it if pages before it were not capped. */
const endsUncapped = ({ at, size, count, hasNext }: Answer<unknown>, cap: number): boolean =>
  at.page > 1 &&
  at.perPage > cap &&
  size > 0 &&
  hasNext === false &&
  (at.page - 1) * at.perPage + size === count

const isCutShort = (
  answer: Answer<unknown>,
  answers: readonly Answer<unknown>[],
  largest: number,
): boolean =>
  answer.size > 0 &&
  (goesOn(answer, answers) || isAfterCapped(answer, largest)) &&
  answer.at.perPage > Math.max(largest, SMALLEST_CAP)

/** Whether the list's last page is where the stated length has it only if pages before it were capped. */
const isAfterCapped = (
  { at, size, count = 0, hasNext }: Answer<unknown>,
  largest: number,
): boolean => {
  const before = at.page - 1
  if (before === 0 || hasNext !== false || before * at.perPage >= count) return false
  return before * largest + size === count
}

/** Whether more rows come after a page, as it says, or as another page shows. */
function goesOn(answer: Answer<unknown>, answers: readonly Answer<unknown>[]): boolean {
  const { at, size, count = 0, hasNext } = answer
  const isCounted = (at.page - 1) * at.perPage + size < count
  return isFollowed(answer, answers) || (hasNext ?? isCounted)
}

const isFollowed = ({ at }: Answer<unknown>, answers: readonly Answer<unknown>[]): boolean =>
  answers.some(
    other => other.at.perPage === at.perPage && other.at.page > at.page && other.size > 0,
  )
