import { withoutCountOfPage } from '../pages/list-end.ts'
import { MAX_KEY_DISTANCE } from '../pages/list-order.ts'
import type { Answer, ListPage } from '../pages/list-page.ts'
import type { PageSizes } from '../pages/page-number.ts'
import { LARGEST_PAGE, sizeOf, sizesUpTo, startIndex } from '../pages/page-number.ts'
import { isPlaced, SMALLEST_CAP, sizesOf } from '../pages/page-sizes.ts'
import { FirstPage } from './first-page.ts'
import { NextClaim } from './next-claim.ts'
import { Remembered } from './remembered.ts'

/** Single rows show an order if they are so many places apart: nearer ones may have moved. */
const FAR = 6

/** What was learnt of the lists of one endpoint, as one account sees them. */
export class ListTraits {
  /** Whether keys rise from page to page; undefined until a page with two rows was seen. */
  isRising: boolean | undefined
  /** Whether that was seen from page to page, not only inside of a page. */
  isOrderProven = false
  /** Whether pages that begin with the newest rows list them oldest first, if the order is proven. */
  arePagesTurned: boolean | undefined
  readonly firstPage = new FirstPage()
  readonly nextClaim = new NextClaim(this.firstPage)
  readonly #mostRows: number
  readonly #sizes = new Remembered<PageSizes>()
  readonly #isDense = new Remembered<boolean>()
  readonly #isTurnSure = new Remembered<true>()
  /** Set once an answer stated what no page can have: then lists are counted, not pages. */
  readonly #areListsCounted = new Remembered<true>()
  /** Whether `next_page` was stated of a page, or null though more rows come. */
  readonly #isNextStated = new Remembered<boolean>()

  readonly #mostEmptyPages = new Remembered<number>()
  readonly #similar: ListTraits | undefined

  /**
   * `mostRows` is how many rows may be asked for at once. The lists of a `similar` endpoint are likely to
   * have pages of the same size.
   */
  constructor(mostRows = LARGEST_PAGE, similar?: ListTraits) {
    this.#mostRows = mostRows
    this.#similar = similar
  }

  /** Whether nearly no key is missing among those of a page; undefined until a page has shown it. */
  get isDense(): boolean | undefined {
    return this.#isDense.value
  }

  learnDensity(isDense: boolean): void {
    this.#isDense.learn(isDense)
  }

  /** Whether pages of two sizes have shown the same rows at the same places, as turned pages do. */
  get isTurnSure(): boolean {
    return this.#isTurnSure.value ?? false
  }

  learnTurn(): void {
    this.#isTurnSure.learn(true)
  }

  /** The most pages without rows, amid a list, that one reading has met: all of their rows are hidden. */
  get mostEmptyPages(): number {
    return this.#mostEmptyPages.value ?? 0
  }

  learnEmptyPages(pages: number): void {
    if (pages > this.mostEmptyPages) this.#mostEmptyPages.learn(pages)
  }

  get sizes(): PageSizes {
    return this.#sizes.value ?? this.#assumed
  }

  get #assumed(): PageSizes {
    const sizes = sizesUpTo(this.#mostRows)
    const similar = this.#similar?.sizes
    return similar?.isCapProven && !similar.isFixed ? { ...sizes, cap: similar.cap } : sizes
  }

  /** Takes over what the answers of a reading show. */
  learnSizes(answers: readonly Answer<unknown>[]): PageSizes {
    const learnt = this.sizes
    const sizes = sizesOf(answers, learnt)
    const isNews =
      sizes.cap !== learnt.cap ||
      sizes.largest !== learnt.largest ||
      sizes.isCapProven !== learnt.isCapProven ||
      sizes.isHeard !== learnt.isHeard ||
      sizes.isFixed !== learnt.isFixed ||
      sizes.surplus !== learnt.surplus
    if (!isNews) return learnt
    this.#sizes.learn(sizes)
    return sizes
  }

  /**
   * An answer without the rows that it lists twice, and without a count that may be that of its page:
   * then the next page shows where the list ends. No count is dropped once an answer has stated more
   * rows than its page could have, or fewer than it has.
   */
  believable<Row>(received: Answer<Row>, keyOf: (row: Row) => number): Answer<Row> {
    const answer = onceEach(received, keyOf, sizeOf(received.at.perPage, this.sizes))
    const { at, size, count } = answer
    const isOfPage = count === undefined || (count >= size && count <= Math.max(at.perPage, size))
    if (!isOfPage) this.#areListsCounted.learn(true)
    this.#learnNext(answer)
    return this.#areListsCounted.value ? answer : withoutCountOfPage(answer, this.sizes)
  }

  /** What an answer shows of `next_page`: of a full first page, the stated length contradicts a null. */
  #learnNext({ at, size, count = 0, hasNext }: Answer<unknown>): void {
    if (hasNext === true) this.#isNextStated.learn(true)
    const isFull = at.page === 1 && size >= at.perPage
    const isVain = hasNext === false && isFull && count > size
    if (isVain && this.#isNextStated.value !== true) this.#isNextStated.learn(false)
  }

  /**
   * An answer without a null `next_page` where that is always null. If no length is stated, or one that
   * a capped page leaves open, a null is believed once a page has stated a next one.
   */
  withoutVainNull<Row>(answer: Answer<Row>): Answer<Row> {
    const { at, size, count = Infinity, hasNext } = answer
    const isStated = this.#isNextStated.value
    const mayBeCapped = size >= SMALLEST_CAP && size < at.perPage
    const isOpen =
      size === 0 ? count > (at.page - 1) * at.perPage : mayBeCapped && count > at.page * size
    const isVain = isStated === false || (isStated === undefined && (isOpen || count === Infinity))
    return hasNext === false && isVain ? { ...answer, hasNext: undefined } : answer
  }
}

/**
 * An answer without what is no row of its own: rows that it lists twice, one below the other, and entries
 * that cannot be read, such as a null in front; a count of all of these likewise. They take up places if
 * the page is just full with them: then they are in the list, not on the page alone.
 */
function onceEach<Row>(
  answer: Answer<Row>,
  keyOf: (row: Row) => number,
  places: number,
): Answer<Row> {
  const { size, count } = answer
  const rows = answer.rows.filter((row, at) => {
    const above = answer.rows[at - 1]
    return above === undefined || keyOf(above) !== keyOf(row)
  })
  if (rows.length === size) return answer
  if (isInList(answer, places)) return { ...answer, rows }
  return { ...answer, rows, size: rows.length, count: count === size ? rows.length : count }
}

/** One entry in front of the rows of a page, and one at their end. */
const MOST_BESIDE = 2

/**
 * Whether all entries of a page take up places: it is full, or has nothing but many that cannot be read.
 * The stated length may leave out second rows, so that there is room for these beyond it.
 */
function isInList({ at, rows, size, count = Infinity }: Answer<unknown>, places: number): boolean {
  const left = count - (at.page - 1) * places
  if (rows.length === 0) return left > 0 && (size === places || size > MOST_BESIDE)
  return size === (rows.length < size && left > 0 ? Math.min(places, left) : places)
}

/** Whether keys rise inside of a page: from its first half to its second; undefined if unknown. */
export function risesWithin<Row>(
  { rows }: ListPage<Row>,
  keyOf: (row: Row) => number,
): boolean | undefined {
  let difference = 0
  for (let at = 0; at < rows.length >> 1; at++) {
    const [one, other] = [rows[at], rows[rows.length - 1 - at]]
    if (one !== undefined && other !== undefined) difference += keyOf(other) - keyOf(one)
  }
  return difference === 0 ? undefined : difference > 0
}

interface PagesApart<Row> {
  readonly first: Answer<Row>
  readonly second: Answer<Row>
  readonly placesBetween: number
}

/**
 * Two pages of a list by their places, the earlier one first. Undefined if they share places or rows,
 * or if the list changed its length in between, as then rows may have moved.
 */
function apart<Row>(
  one: Answer<Row>,
  other: Answer<Row>,
  sizes: PageSizes,
): PagesApart<Row> | undefined {
  const areAlike = one.at.perPage === other.at.perPage
  const arePlaced = areAlike || [one, other].every(page => isPlaced(page, sizes))
  if (one.count !== other.count || !arePlaced || one.size === 0 || other.size === 0)
    return undefined
  const [first, second] =
    startIndex(one.at, sizes) < startIndex(other.at, sizes) ? [one, other] : [other, one]
  const distance = startIndex(second.at, sizes) - startIndex(first.at, sizes)
  const isOneRow = first.size === 1 || second.size === 1
  const places = areAlike ? 1 : placesOf(first, sizes)
  return distance < Math.max(places, isOneRow ? FAR : 0)
    ? undefined
    : { first, second, placesBetween: distance - first.size }
}

/** How many places a page has at most: it is capped, or some of its rows are hidden. */
const placesOf = ({ at, size }: Answer<unknown>, sizes: PageSizes): number =>
  sizes.isFixed || sizes.isCapProven ? sizeOf(at.perPage, sizes) : Math.max(at.perPage, size)

/** Of rows of one second, so many may stand on the page before the one that their keys belong to. */
const MAX_ASTRAY = 2
/** Pages so many places apart have no rows of one second, nor do rows move so far between two calls. */
const FAR_APART = 10

/**
 * Whether keys rise from one page to another that starts after it: 'neither' if more of their rows
 * are mixed than rows of one second may be. Undefined if unknown.
 */
export function risesBetween<Row>(
  one: Answer<Row>,
  other: Answer<Row>,
  sizes: PageSizes,
  keyOf: (row: Row) => number,
): boolean | 'neither' | undefined {
  const pages = apart(one, other, sizes)
  if (!pages) return undefined
  const { first, second, placesBetween } = pages
  const [earlier, later] = [first.rows.map(keyOf), second.rows.map(keyOf)]
  const [isRising, astray] = [astrayIn(earlier, later), astrayIn(later, earlier)]
  // Rows of one key, or none that can be read, follow each other either way.
  if (isRising.length === 0 && astray.length === 0) return undefined
  if (isRising.length === 0) return true
  if (astray.length === 0) return false
  const fewer = isRising.length < astray.length ? isRising : astray
  const isFar = Math.max(...fewer) - Math.min(...fewer) > MAX_KEY_DISTANCE
  const areMany = fewer.length > 2 * MAX_ASTRAY || isFar || placesBetween > FAR_APART
  return areMany && !earlier.some(key => later.includes(key)) ? 'neither' : undefined
}

/** The keys of both pages that are on the wrong one, if keys of the first page are the lower ones. */
function astrayIn(lower: readonly number[], higher: readonly number[]): readonly number[] {
  const [highest, lowest] = [Math.max(...lower), Math.min(...higher)]
  return [...lower.filter(key => key > lowest), ...higher.filter(key => key < highest)]
}
