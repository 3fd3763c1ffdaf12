import { DaySearch } from './day-search.ts'
import type { PlaceHint } from './list-guess.ts'
import { density } from './list-guess.ts'
import { ListInconclusiveError } from './list-inconclusive.ts'
import type { Wanted } from './list-neighbours.ts'
import { neighbours, toListOrder } from './list-neighbours.ts'
import { goesByKey } from './list-order.ts'
import type { ListTraits, Seen } from './list-page.ts'
import { choosePages } from './list-place.ts'
import { ListReading, overlaps } from './list-reading.ts'
import type { NumberedListSource } from './list-source.ts'
import type { PageNumber } from './page-window.ts'
import { pageAround } from './page-window.ts'
import type { Towards } from './sightings.ts'
import { type Gap, gapsIn, nameOfGap } from './walk-gaps.ts'

/** The rows wanted: the first `limit` from the key `from` (inclusive) on. */
export interface SliceRequest {
  readonly from: number
  readonly towards: Towards
  /** The last key that is wanted (inclusive). */
  readonly to: number
  readonly limit: number
  readonly hint?: PlaceHint | undefined
}

/**
 * Whether a key without a row has none. `proven`; or `if sorted`: its neighbours are known, but
 * the list may go by time, and a clock that was set back may have put the row elsewhere; or `open`.
 */
export type Absence = 'proven' | 'if sorted' | 'open'

/** How far to either side a guessed place may be off without costing another page, in rows. */
const SLACK = 15
/** Rows that share a key, as a rule at most: messages of one second. */
const ROWS_OF_A_KEY = 4
/** Pages that one wish may take before the list is given up as moving too fast. */
const MAX_ROUNDS = 24
/** The same for a key. From the later round on it is looked for by its day too. */
const MAX_SEARCH_CALLS = 15
const DAY_SEARCH_FROM_ROUND = 3
const DAYS_OF_A_ROUND = 2
const MOVING = 'The list kept changing while it was read.'
/** So many pages are searched by halves: days tell no more. */
const PAGES_TO_HALVE = 8
/** The most pages that are read to sort a list: for a part of it, and for a key. */
const MAX_PAGES_TO_SLICE = 50
const MAX_PAGES_TO_SEARCH = 5

/**
 * One reading of a numbered list: slices by key, exact while rows come and go between its calls.
 * Several slices of one reading share its pages. It lives as long as one request.
 *
 * How a cursor finds its place: the pages read so far prove intervals of keys (sightings.ts). As
 * long as those do not reach from the cursor's key to the last row wanted, the nearest rows seen
 * on either side (list-neighbours.ts), or the cursor's hint, tell about where the rest must be
 * (list-guess.ts); the fewest pages that hold it are chosen (list-place.ts, page-window.ts) and
 * read (list-reading.ts), and what they prove is added. A wrong guess costs a page, never a row.
 *
 * What if the list is not in order by its keys? See list-order.ts.
 */
export class NumberedList<Row> {
  readonly #source: NumberedListSource<Row>
  readonly #reading: ListReading<Row>
  /** Whether rows were given as pages had them. */
  #hasAnswered = false

  constructor(source: NumberedListSource<Row>, traits: ListTraits) {
    this.#source = source
    this.#reading = new ListReading(source, traits)
  }

  /** Whether keys rise through the list; assumed to where too few rows were seen to tell. */
  get isRising(): boolean {
    return this.#reading.traits.rising ?? true
  }

  /** What a cursor at a row tells of its place. */
  hintOf(row: Seen<Row>): PlaceHint {
    const { index, page } = row
    const isSortedHere = this.#reading.wasSortedHere(row)
    return { index, count: page.count, rising: this.isRising, isSortedHere }
  }

  /** The wanted rows in the order asked for: fewer than `limit` only where there are no more. */
  async slice(request: SliceRequest): Promise<readonly Seen<Row>[]> {
    const { from, towards, to, limit, hint } = request
    if (hint ? hint.isSortedHere : this.#source.memory?.isUnsorted()) {
      await this.#reading.sort(MAX_PAGES_TO_SLICE)
    }
    const isWithin = ({ key }: Seen<Row>) => (towards === 1 ? key <= to : key >= to)
    const looked = new Set<string>()
    const attempts = new Set<string>()
    for (let round = 0; ; round++) {
      if (round === MAX_ROUNDS) throw new ListInconclusiveError(MOVING)
      if (this.#reading.isUnsorted) await this.#sortFor(hint)
      const { rows, frontier } = this.#reading.sightings.run(from, towards)
      const found = rows.filter(isWithin).slice(0, limit)
      const isPast = towards === 1 ? frontier > to : frontier < to
      const isAtEnd = frontier === towards * Infinity
      const begun = frontier === from ? [] : this.#begunAt(frontier, towards, to)
      if (found.length + begun.length >= limit) found.push(...begun.slice(0, limit - found.length))
      if (found.length === limit || isPast || isAtEnd) {
        const reachesEnd = isAtEnd && found.length === rows.length && found.length < limit
        const gaps = this.#gapsIn(found, request, reachesEnd)
        const gap = gaps.find(each => !looked.has(nameOfGap(each)))
        if (!gap) return this.#answer(found)
        looked.add(nameOfGap(gap))
        await this.#lookAt(gap, towards)
        continue
      }
      const wanted = { key: frontier, towards, rows: limit - found.length }
      const place = round === 0 && frontier === from ? hint : undefined
      await this.#reveal(wanted, place, round, attempts)
    }
  }

  #answer(found: readonly Seen<Row>[]): readonly Seen<Row>[] {
    this.#hasAnswered ||= !this.#reading.isWhole
    return found
  }

  /**
   * The first rows of a key that rows share, where the last page of a run breaks off amid them:
   * they are those that follow it, whatever comes after.
   */
  #begunAt(key: number, towards: Towards, to: number): readonly Seen<Row>[] {
    if (this.#source.hasUniqueKeys || towards !== 1 || !this.isRising || to !== Infinity) return []
    const page = this.#reading.pages.findLast(({ rows }) => rows.at(-1)?.key === key)
    const begun = page?.rows.filter(row => row.key === key) ?? []
    return begun.length < (page?.rows.length ?? 0) ? begun : []
  }

  /** Whether the page that showed a row tells that there are more in that direction. */
  tellsMore({ index, page }: Seen<Row>, towards: Towards): boolean | undefined {
    if (!this.#isForward(towards)) return index > 0
    const byCount = page.count === undefined ? undefined : page.count > index + 1
    return page.hasNext === undefined || page.hasNext === byCount ? byCount : undefined
  }

  /**
   * Looks for keys; `rowsAt` has their rows, and `absenceOf` tells of those that have none. Keys
   * that are near each other share their pages, and pages far apart are read side by side. A page
   * that fails fails its own keys alone: gives their errors by key.
   */
  async search(
    keys: readonly number[],
    hintOf: (key: number) => PlaceHint | undefined,
  ): Promise<ReadonlyMap<number, unknown>> {
    const failures = new Map<number, unknown>()
    const searches = keys.toSorted((a, b) => a - b).map(key => new DaySearch<Row>(key))
    for (let round = 0; !this.#reading.isUnsorted; round++) {
      const isOpen = ({ key, calls }: DaySearch<Row>) =>
        !failures.has(key) && !this.#isKnown(key) && round + calls < MAX_SEARCH_CALLS
      const open = searches.filter(isOpen)
      if (open.length === 0) break
      const failed = await this.#revealAll(open, hintOf, round)
      for (const [key, error] of failed) failures.set(key, error)
    }
    if (this.#reading.isUnsorted && this.#isShort) await this.#reading.sort(MAX_PAGES_TO_SEARCH)
    return failures
  }

  /** The rows with these keys. Throws ListInconclusiveError where one may be or not. */
  async find(
    keys: readonly number[],
    hintOf: (key: number) => PlaceHint | undefined,
  ): Promise<readonly Seen<Row>[]> {
    const failures = await this.search(keys, hintOf)
    const [error] = failures.values()
    if (failures.size > 0) throw error
    const isOpen = (key: number) => this.rowsAt(key).length === 0 && this.absenceOf(key) === 'open'
    if (keys.some(isOpen)) throw new ListInconclusiveError(MOVING)
    return keys.flatMap(key => this.rowsAt(key))
  }

  /** Of a key that was looked for, and has no row. */
  absenceOf(key: number): Absence {
    const { isWhole, isUnsorted, sightings, pages, traits } = this.#reading
    if (isWhole) return 'proven'
    if (isUnsorted || !sightings.segmentAt(key)) return 'open'
    traits.goesByKey ||= pages.some(page => goesByKey(page, this.#source))
    return traits.goesByKey ? 'proven' : 'if sorted'
  }

  /** All rows that were read. */
  get rows(): readonly Seen<Row>[] {
    return this.#reading.sightings.rows
  }

  /** The rows of a key that was read. */
  rowsAt(key: number): readonly Seen<Row>[] {
    const { isUnsorted, sightings, pages } = this.#reading
    const seen = isUnsorted ? pages.flatMap(page => page.rows) : sightings.segmentAt(key)?.rows
    return seen?.filter(row => row.key === key) ?? []
  }

  /** Whether there is a row beyond a key; asks the upstream only where its pages disagree. */
  async hasRowBeyond(
    key: number,
    towards: Towards,
    to: number = towards * Infinity,
  ): Promise<boolean> {
    const { sightings } = this.#reading
    const from = key + towards
    const { frontier } = sightings.run(from, towards)
    const edge = sightings.segmentAt(key)?.rows.at(towards === 1 ? -1 : 0)
    const isUntold = frontier !== towards * Infinity && edge?.key === key
    const told = isUntold && Math.abs(to) === Infinity ? this.tellsMore(edge, towards) : undefined
    return told ?? (await this.slice({ from, towards, to, limit: 1 })).length > 0
  }

  /** The list's length: counted where it was seen whole, else as stated with its latest page. */
  async count(): Promise<number> {
    const { pages } = this.#reading
    await this.#reading.settled()
    if (pages.length === 0) await this.#reading.read({ page: 1, perPage: 1 })
    const whole = this.#reading.sightings.segmentAt(-Infinity)
    if (whole?.high === Infinity) return whole.rows.length
    const stated = pages.findLast(({ count }) => count !== undefined)?.count
    if (stated === undefined) return this.#countToEnd()
    return Math.max(stated, ...pages.map(({ start, size }) => (size > 0 ? start + size : 0)))
  }

  /** Where no length is stated, the last row's place tells it. */
  async #countToEnd(): Promise<number> {
    const towards = this.isRising ? -1 : 1
    const last = { from: -towards * Infinity, towards, to: towards * Infinity, limit: 1 } as const
    const [row] = await this.slice(last)
    return row ? row.index + 1 : 0
  }

  #isForward(towards: Towards): boolean {
    return towards === (this.#reading.traits.rising ? 1 : -1)
  }

  async #reveal(
    wanted: Wanted,
    hint: PlaceHint | undefined,
    round: number,
    attempts: Set<string>,
  ): Promise<void> {
    const chosen = this.#choose(wanted, hint, round)
    const attempt = JSON.stringify([wanted.key, chosen])
    // The same pages for the same key: none that small shows all rows of the key, and one more.
    if (attempts.has(attempt) && !this.#source.hasUniqueKeys) return this.#reading.joinPages()
    attempts.add(attempt)
    await this.#reading.readAll(chosen)
  }

  async #revealAll(
    searches: readonly DaySearch<Row>[],
    hintOf: (key: number) => PlaceHint | undefined,
    round: number,
  ): Promise<(readonly [key: number, error: unknown])[]> {
    // Of many, each is on one of the same few pages, if all pages are of one size.
    const slack = searches.length === 1 ? SLACK : 0
    const wish = async (search: DaySearch<Row>) => {
      const { key } = search
      const hint = round === 0 ? hintOf(key) : await this.#seekByDay(search, round)
      return { key, pages: this.#choose({ key, towards: 1, rows: 1 }, hint, round, slack) }
    }
    const wishes = await Promise.all(
      searches.map(each =>
        wish(each).catch((error: unknown) => ({ key: each.key, pages: [], error })),
      ),
    )
    const failed = await this.#reading.tryAll(withoutOverlaps(wishes.flatMap(({ pages }) => pages)))
    return wishes.flatMap(({ key, pages, ...lost }) => {
      if ('error' in lost) return [[key, lost.error] as const]
      const page = failed.find(({ at }) => pages.some(wished => overlaps(wished, at)))
      return page ? [[key, page.error] as const] : []
    })
  }

  #choose(wanted: Wanted, hint: PlaceHint | undefined, round: number, slack = SLACK): PageNumber[] {
    if (round === MAX_ROUNDS) throw new ListInconclusiveError(MOVING)
    const { pages, cap, traits } = this.#reading
    const rising = traits.rising ?? hint?.rising
    if (rising === undefined) return [{ page: 1, perPage: cap }]
    const shared = this.#source.hasUniqueKeys ? 1 : ROWS_OF_A_KEY
    return choosePages(wanted, { pages, rising, cap, shared, slack, hint, round })
  }

  /** Once some guesses have failed: where a key should be by its day. */
  async #seekByDay(search: DaySearch<Row>, round: number): Promise<PlaceHint | undefined> {
    const { pages, cap, traits } = this.#reading
    const { days } = this.#source
    if (!days || round < DAY_SEARCH_FROM_ROUND) return undefined
    const rising = traits.rising ?? true
    const dated = {
      dayOf: days.dayOf,
      landmarkOf: (day: number) => this.#reading.landmarkOf(day),
      rising,
      rowsPerKey: Math.max(0, ...pages.filter(({ rows }) => rows.length > 1).map(density)),
    }
    for (let calls = 0; calls < DAYS_OF_A_ROUND; calls++) {
      const near = neighbours(toListOrder({ key: search.key, towards: 1, rows: 1 }, rising), pages)
      const rows = (near.after?.index ?? 0) - (near.before?.index ?? 0)
      if (rows < PAGES_TO_HALVE * cap) return undefined
      const asked = await search.next(near, dated)
      const hint = asked?.hint
      if (!asked || hint) return hint && !this.#wasRead(hint.index) ? hint : undefined
    }
    return undefined
  }

  #wasRead(index: number): boolean {
    const { pages } = this.#reading
    return pages.some(({ start, size }) => size > 1 && start <= index && index < start + size)
  }

  #isKnown(key: number): boolean {
    if (this.#reading.isUnsorted) return this.rowsAt(key).length > 0
    return this.#reading.sightings.segmentAt(key) !== undefined
  }

  get #isShort(): boolean {
    const { pages, cap } = this.#reading
    return (pages.at(-1)?.count ?? Infinity) <= MAX_PAGES_TO_SEARCH * cap
  }

  /** What was answered from pages that looked sorted may lack rows: who goes on would miss them. */
  async #sortFor(hint: PlaceHint | undefined): Promise<void> {
    await this.#reading.sort(MAX_PAGES_TO_SLICE)
    if (!this.#hasAnswered && (hint === undefined || hint.isSortedHere)) return
    throw new ListInconclusiveError(
      'The rows of the list are in no order by their keys: the list must be read from its start.',
    )
  }

  /** Where rows found do not stand next to each other. Rows that share keys cannot tell. */
  #gapsIn(
    found: readonly Seen<Row>[],
    { from, towards, hint }: SliceRequest,
    reachesEnd: boolean,
  ): readonly Gap[] {
    const { pages, isWhole } = this.#reading
    if (isWhole || !this.#source.hasUniqueKeys) return []
    const [before] = this.rowsAt(from - towards)
    const isForward = this.#isForward(towards)
    return gapsIn({ found, from, before, towards, isForward, reachesEnd, hint, pages })
  }

  /**
   * A page with both places, or with the first and the one next to it, tells whether the list moved.
   * If it lacks rows that others had shown, the place of those tells.
   */
  async #lookAt([one, other]: Gap, towards: Towards): Promise<void> {
    const step = this.#isForward(towards) ? 1 : -1
    const known = this.#reading.lost
    await this.#lookAround(one.index, other.index, step)
    const lost = this.#reading.lost.values().find(row => !known.has(row.key))
    if (lost) await this.#lookAround(lost.index, lost.index, 1)
  }

  /** Reads a page with two places, or with the first and the one next to it. */
  async #lookAround(one: number, other: number, step: number): Promise<void> {
    const { cap } = this.#reading
    const around = (to: number) =>
      pageAround({ from: Math.max(0, Math.min(one, to)), to: Math.max(0, one, to) }, cap)
    await this.#reading.read(around(other) ?? around(one + step) ?? { page: 1, perPage: cap })
  }
}

/** Leaves out pages of which another one shows most, above all the same page wished twice. */
function withoutOverlaps(pages: readonly PageNumber[]): PageNumber[] {
  const chosen: PageNumber[] = []
  for (const at of pages) {
    if (!chosen.some(other => overlaps(other, at))) chosen.push(at)
  }
  return chosen
}
