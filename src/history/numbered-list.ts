import { JOINED_CAP, joinedPages, SMALLEST_USEFUL_CAP } from './joined-pages.ts'
import type { ListPage, ListTraits, ReadPage, Seen } from './list-page.ts'
import { placePage } from './list-page.ts'
import type { PlaceHint, Wanted } from './list-place.ts'
import { choosePages } from './list-place.ts'
import type { PageNumber } from './page-window.ts'
import { startIndex } from './page-window.ts'
import type { Segment, Towards } from './sightings.ts'
import { Sightings } from './sightings.ts'

/** A list that can only be read by page number, and what the rows' order is told by. */
export interface NumberedListSource<Row> {
  fetchPage(at: PageNumber): Promise<ListPage<Row>>
  /** A whole number that rises or falls through the list: csId, or the second of a message. */
  keyOf(row: Row): number
  /** Whether a key names one row alone. Seconds do not: a page's edge may cut one in two. */
  readonly hasUniqueKeys: boolean
  /** Told of every page with its place, in the list's own order. */
  learn?(rows: readonly Seen<Row>[], rising: boolean): void
}

/** The rows wanted: the first `limit` from the key `from` (inclusive) on. */
export interface SliceRequest {
  readonly from: number
  readonly towards: Towards
  /** The last key that is wanted (inclusive). */
  readonly to: number
  readonly limit: number
  readonly hint?: PlaceHint | undefined
}

/** Pages that one wish may take before the list is given up as moving too fast. */
const MAX_ROUNDS = 24
/** The most pages of a list in no order by key that are read to sort it. */
const MAX_WHOLE_PAGES = 50
const MAX_WHOLE_ATTEMPTS = 3

/** The list could not be pinned down: it kept changing, or its order contradicts its keys. */
export class ListInconclusiveError extends Error {
  override readonly name = 'ListInconclusiveError'
}

/**
 * One reading of a numbered list: slices by key, exact while rows come and go between its calls.
 * Several slices of one reading share its pages. It lives as long as one request.
 */
export class NumberedList<Row> {
  #source: NumberedListSource<Row>
  readonly #traits: ListTraits
  readonly #pages: ReadPage<Row>[] = []
  readonly #underWay = new Map<string, Promise<void>>()
  readonly #sightings = new Sightings<Row>()
  #cap: number
  #suspectedCap: { readonly cap: number; readonly end: number } | undefined
  #whole: Promise<readonly Seen<Row>[]> | undefined

  constructor(source: NumberedListSource<Row>, traits: ListTraits) {
    this.#source = source
    this.#traits = traits
    this.#cap = traits.pageCap
    this.#joinSmallPages()
  }

  /** Whether keys rise through the list; assumed to where too few rows were seen to tell. */
  get isRising(): boolean {
    return this.#traits.rising ?? true
  }

  /** The wanted rows in the order asked for: fewer than `limit` only where there are no more. */
  async slice({ from, towards, to, limit, hint }: SliceRequest): Promise<readonly Seen<Row>[]> {
    const isWithin = ({ key }: Seen<Row>) => (towards === 1 ? key <= to : key >= to)
    for (let round = 0; ; round++) {
      const { rows, frontier } = this.#sightings.run(from, towards)
      const found = rows.filter(isWithin).slice(0, limit)
      const isPast = towards === 1 ? frontier > to : frontier < to
      const isAtEnd = frontier === towards * Infinity
      if (found.length === limit || isPast || isAtEnd) return found
      const wanted = { key: frontier, towards, rows: limit - found.length }
      await this.#reveal(wanted, round === 0 && frontier === from ? hint : undefined, round)
    }
  }

  /**
   * The rows with these keys, as far as they exist: a key without a row is proven to have none.
   * Keys that are near each other share their pages, and pages far apart are read side by side.
   */
  async find(
    keys: readonly number[],
    hintOf: (key: number) => PlaceHint | undefined,
  ): Promise<readonly Seen<Row>[]> {
    for (let round = 0; ; round++) {
      const isUnknown = (key: number) => this.#sightings.segmentAt(key) === undefined
      const unknown = keys.filter(isUnknown).sort((a, b) => a - b)
      if (unknown.length === 0) return keys.flatMap(key => this.rowsAt(key))
      await this.#revealAll(unknown, hintOf, round)
    }
  }

  /** The rows of a key that was read. */
  rowsAt(key: number): readonly Seen<Row>[] {
    return this.#sightings.segmentAt(key)?.rows.filter(row => row.key === key) ?? []
  }

  async #revealAll(
    keys: readonly number[],
    hintOf: (key: number) => PlaceHint | undefined,
    round: number,
  ): Promise<void> {
    const wishes = keys.map(key => {
      const hint = round === 0 ? hintOf(key) : undefined
      return this.#choose({ key, towards: 1, rows: 1 }, hint, round)
    })
    await Promise.all(withoutOverlaps(wishes.flat()).map(at => this.#read(at)))
  }

  /** Whether there is a row beyond a key; asks the upstream only where its pages disagree. */
  async hasRowBeyond(
    key: number,
    towards: Towards,
    to: number = towards * Infinity,
  ): Promise<boolean> {
    const from = key + towards
    const { frontier } = this.#sightings.run(from, towards)
    const edge = this.#sightings.segmentAt(key)?.rows.at(towards === 1 ? -1 : 0)
    const isUntold = frontier !== towards * Infinity && edge?.key === key
    const told = isUntold && Math.abs(to) === Infinity ? this.#tellsMore(edge, towards) : undefined
    return told ?? (await this.slice({ from, towards, to, limit: 1 })).length > 0
  }

  /** The list's length: counted where it was seen whole, else as stated with its latest page. */
  async count(): Promise<number> {
    await Promise.all(this.#underWay.values())
    if (this.#pages.length === 0) await this.#read({ page: 1, perPage: 1 })
    const whole = this.#sightings.segmentAt(-Infinity)
    if (whole?.high === Infinity) return whole.rows.length
    const stated = this.#pages.findLast(({ count }) => count !== undefined)?.count
    if (stated === undefined) throw new ListInconclusiveError('the upstream states no usable count')
    return Math.max(stated, ...this.#pages.map(({ start, size }) => (size > 0 ? start + size : 0)))
  }

  #tellsMore({ index, page }: Seen<Row>, towards: Towards): boolean | undefined {
    const isForward = towards === (this.#traits.rising ? 1 : -1)
    if (!isForward) return index > 0
    const byCount = page.count === undefined ? undefined : page.count > index + 1
    return page.hasNext === undefined || page.hasNext === byCount ? byCount : undefined
  }

  async #reveal(wanted: Wanted, hint: PlaceHint | undefined, round: number): Promise<void> {
    await Promise.all(this.#choose(wanted, hint, round).map(at => this.#read(at)))
  }

  #choose(wanted: Wanted, hint: PlaceHint | undefined, round: number): PageNumber[] {
    if (round === MAX_ROUNDS) throw new ListInconclusiveError('the list kept changing')
    const rising = this.#traits.rising ?? hint?.rising
    if (rising === undefined) return [{ page: 1, perPage: this.#cap }]
    return choosePages(wanted, { pages: this.#pages, rising, cap: this.#cap, hint, round })
  }

  /** Reads a page, once for all who want it at the same time. */
  #read(at: PageNumber): Promise<void> {
    const key = `${at.page}/${at.perPage}`
    const underWay = this.#underWay.get(key)
    if (underWay !== undefined) return underWay
    const reading = this.#fetch(at).finally(() => this.#underWay.delete(key))
    this.#underWay.set(key, reading)
    return reading
  }

  async #fetch(at: PageNumber): Promise<void> {
    const page = await this.#fetchPlaced(at)
    // A capped page number counts pages of a size not known yet, which the first page tells.
    if (this.#isCut(at, page) && at.page > 1) return this.#read({ page: 1, perPage: at.perPage })
    const direction = directionOf(page.rows)
    if (direction === 'both') return this.#readWhole()
    this.#traits.rising = direction === undefined ? this.#traits.rising : direction === 'rising'
    this.#learnSize(at, page)
    this.#pages.push(page)
    this.#source.learn?.(page.rows, this.isRising)
    const segment = this.#segmentOf(page)
    if (!segment) return
    if (this.#sightings.contradict(segment)) return this.#readWhole()
    this.#sightings.add(segment)
  }

  async #fetchPlaced(at: PageNumber): Promise<ReadPage<Row>> {
    const answer = await this.#source.fetchPage(at)
    return placePage(at, answer, row => this.#source.keyOf(row), this.#traits.fullest)
  }

  /** A page shorter than asked that does not end the list tells of a cap; a later row proves it. */
  #learnSize(at: PageNumber, page: ReadPage<Row>): void {
    const end = page.start + page.size
    this.#traits.fullest = Math.max(this.#traits.fullest, page.size)
    if (page.size === 0) return
    if (this.#suspectedCap && end > this.#suspectedCap.end) {
      this.#traits.pageCap = this.#suspectedCap.cap
    }
    if (!this.#isCut(at, page)) return
    this.#cap = page.size
    this.#suspectedCap = { cap: page.size, end }
    this.#joinSmallPages()
  }

  #isCut(at: PageNumber, { size, isLast }: ReadPage<Row>): boolean {
    return size > 0 && size < at.perPage && !isLast
  }

  #joinSmallPages(): void {
    if (this.#cap >= SMALLEST_USEFUL_CAP) return
    this.#source = joinedPages(this.#source, this.#cap)
    this.#cap = JOINED_CAP
  }

  /** The interval of keys that a page proves, or undefined where it proves nothing. */
  #segmentOf({ rows, start, isLast }: ReadPage<Row>): Segment<Row> | undefined {
    const [first, last] = [rows[0], rows.at(-1)]
    if (start === 0 && isLast) return everything(rows)
    const { rising } = this.#traits
    if (!first || !last) return undefined
    if (rising === undefined) return { low: first.key, high: last.key, rows: rows.slice(0, 1) }
    const rim = this.#source.hasUniqueKeys ? 0 : 1
    const [lowest, highest] = rising ? [first, last] : [last, first]
    const [isLowest, isHighest] = rising ? [start === 0, isLast] : [isLast, start === 0]
    const low = isLowest ? -Infinity : lowest.key + rim
    const high = isHighest ? Infinity : highest.key - rim
    if (low > high) return undefined
    return { low, high, rows: byRisingKey(rows).filter(({ key }) => low <= key && key <= high) }
  }

  /** Rows in no order by key prove nothing page by page: all are read at once, and sorted. */
  async #readWhole(): Promise<void> {
    this.#whole ??= this.#fetchWhole()
    const rows = await this.#whole
    this.#sightings.add(everything(rows))
  }

  async #fetchWhole(): Promise<readonly Seen<Row>[]> {
    for (let attempt = 0; attempt < MAX_WHOLE_ATTEMPTS; attempt++) {
      const pages = await this.#fetchAllPages()
      const rows = pages.flatMap(page => page.rows)
      const size = pages.reduce((sum, page) => sum + page.size, 0)
      const isStill = pages.every(({ count }) => count === undefined || count === size)
      const isDistinct = new Set(rows.map(({ key }) => key)).size === rows.length
      if (isStill && (isDistinct || !this.#source.hasUniqueKeys)) return rows
    }
    throw new ListInconclusiveError('the rows are in no order by their keys, and kept changing')
  }

  async #fetchAllPages(): Promise<ReadPage<Row>[]> {
    const pages: ReadPage<Row>[] = []
    for (let page = 1; page <= MAX_WHOLE_PAGES; page++) {
      const placed = await this.#fetchPlaced({ page, perPage: this.#cap })
      this.#learnSize({ page, perPage: this.#cap }, placed)
      pages.push(placed)
      if (placed.isLast || placed.size === 0) return pages
    }
    throw new ListInconclusiveError('the rows are in no order by their keys, and too many to sort')
  }
}

/** Leaves out pages whose rows another page shows too, most of all the same page wished twice. */
function withoutOverlaps(pages: readonly PageNumber[]): PageNumber[] {
  const chosen: PageNumber[] = []
  const middle = (at: PageNumber) => startIndex(at) + at.perPage / 2
  for (const at of pages) {
    const isShown = chosen.some(other => Math.abs(middle(other) - middle(at)) < other.perPage / 2)
    if (!isShown) chosen.push(at)
  }
  return chosen
}

const everything = <Row>(rows: readonly Seen<Row>[]): Segment<Row> => ({
  low: -Infinity,
  high: Infinity,
  rows: byRisingKey(rows),
})

/** Sorts by key; rows that share one come in the order in which they were added to the list. */
function byRisingKey<Row>(rows: readonly Seen<Row>[]): readonly Seen<Row>[] {
  const falls = (rows[0]?.key ?? 0) > (rows.at(-1)?.key ?? 0)
  return (falls ? rows.toReversed() : rows).toSorted((a, b) => a.key - b.key)
}

/** Which way keys go through a page: undefined where it has too few rows to tell. */
function directionOf(rows: readonly Seen<unknown>[]): 'rising' | 'falling' | 'both' | undefined {
  const steps = rows.slice(1).map((row, index) => Math.sign(row.key - (rows[index]?.key ?? 0)))
  const rises = steps.includes(1)
  const falls = steps.includes(-1)
  if (rises && falls) return 'both'
  return rises ? 'rising' : falls ? 'falling' : undefined
}
