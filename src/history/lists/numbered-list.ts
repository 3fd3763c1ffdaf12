import type { PlaceHint } from '../cursor.ts'
import { keptChanging, ListInconclusiveError, notInOrder, rowsNotJoined } from '../list-errors.ts'
import { haveChanged, placesToLookAt } from '../pages/list-order.ts'
import type { FormerSpot, ReadPage, Seen } from '../pages/list-page.ts'
import type { PageNumber } from '../pages/page-number.ts'
import { pagesHolding } from '../pages/page-number.ts'
import { searchKeys } from '../search/key-search.ts'
import { wasRead } from '../steps/deciding-page.ts'
import { isDense } from '../steps/list-estimate.ts'
import type { ListRequest } from '../steps/list-step.ts'
import { nextStep } from '../steps/list-step.ts'
import type { ListTraits } from '../traits/list-traits.ts'
import { ListReading } from './list-reading.ts'
import type { NumberedListSource } from './numbered-list-source.ts'

/** Towards rising (1) or falling (-1) keys. */
export type Towards = 1 | -1

/** The rows wanted: the first `limit` from the key `from` (inclusive) on. */
export interface SliceRequest {
  readonly from: number
  readonly towards: Towards
  /** The last key that is wanted (inclusive). */
  readonly to: number
  readonly limit: number
  /** Of the row next to `from`, at which a cursor stands. */
  readonly hint?: PlaceHint | undefined
}

/** Steps that one request may take before the list is given up as moving too fast. */
const MAX_TURNS = 24

/**
 * One reading of a numbered list: slices by key, exact while rows come and go between its calls.
 * Several slices of one reading share its pages. It lives as long as one request. README.md
 * explains how a cursor finds its place.
 */
export class NumberedList<Row> {
  readonly #reading: ListReading<Row>

  constructor(source: NumberedListSource<Row>, traits: ListTraits) {
    this.#reading = new ListReading(source, traits)
  }

  /** What a cursor at a row remembers of its place. */
  hintOf({ index, isSure, page }: Seen<Row>): PlaceHint {
    const { isRising, isOrderKnown, wasSorted } = this.#reading
    return {
      index,
      count: page.count,
      isRising,
      isSure,
      ...(!isOrderKnown && { isOrderUnknown: true }),
      ...(isDense(page) && { isDense: true }),
      ...(wasSorted && { isSortedHere: true }),
    }
  }

  /**
   * The wanted rows in the order asked for: fewer than `limit` only if there are no more. Throws
   * ListInconclusiveError if the list is in no order, or changes too fast.
   */
  async slice(request: SliceRequest): Promise<readonly Seen<Row>[]> {
    const reading = this.#reading
    if (request.hint && !request.hint.isOrderUnknown) reading.assumeOrder(request.hint.isRising)
    if (request.hint?.isSortedHere)
      await reading.readAll([{ page: 1, perPage: reading.sizes.most }])
    for (let turn = 0; turn < MAX_TURNS; turn++) {
      const inner = this.#toInner(request)
      const step = nextStep(inner, reading.known, turn)
      // Rows that were given before the list was sorted may have come too early.
      const { hint } = request
      const isTooLate = hint && !hint.isSortedHere && reading.wasSorted
      const isElsewhere = hint && reading.contradicts(hint, request.from - request.towards)
      if (reading.isUnordered || isElsewhere || isTooLate) throw notInOrder()
      if ('pages' in step) {
        // Pages that have led nowhere may be listed in another order than was assumed.
        const proving = turn > 1 ? reading.pagesProvingOrder() : []
        await reading.readAll([...step.pages, ...proving])
        continue
      }
      const unproven = reading.pagesProvingOrder()
      const look = reading.isWhole
        ? undefined
        : placesToLookAt(step.rows, inner, reading.pages, reading.sizes)
      const looks = look ? pagesHolding(look, reading.sizes, { shared: 0 }) : []
      const pages = [...unproven, ...looks.filter(page => !wasRead(page, reading.pages))]
      if (pages.length === 0) return step.rows
      await reading.readAll(pages)
    }
    throw haveChanged(reading.pages) ? keptChanging() : rowsNotJoined()
  }

  /** Reads a page before its rows are wanted, unless it was read. `hint` is a cursor's near it. */
  async see(page: PageNumber, hint?: PlaceHint): Promise<void> {
    if (hint && !hint.isOrderUnknown) this.#reading.assumeOrder(hint.isRising)
    if (!wasRead(page, this.#reading.pages)) await this.#reading.readAll([page])
  }

  /** How many of the rows that are wanted are proven by the pages that were read. */
  countKnown(request: Omit<SliceRequest, 'limit'>): number {
    const { from, to, isForward } = this.#toInner({ ...request, limit: 0 })
    const { rows } = this.#reading.known.intervals.run(from, isForward)
    return rows.filter(({ key }) => (isForward ? key <= to : key >= to)).length
  }

  /** Whether pages prove nothing together if they were asked for side by side: see page-borders.ts. */
  get isReadInTurn(): boolean {
    return this.#reading.isReadInTurn
  }

  /** Whether pages may follow each other the other way round: a page far away shows it. */
  get isOrderDoubtful(): boolean {
    return this.#reading.isOrderDoubtful
  }

  /** Looks for keys: see key-search.ts. Gives the errors of those whose page failed. */
  search(
    keys: readonly number[],
    hintOf: (key: number) => PlaceHint | undefined,
  ): Promise<ReadonlyMap<number, unknown>> {
    return searchKeys(keys, this.#reading, hintOf)
  }

  /** The rows with these keys. Throws ListInconclusiveError if one of them may be there or not. */
  async find(
    keys: readonly number[],
    hintOf: (key: number) => PlaceHint | undefined,
  ): Promise<readonly Seen<Row>[]> {
    const failures = await this.search(keys, hintOf)
    const [error] = failures.values()
    if (failures.size > 0) throw error
    return keys.flatMap(key => this.rowOf(key) ?? [])
  }

  /**
   * The row of a key that was looked for; undefined if it is proven that the key has none. Throws
   * ListInconclusiveError if neither is known.
   */
  rowOf(key: number): Seen<Row> | undefined {
    const row = this.#reading.rowOf(key)
    if (row) return row
    if (this.#reading.isUnordered) throw notInOrder()
    if (this.#reading.isProven(key) && !this.#reading.isOrderDoubtful) return undefined
    throw new ListInconclusiveError(
      `Record ${key} was not found within the calls that a search may take, and is not proven absent.`,
      { isRetryable: true },
    )
  }

  /** All rows that were read. */
  get rows(): readonly Seen<Row>[] {
    return this.#reading.known.intervals.rows
  }

  /** The rows of a key, if it was read. */
  rowsAt(key: number): readonly Seen<Row>[] {
    return [this.#reading.rowOf(key) ?? []].flat()
  }

  /** Whether there is a row beyond a key; asks the upstream only if its pages leave that open. */
  async hasRowBeyond(
    key: number,
    towards: Towards,
    to: number = towards * Infinity,
  ): Promise<boolean> {
    const from = key + towards
    const edge = Math.abs(to) === Infinity ? this.#edgeOf(key, towards) : undefined
    const isMore = edge && this.#showsMore(edge, towards)
    return isMore ?? (await this.slice({ from, towards, to, limit: 1 })).length > 0
  }

  /** The row of a key beyond which nothing is proven yet. */
  #edgeOf(key: number, towards: Towards): Seen<Row> | undefined {
    const { from, isForward } = this.#toInner({ from: key, towards, to: key, limit: 1 })
    const { rows, frontier } = this.#reading.known.intervals.run(from, isForward)
    return rows.length === 1 && Math.abs(frontier) !== Infinity ? rows[0] : undefined
  }

  /** Whether the page that showed a row shows, or states, that there are more in that direction. */
  #showsMore({ key, page }: Seen<Row>, towards: Towards): boolean | undefined {
    const { isForward } = this.#toInner({ from: key, towards, to: key, limit: 1 })
    const outermost = page.rows.at(isForward ? -1 : 0)
    if (outermost && outermost.key !== key) return true
    if (!isForward) return !page.isFirst
    if (page.isLast) return false
    const { hasNext } = page
    // The place of a page with too few rows is not known.
    if (!page.rows[0]?.isSure && !page.isFirst) return hasNext === true ? true : undefined
    const isCounted = isCountedBeyond(page)
    return hasNext === undefined || hasNext === isCounted ? isCounted : undefined
  }

  /**
   * The list's length: counted if it was seen whole, else as its latest page states. Throws
   * ListInconclusiveError if it is stated wrongly, or not at all, and cannot be counted.
   */
  async count(): Promise<number> {
    await this.#reading.settled()
    if (this.#reading.pages.length === 0) await this.#reading.readAll([{ page: 1, perPage: 1 }])
    return this.#reading.length ?? this.#countToEnd()
  }

  /** If no length is stated, the last row's place shows it. */
  async #countToEnd(): Promise<number> {
    const { isRising } = this.#reading
    const towards = isRising ? -1 : 1
    const [row] = await this.slice({
      from: -towards * Infinity,
      towards,
      to: towards * Infinity,
      limit: 1,
    })
    if (!row) return 0
    // If its pages have shown another order than was assumed, the row is the first one of the list.
    if (this.#reading.isRising !== isRising) return this.#countToEnd()
    if (row.isSure) return row.index + 1
    throw new ListInconclusiveError('The upstream states no length of this list.', {
      isRetryable: false,
    })
  }

  #toInner({ from, towards, to, limit, hint }: SliceRequest): ListRequest {
    const sign = this.#reading.isRising ? 1 : -1
    const spot: FormerSpot | undefined = hint && { ...hint, key: sign * (from - towards) }
    return { from: sign * from, to: sign * to, isForward: towards === sign, limit, hint: spot }
  }
}

/** Whether the stated length has rows after a page; unknown if they may be hidden on it, or it is wrong. */
function isCountedBeyond({ count, start, end, size }: ReadPage<unknown>): boolean | undefined {
  // Rows that came disprove a smaller count.
  if (count === undefined || count < start + size) return undefined
  if (count > end) return true
  return count > start + size ? undefined : false
}
