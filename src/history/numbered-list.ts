import { searchKeys } from './key-search.ts'
import type { PlaceHint } from './list-guess.ts'
import { keptChanging, ListInconclusiveError, tooLongToSort } from './list-inconclusive.ts'
import type { Wanted } from './list-neighbours.ts'
import { goesByKey } from './list-order.ts'
import type { ListTraits, Seen } from './list-page.ts'
import { ListReading } from './list-reading.ts'
import type { NumberedListSource } from './list-source.ts'
import { lookAtGap } from './look-at-gap.ts'
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
 * the list may go by time, and a clock that was set back may have put the row elsewhere; `in no
 * order`, as pages of such a list prove nothing; or `open`, as the list may have moved.
 */
export type Absence = 'proven' | 'if sorted' | 'in no order' | 'open'

/** Pages that one wish may take before the list is given up as moving too fast. */
const MAX_ROUNDS = 24
/** The most pages that are read to sort a list. */
const MAX_PAGES_TO_SORT = 50

/**
 * One reading of a numbered list: slices by key, exact while rows come and go between its calls.
 * Several slices of one reading share its pages. It lives as long as one request.
 *
 * How a cursor finds its place: the pages read so far prove intervals of keys (sightings.ts). As
 * long as those do not reach from the cursor's key to the last row wanted, the nearest rows seen
 * on either side (list-neighbours.ts), or the cursor's hint, tell about where the rest must be
 * (list-guess.ts); the fewest pages that hold it are chosen (list-place.ts, page-window.ts) and
 * read (list-reading.ts), and what they prove is added. A wrong guess costs a page, never a row.
 * A key is looked for in the same way (key-search.ts).
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
      await this.#reading.sort(MAX_PAGES_TO_SORT)
    }
    const isWithin = ({ key }: Seen<Row>) => (towards === 1 ? key <= to : key >= to)
    const looked = new Set<string>()
    const attempts = new Set<string>()
    for (let round = 0; ; round++) {
      if (round === MAX_ROUNDS) throw keptChanging()
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
        await lookAtGap(this.#reading, gap, this.#isForward(towards) ? 1 : -1)
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

  /** Looks for keys: see key-search.ts. `rowsAt` has their rows, `absenceOf` tells of the others. */
  search(
    keys: readonly number[],
    hintOf: (key: number) => PlaceHint | undefined,
  ): Promise<ReadonlyMap<number, unknown>> {
    return searchKeys(keys, { source: this.#source, reading: this.#reading, hintOf })
  }

  /** The rows with these keys. Throws ListInconclusiveError where one may be or not. */
  async find(
    keys: readonly number[],
    hintOf: (key: number) => PlaceHint | undefined,
  ): Promise<readonly Seen<Row>[]> {
    const failures = await this.search(keys, hintOf)
    const [error] = failures.values()
    if (failures.size > 0) throw error
    const missing = keys.filter(key => this.rowsAt(key).length === 0)
    const absences = new Set(missing.map(key => this.absenceOf(key)))
    if (absences.has('in no order')) throw tooLongToSort()
    if (absences.has('open')) throw keptChanging()
    return keys.flatMap(key => this.rowsAt(key))
  }

  /** Of a key that was looked for, and has no row. */
  absenceOf(key: number): Absence {
    const { isWhole, isUnsorted, sightings, pages, traits } = this.#reading
    if (isWhole) return 'proven'
    if (isUnsorted) return 'in no order'
    if (!sightings.segmentAt(key)) return 'open'
    traits.goesByKey ||= pages.some(page => goesByKey(page, this.#source))
    return traits.goesByKey ? 'proven' : 'if sorted'
  }

  /** All rows that were read. */
  get rows(): readonly Seen<Row>[] {
    return this.#reading.sightings.rows
  }

  /** The rows of a key that was read. */
  rowsAt(key: number): readonly Seen<Row>[] {
    return this.#reading.rowsAt(key)
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
    const chosen = this.#reading.choose(wanted, hint, round)
    const attempt = JSON.stringify([wanted.key, chosen])
    // The same pages for the same key: none that small shows all rows of the key, and one more.
    if (attempts.has(attempt) && !this.#source.hasUniqueKeys) return this.#reading.joinPages()
    attempts.add(attempt)
    await this.#reading.readAll(chosen)
  }

  /** What was answered from pages that looked sorted may lack rows: who goes on would miss them. */
  async #sortFor(hint: PlaceHint | undefined): Promise<void> {
    await this.#reading.sort(MAX_PAGES_TO_SORT)
    const isFromStart = hint === undefined || hint.isSortedHere === true
    if (isFromStart && !this.#hasAnswered) return
    throw new ListInconclusiveError(
      'The rows of the list are in no order by their keys: the list must be read from its start.',
      // It is remembered, so the next request from the start sorts the list before it answers.
      { isRetryable: isFromStart },
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
}
