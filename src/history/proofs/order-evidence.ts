import { MAX_KEY_DISTANCE } from '../pages/list-order.ts'
import type { Answer, ListPage, ReadPage } from '../pages/list-page.ts'
import type { PageNumber, PageSizes } from '../pages/page-number.ts'
import { sizeOf, startIndex } from '../pages/page-number.ts'
import { isPlaced } from '../pages/page-places.ts'
import type { ListTraits } from '../traits/list-traits.ts'

/** Single rows show an order if they are so many places apart: nearer ones may have moved. */
const FAR = 6

/**
 * Whether keys rise or fall through a list, as the pages of one reading show. The order from page to
 * page and the order inside of pages are two facts: pages may begin with the newest rows, and each
 * list its own rows oldest first. Most often one page is all that was read; then a list whose rows
 * fall inside of it is believed, as that is how the upstream lists records.
 */
export class OrderEvidence<Row> {
  /** Whether keys rise with the place, as far as is known. */
  isRising: boolean
  /** Whether pages contradict each other, so that the list is in no order. */
  isContradicted = false
  readonly #keyOf: (row: Row) => number
  readonly #traits: ListTraits
  readonly #answers: Answer<Row>[] = []
  #isAssumed = false
  #within: boolean | undefined
  #between: boolean | undefined
  #isWithinClear = false
  #isBetweenClear = false

  constructor(keyOf: (row: Row) => number, traits: ListTraits) {
    this.#keyOf = keyOf
    this.#traits = traits
    this.isRising = traits.isRising ?? false
  }

  /** Takes over what a cursor remembers, as long as nothing better is known. Says whether it did. */
  assume(isRising: boolean): boolean {
    if (this.#traits.isRising !== undefined || this.#answers.length > 0) return false
    this.isRising = isRising
    this.#isAssumed = true
    return true
  }

  /** Whether a page or a cursor has shown the order. */
  get isKnown(): boolean {
    return this.#traits.isRising !== undefined || this.#isAssumed
  }

  /** Whether pages may follow each other the other way round than is assumed. */
  get isDoubtful(): boolean {
    if (this.#traits.isOrderProven) return false
    const shown = [this.#within, this.#between]
    return !this.isKnown || this.isRising || shown.includes(!this.isRising)
  }

  /** Whether pages list their rows the other way round than they follow each other. */
  get arePagesTurned(): boolean {
    return this.#isWithinClear && this.#within === !this.isRising
  }

  learn(answer: Answer<Row>, sizes: PageSizes): void {
    this.#learnWithin(answer)
    for (const other of this.#answers) this.#learnBetween(other, answer, sizes)
    this.#answers.push(answer)
    if (this.#isBetweenClear) this.#prove(this.#between)
    else if (!this.#traits.isOrderProven && !this.#isAssumed) this.#believe(this.#within)
    else this.isContradicted ||= this.#traits.isOrderProven && this.#between === !this.isRising
  }

  #prove(isRising = this.isRising): void {
    this.isRising = isRising
    if (this.#within !== undefined) this.#learnTurn(this.arePagesTurned)
    this.#traits.isRising = isRising
    this.#traits.isOrderProven = true
  }

  /** An upstream may list the other way round from now on, but not turn its pages. */
  #learnTurn(arePagesTurned: boolean): void {
    const { arePagesTurned: wereTurned = arePagesTurned } = this.#traits
    this.isContradicted ||= arePagesTurned !== wereTurned
    this.#traits.arePagesTurned = arePagesTurned
  }

  #believe(isRising: boolean | undefined): void {
    if (isRising === undefined) return
    this.isRising = isRising
    if (this.#isWithinClear) this.#traits.isRising = isRising
  }

  #learnWithin(answer: Answer<Row>): void {
    const within = risesWithin(answer, this.#keyOf)
    if (this.#isClear(answer)) {
      this.isContradicted ||= within === !(this.#within ?? within) && this.#isWithinClear
      this.#isWithinClear = true
      this.#within = within
    }
    this.#within ??= within
  }

  /**
   * If pages that begin with the newest rows list them oldest first, both pages must show that: one
   * row may be astray. The reverse is not known of any upstream.
   */
  #learnBetween(one: Answer<Row>, other: Answer<Row>, sizes: PageSizes): void {
    const between = risesBetween(one, other, sizes, this.#keyOf)
    this.isContradicted ||= between === 'neither'
    if (between === undefined || between === 'neither') return
    this.isContradicted ||= between === !(this.#between ?? between)
    this.#between = between
    const pages = [one, other]
    const within = pages.map(page => risesWithin(page, this.#keyOf))
    const areClear = pages.every(page => this.#isClear(page))
    this.isContradicted ||= between && areClear && !within.includes(true)
    const areTurned = !between && areClear && !within.includes(false)
    this.#isBetweenClear ||= areTurned || !within.includes(!between)
  }

  /** Whether a page shows an order even if rows of one second change places. */
  #isClear({ rows }: Answer<Row>): boolean {
    const keys = rows.map(this.#keyOf)
    return keys.length > 3 || Math.max(...keys) - Math.min(...keys) > MAX_KEY_DISTANCE
  }
}

/** Whether keys rise inside of a page: from its first half to its second; undefined if unknown. */
function risesWithin<Row>(
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
function risesBetween<Row>(
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

/** If so many times pages of the list's other end have shown nothing, the rows that were seen may be all. */
const MOST_PROOFS = 5

/**
 * Pages that show whether keys rise from page to page, if one page was read: a row of the list's other end,
 * then larger pages of both ends. `earlier` is how many times such pages were asked for in vain.
 */
export function pagesBetween(
  { count, at, start, size }: ReadPage<unknown>,
  { cap, isFixed }: PageSizes,
  earlier: number,
): readonly PageNumber[] {
  if (earlier >= MOST_PROOFS) return []
  if (count === undefined || count <= size || isFixed) {
    const next = { perPage: isFixed ? cap : at.perPage, page: start > 0 ? 1 : at.page + 1 }
    return [earlier === 0 ? next : { perPage: cap, page: 2 - (earlier % 2) }]
  }
  const perPage = Math.min(cap, 4 ** earlier)
  const first = { page: 1, perPage }
  if (earlier === 0) return [start > 0 ? first : { page: count, perPage }]
  return [first, { page: Math.max(2, Math.ceil(count / perPage / 2)), perPage }]
}
