import { JOINED_CAP, joinedPages, SMALLEST_USEFUL_CAP } from './joined-pages.ts'
import type { PlaceHint } from './list-guess.ts'
import { ListInconclusiveError } from './list-inconclusive.ts'
import type { Wanted } from './list-neighbours.ts'
import type { ListPage, ListTraits, ReadPage, Seen } from './list-page.ts'
import { placePage } from './list-page.ts'
import { choosePages } from './list-place.ts'
import { directionOf, everything, segmentOf } from './list-segment.ts'
import type { PageNumber } from './page-window.ts'
import { startIndex } from './page-window.ts'
import type { Towards } from './sightings.ts'
import { Sightings } from './sightings.ts'
import { readWholeList } from './whole-list.ts'

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

/** How far to either side a guessed place may be off without costing another page, in rows. */
const SLACK = 15
/** Rows that share a key, as a rule at most: messages of one second. */
const ROWS_OF_A_KEY = 4
/** Pages that one wish may take before the list is given up as moving too fast. */
const MAX_ROUNDS = 24
const MOVING = 'The list kept changing while it was read.'

interface PageUnderWay {
  readonly at: PageNumber
  readonly reading: Promise<void>
}

interface FailedPage {
  readonly at: PageNumber
  readonly error: unknown
}

/**
 * One reading of a numbered list: slices by key, exact while rows come and go between its calls.
 * Several slices of one reading share its pages. It lives as long as one request.
 *
 * How a cursor finds its place: the pages read so far prove intervals of keys (sightings.ts). As
 * long as those do not reach from the cursor's key to the last row wanted, the nearest rows seen
 * on either side (list-neighbours.ts), or the cursor's hint, tell about where the rest must be
 * (list-guess.ts); the fewest pages that hold it are chosen (list-place.ts, page-window.ts) and
 * read, and what they prove is added. A wrong guess costs a page, never a row.
 */
export class NumberedList<Row> {
  #source: NumberedListSource<Row>
  readonly #learn: NumberedListSource<Row>['learn']
  readonly #traits: ListTraits
  readonly #pages: ReadPage<Row>[] = []
  #underWay: PageUnderWay[] = []
  readonly #sightings = new Sightings<Row>()
  #cap: number
  #suspectedCap: { readonly cap: number; readonly end: number } | undefined
  #whole: Promise<readonly Seen<Row>[]> | undefined

  constructor(source: NumberedListSource<Row>, traits: ListTraits) {
    this.#source = source
    this.#learn = source.learn?.bind(source)
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
    const failures = await this.search(keys, hintOf)
    const [error] = failures.values()
    if (failures.size > 0) throw error
    return keys.flatMap(key => this.rowsAt(key))
  }

  /**
   * The same, but a page that fails fails its own keys alone: tells their errors by key. `rowsAt`
   * has the rows of all others.
   */
  async search(
    keys: readonly number[],
    hintOf: (key: number) => PlaceHint | undefined,
  ): Promise<ReadonlyMap<number, unknown>> {
    const failures = new Map<number, unknown>()
    for (let round = 0; ; round++) {
      const isUnknown = (key: number) => this.#sightings.segmentAt(key) === undefined
      const open = keys.filter(key => !failures.has(key) && isUnknown(key)).sort((a, b) => a - b)
      if (open.length === 0) return failures
      const failed = await this.#revealAll(open, hintOf, round)
      for (const [key, error] of failed) failures.set(key, error)
    }
  }

  /** All rows that were read. */
  get rows(): readonly Seen<Row>[] {
    return this.#sightings.rows
  }

  /** The rows of a key that was read. */
  rowsAt(key: number): readonly Seen<Row>[] {
    return this.#sightings.segmentAt(key)?.rows.filter(row => row.key === key) ?? []
  }

  async #revealAll(
    keys: readonly number[],
    hintOf: (key: number) => PlaceHint | undefined,
    round: number,
  ): Promise<(readonly [key: number, error: unknown])[]> {
    if (round === MAX_ROUNDS) return keys.map(key => [key, new ListInconclusiveError(MOVING)])
    // Of many, each is on one of the same few pages, if all pages are of one size.
    const slack = keys.length === 1 ? SLACK : 0
    const wishes = keys.map(key => {
      const hint = round === 0 ? hintOf(key) : undefined
      return { key, pages: this.#choose({ key, towards: 1, rows: 1 }, hint, round, slack) }
    })
    const failed = await this.#tryAll(withoutOverlaps(wishes.flatMap(({ pages }) => pages)))
    return wishes.flatMap(({ key, pages }) => {
      const page = failed.find(({ at }) => pages.some(wished => overlaps(wished, at)))
      return page ? [[key, page.error] as const] : []
    })
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
    await Promise.all(this.#underWay.map(({ reading }) => reading))
    if (this.#pages.length === 0) await this.#read({ page: 1, perPage: 1 })
    const whole = this.#sightings.segmentAt(-Infinity)
    if (whole?.high === Infinity) return whole.rows.length
    const stated = this.#pages.findLast(({ count }) => count !== undefined)?.count
    if (stated === undefined) return this.#countToEnd()
    return Math.max(stated, ...this.#pages.map(({ start, size }) => (size > 0 ? start + size : 0)))
  }

  /** Where no length is stated, the last row's place tells it. */
  async #countToEnd(): Promise<number> {
    const towards = this.isRising ? -1 : 1
    const last = { from: -towards * Infinity, towards, to: towards * Infinity, limit: 1 } as const
    const [row] = await this.slice(last)
    return row ? row.index + 1 : 0
  }

  #tellsMore({ index, page }: Seen<Row>, towards: Towards): boolean | undefined {
    const isForward = towards === (this.#traits.rising ? 1 : -1)
    if (!isForward) return index > 0
    const byCount = page.count === undefined ? undefined : page.count > index + 1
    return page.hasNext === undefined || page.hasNext === byCount ? byCount : undefined
  }

  async #reveal(wanted: Wanted, hint: PlaceHint | undefined, round: number): Promise<void> {
    await this.#readAll(this.#choose(wanted, hint, round))
  }

  #choose(wanted: Wanted, hint: PlaceHint | undefined, round: number, slack = SLACK): PageNumber[] {
    if (round === MAX_ROUNDS) throw new ListInconclusiveError(MOVING)
    const rising = this.#traits.rising ?? hint?.rising
    if (rising === undefined) return [{ page: 1, perPage: this.#cap }]
    const shared = this.#source.hasUniqueKeys ? 1 : ROWS_OF_A_KEY
    const known = { pages: this.#pages, rising, cap: this.#cap, shared, slack, hint, round }
    return choosePages(wanted, known)
  }

  /** Reads pages side by side; if one under way shows most of the same rows, it may be enough. */
  async #readAll(chosen: readonly PageNumber[]): Promise<void> {
    await Promise.all(this.#start(chosen).map(({ reading }) => reading))
  }

  /** The same; tells of the pages that failed. */
  async #tryAll(chosen: readonly PageNumber[]): Promise<FailedPage[]> {
    const failed = this.#start(chosen).map(({ at, reading }) =>
      reading.then(
        () => [],
        (error: unknown) => [{ at, error }],
      ),
    )
    return (await Promise.all(failed)).flat()
  }

  #start(chosen: readonly PageNumber[]): readonly PageUnderWay[] {
    const similar = this.#underWay.filter(other => chosen.some(at => overlaps(other.at, at)))
    return similar.length > 0 ? similar : chosen.map(at => ({ at, reading: this.#read(at) }))
  }

  /** Reads a page; others may wait for it in the meantime. */
  #read(at: PageNumber): Promise<void> {
    const reading = this.#fetch(at).finally(() => {
      this.#underWay = this.#underWay.filter(each => each.reading !== reading)
    })
    this.#underWay.push({ at, reading })
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
    this.#learn?.(page.rows, this.isRising)
    const { hasUniqueKeys } = this.#source
    const segment = segmentOf(page, { rising: this.#traits.rising, hasUniqueKeys })
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

  /** Rows in no order by key prove nothing page by page: all are read at once, and sorted. */
  async #readWhole(): Promise<void> {
    const { hasUniqueKeys } = this.#source
    const readPage = async (page: number) => {
      const at = { page, perPage: this.#cap }
      const read = await this.#fetchPlaced(at)
      this.#learnSize(at, read)
      return read
    }
    this.#whole ??= readWholeList(readPage, hasUniqueKeys)
    this.#sightings.add(everything(await this.#whole, hasUniqueKeys))
  }
}

/** Whether one page shows most of the rows that another does. */
function overlaps(one: PageNumber, other: PageNumber): boolean {
  const middle = (at: PageNumber) => startIndex(at) + at.perPage / 2
  return Math.abs(middle(one) - middle(other)) < one.perPage / 2
}

/** Leaves out pages of which another one shows most, above all the same page wished twice. */
const withoutOverlaps = (pages: readonly PageNumber[]): PageNumber[] =>
  pages.reduce<PageNumber[]>(
    (chosen, at) => (chosen.some(other => overlaps(other, at)) ? chosen : [...chosen, at]),
    [],
  )
