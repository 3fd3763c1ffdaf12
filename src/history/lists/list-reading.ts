import type { PlaceHint } from '../cursor.ts'
import { withoutPagesElsewhere } from '../pages/list-belief.ts'
import {
  areApart,
  areOneList,
  areOnOnePage,
  isElsewhere,
  pagesProvingTurn,
} from '../pages/list-order.ts'
import {
  type Answer,
  type ListView,
  placePages,
  type ReadPage,
  type Seen,
} from '../pages/list-page.ts'
import { hasMiddleOf, nameOfPage, type PageNumber, type PageSizes } from '../pages/page-number.ts'
import { KnownIntervals } from '../proofs/known-intervals.ts'
import { OrderEvidence, pagesBetween } from '../proofs/order-evidence.ts'
import { isDense, lengthOf } from '../steps/list-estimate.ts'
import type { Known } from '../steps/list-step.ts'
import type { ListTraits } from '../traits/list-traits.ts'
import { withoutVainNext } from '../traits/next-claim.ts'
import type { NumberedListSource } from './numbered-list-source.ts'

const FIRST_ROW = { page: 1, perPage: 1 }
/** So many rows show how many keys are missing. */
const TELLING = 10

interface PageUnderWay {
  readonly at: PageNumber
  readonly reading: Promise<void>
}

/**
 * The pages of a list that one request has read, and what follows from them. Its only state is
 * the answers and the assumed order of the list; all else is derived from them anew.
 */
export class ListReading<Row> {
  readonly source: NumberedListSource<Row>
  readonly #traits: ListTraits
  readonly #received: Answer<Row>[] = []
  #answers: readonly Answer<Row>[] = []
  readonly #landmarks = new Map<number, Promise<Seen<Row> | undefined>>()
  #underWay: readonly PageUnderWay[] = []
  readonly #order: OrderEvidence<Row>
  #proofs: readonly PageNumber[] = []
  #proofsOfOrder = 0
  #sizes: PageSizes
  #pages: readonly ReadPage<Row>[] = []
  #known: Known<Row> | undefined
  #isAnyReadAgain = false

  constructor(source: NumberedListSource<Row>, traits: ListTraits) {
    this.source = source
    this.#traits = traits
    this.#sizes = traits.sizes
    this.#order = new OrderEvidence(source.keyOf, traits)
  }

  /** Whether keys rise with the index. If they fall, all keys are negated inside: they rise then. */
  get isRising(): boolean {
    return this.#order.isRising
  }

  get isOrderKnown(): boolean {
    return this.#order.isKnown
  }

  get pages(): readonly ReadPage<Row>[] {
    return this.#pages
  }

  get sizes(): PageSizes {
    return this.#sizes
  }

  /** Whether a page has shown rows in no order by key, and the list was not seen whole. */
  get isUnordered(): boolean {
    const areContradictory =
      this.#order.isContradicted || (this.#order.arePagesTurned && areApart(this.#pages))
    const isOdd =
      areContradictory ||
      (!this.isOrderDoubtful && this.known.intervals.isContradicted) ||
      this.#pages.some(page => page.isUnordered)
    return isOdd && !this.isWhole
  }

  /** Whether the list is in no order by key, and was sorted here, as one page showed all of it. */
  get wasSorted(): boolean {
    return this.isWhole && this.#pages.some(page => page.isUnordered)
  }

  /** Whether pages may be joined by reading them again, so that it matters when each was asked for. */
  get isReadInTurn(): boolean {
    return this.#sizes.isFixed || this.#isAnyReadAgain
  }

  /** Whether one page showed the whole list. */
  get isWhole(): boolean {
    return this.#pages.some(({ isFirst, isLast }) => isFirst && isLast)
  }

  get known(): Known<Row> {
    this.#known ??= {
      pages: this.#pages,
      intervals: new KnownIntervals(this.#pages, !this.isRising),
      sizes: this.#sizes,
      formerLength: this.source.memory?.length,
      growsAtStart: !this.isRising,
      isOrderDoubtful: this.isOrderDoubtful,
      isLong: this.source.isLong ?? false,
    }
    return this.#known
  }

  /** The list's length, if pages show or state it. */
  get length(): number | undefined {
    const { high, rows } = this.known.intervals.at(-Infinity) ?? {}
    return high === Infinity ? rows?.length : lengthOf(this.known)
  }

  /** Whether pages that list their rows the other way round show a row elsewhere than a cursor. */
  contradicts(hint: PlaceHint, key: number): boolean {
    if (!hint.isSure || hint.isRising !== this.isRising || !this.#order.arePagesTurned) return false
    const spot = { ...hint, key: this.toInner(key) }
    return this.#pages.some(page => isElsewhere(spot, page))
  }

  rowOf(key: number): Seen<Row> | undefined {
    const inner = this.toInner(key)
    if (!this.isUnordered) {
      return this.known.intervals.at(inner)?.rows.find(row => row.key === inner)
    }
    return this.#pages.flatMap(({ rows }) => rows).findLast(row => row.key === inner)
  }

  /** Whether it is known if the key has a row. */
  isProven(key: number): boolean {
    return this.known.intervals.at(this.toInner(key)) !== undefined
  }

  toInner(key: number): number {
    return this.isRising ? key : -key
  }

  /** Takes over the order that a cursor remembers, as long as nothing better is known. */
  assumeOrder(isRising: boolean): void {
    if (this.#order.assume(isRising)) this.#known = undefined
  }

  /** Reads pages side by side; a page under way that shows most of the same rows may be enough. */
  async readAll(chosen: readonly PageNumber[]): Promise<void> {
    await Promise.all(this.start(chosen))
  }

  start(chosen: readonly PageNumber[]): readonly Promise<void>[] {
    const sizes = this.#sizes
    const shared = chosen.map(at => this.#underWay.find(other => hasMiddleOf(other.at, at, sizes)))
    return chosen.map((at, index) => shared[index]?.reading ?? this.#read(at))
  }

  /** The first row of a day, in its place: it shows where to look. Asked for once. */
  landmarkOf(day: number): Promise<Seen<Row> | undefined> {
    const landmark = this.#landmarks.get(day) ?? this.#readLandmark(day)
    this.#landmarks.set(day, landmark)
    return landmark
  }

  async #readLandmark(day: number): Promise<Seen<Row> | undefined> {
    const length = lengthOf(this.known)
    if (length === undefined) return undefined
    const answer = await this.source.days?.fetchFirstOn(day, this.isRising)
    if (!answer) return undefined
    const { count } = this.#traits.believable({ ...answer, at: FIRST_ROW }, this.source.keyOf)
    if (!count || count >= length) return undefined
    // The two lengths were stated at two moments, so neither end of the list is proven by them.
    const at = { page: length - count + 1, perPage: 1 }
    this.add({ at, rows: answer.rows, size: answer.size, count: length, hasNext: true })
    return this.#pages.at(-1)?.rows[0]
  }

  /** Resolves once no page is under way any more. */
  async settled(): Promise<void> {
    await Promise.all(this.#underWay.map(({ reading }) => reading))
  }

  /** Whether keys may fall from page to page though they rise inside of pages, or the reverse. */
  get isOrderDoubtful(): boolean {
    return this.#order.isDoubtful && !areOnOnePage(this.#pages)
  }

  /**
   * Pages that show whether keys rise from page to page, if only the inside of a page is known. One row
   * of the list's other end is enough, unless it is hidden, or the page that was read has no sure place.
   */
  pagesProvingOrder(): readonly PageNumber[] {
    const isUnderWay = ({ at }: PageUnderWay) => this.#proofs.includes(at)
    if (!this.#underWay.some(isUnderWay)) this.#proofs = this.#nextProofs()
    return this.#proofs
  }

  #nextProofs(): readonly PageNumber[] {
    const latest = this.#pages.at(-1)
    if (!latest) return []
    if (this.isOrderDoubtful) return pagesBetween(latest, this.#sizes, this.#proofsOfOrder++)
    const isOpen = this.#order.arePagesTurned && !this.#traits.isTurnSure && !this.isWhole
    return isOpen ? pagesProvingTurn(this.#pages, this.#sizes) : []
  }

  #read(at: PageNumber): Promise<void> {
    const reading = this.#fetch(at).finally(() => {
      this.#underWay = this.#underWay.filter(each => each.reading !== reading)
    })
    this.#underWay = [...this.#underWay, { at, reading }]
    return reading
  }

  async #fetch(at: PageNumber): Promise<void> {
    this.#isAnyReadAgain ||= this.#answers.some(each => nameOfPage(each.at) === nameOfPage(at))
    const askedAfter = this.source.isAskedAhead && !this.isReadInTurn ? 0 : this.#answers.length
    const { isRenumbered, ...page } = await this.#traits.firstPage.fetch(at, this.source)
    if (isRenumbered) this.#received.length = 0
    const answer = this.#traits.believable({ ...page, askedAfter }, this.source.keyOf)
    await this.#traits.proveNext(answer, this.#answers, this.source)
    this.add(answer)
  }

  /** Adds what an answer shows. */
  add(answer: Answer<Row>): void {
    this.#received.push(answer)
    const stated = this.#received.map(each => withoutVainNext(each, this.#traits.nextClaim))
    this.#answers = withoutPagesElsewhere(stated, this.#view)
    this.#sizes = this.#traits.learnSparseSizes(this.#answers, this.source.keyOf)
    this.#order.learn(this.#answers.at(-1) ?? answer, this.#sizes)
    // Each answer can change what the others mean.
    this.#pages = placePages(this.#answers, this.#view)
    this.#known = undefined
    this.#traits.learnEmptyPages(this.#pages.filter(page => page.size === 0 && !page.isLast).length)
    if (this.#order.arePagesTurned && areOneList(this.#pages)) this.#traits.learnTurn()
    const page = this.#pages.at(-1)
    if (page && !page.isUnordered) this.source.learn?.(page, this.isRising)
    if (page && page.rows.length >= TELLING) this.#traits.learnDensity(isDense(page))
    if (this.source.memory) this.source.memory.length = lengthOf(this.known)
  }

  get #view(): ListView<Row> {
    return { keyOf: this.source.keyOf, isRising: this.isRising, sizes: this.#sizes }
  }
}
