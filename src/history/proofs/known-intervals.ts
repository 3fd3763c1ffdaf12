import type { ReadPage, Seen } from '../pages/list-page.ts'
import { PageBorders } from './page-borders.ts'

/** Every row whose key lies in [low, high], by rising key. The ends may be infinite. */
export interface Interval<Row> {
  readonly low: number
  readonly high: number
  readonly rows: readonly Seen<Row>[]
}

/** The rows proven to follow a key, and the first key of which nothing is known yet. */
export interface Run<Row> {
  readonly rows: readonly Seen<Row>[]
  readonly frontier: number
}

/** Of rows of one second, no more stand on the pages to either side of the one they belong to. */
const MAX_ASTRAY = 6

/**
 * What the pages read so far prove. A page is one moment of the list: between its first and its
 * last row there was nothing else. So each page proves an interval of whole keys, and a walk is
 * exact as far as the intervals of its pages join, whatever shifted between the calls.
 */
export class KnownIntervals<Row> {
  /** Pages come in waves, and few of them need what they prove: they are looked at when it is asked for. */
  #newPages: readonly ReadPage<Row>[]
  #intervals: readonly Interval<Row>[] = []
  #isContradicted = false
  readonly #growsAtStart: boolean

  /** Takes pages in the order in which they were received. `growsAtStart`: see `Known`. */
  constructor(pages: readonly ReadPage<Row>[], growsAtStart: boolean) {
    this.#newPages = pages
    this.#growsAtStart = growsAtStart
  }

  /** Whether a page lacks many rows that another one showed at other places: they are in no order. */
  get isContradicted(): boolean {
    this.#addNewPages()
    return this.#isContradicted
  }

  #addNewPages(): void {
    if (this.#newPages.length === 0) return
    const gaps = new LooseGaps<Row>()
    const borders = new PageBorders<Row>(this.#growsAtStart)
    this.#isContradicted = this.#newPages.some((page, at) =>
      this.#newPages.slice(0, at).some(earlier => isDisprovedBy(earlier, page)),
    )
    for (const page of this.#newPages.flatMap(each => [each, ...borders.closedBy(each)])) {
      for (const seen of intervalsOf(page)) this.#add(seen, page)
      for (const seen of gaps.closedBy(page)) this.#add(seen, page)
    }
    this.#newPages = []
  }

  /**
   * A later page is right about the keys that both cover; but a row that an earlier page had at
   * other places, when the list was as long, is still there: its neighbours are out of order.
   */
  #add(seen: Interval<Row>, page: ReadPage<Row>): void {
    const joins = (other: Interval<Row>) => other.low <= seen.high + 1 && seen.low <= other.high + 1
    const joined = this.#intervals.filter(joins)
    if (joined.length === 0) {
      this.#intervals = [...this.#intervals, seen]
      return
    }
    const shown = new Set(seen.rows.map(({ key }) => key))
    const isKept = ({ key, index, page: { count } }: Seen<Row>) => {
      if (key < seen.low || key > seen.high) return true
      const isElsewhere = index < page.start || index >= page.end
      return count !== undefined && count === page.count && isElsewhere && !shown.has(key)
    }
    const kept = joined.flatMap(({ rows }) => rows.filter(isKept))
    const astray = kept.filter(({ key }) => seen.low < key && key < seen.high)
    this.#isContradicted ||= astray.length > MAX_ASTRAY
    const merged = {
      low: Math.min(seen.low, ...joined.map(({ low }) => low)),
      high: Math.max(seen.high, ...joined.map(({ high }) => high)),
      rows: [...kept, ...seen.rows].sort((one, other) => one.key - other.key),
    }
    this.#intervals = [...this.#intervals.filter(other => !joins(other)), merged]
  }

  /** The rows from the key `from` (inclusive) on, as far as they are proven without a gap. */
  run(from: number, isForward: boolean): Run<Row> {
    const interval = this.at(from)
    if (interval === undefined) return { rows: [], frontier: from }
    return isForward
      ? { rows: interval.rows.filter(({ key }) => key >= from), frontier: interval.high + 1 }
      : {
          rows: interval.rows.filter(({ key }) => key <= from).reverse(),
          frontier: interval.low - 1,
        }
  }

  /** The interval that a key lies in. */
  at(key: number): Interval<Row> | undefined {
    this.#addNewPages()
    return this.#intervals.find(({ low, high }) => low <= key && key <= high)
  }

  get rows(): readonly Seen<Row>[] {
    this.#addNewPages()
    return this.#intervals.flatMap(({ rows }) => rows)
  }
}

/**
 * Whether a later page of a list as long has many rows whose keys lie between those of a page that
 * lacks them: then that page is in no order, or its rows are those of other places.
 */
function isDisprovedBy<Row>(page: ReadPage<Row>, later: ReadPage<Row>): boolean {
  const [low, high] = [page.rows[0]?.key, page.rows.at(-1)?.key]
  if (low === undefined || high === undefined || page.count === undefined) return false
  if (later.count !== page.count) return false
  const between = later.rows.filter(({ key }) => low < key && key < high)
  if (between.length <= MAX_ASTRAY) return false
  const shown = new Set(page.rows.map(({ key }) => key))
  return between.filter(({ key }) => !shown.has(key)).length > MAX_ASTRAY
}

/**
 * The gaps at the edges of pages. Each leaves open whether a row whose key lies in the gap stands
 * beyond the page. There is none if pages show what comes before the first one of its two rows, and
 * what comes after the second one.
 */
class LooseGaps<Row> {
  readonly #open = new Map<string, readonly [number, number]>()
  readonly #seen = new Map<number, Seen<Row>>()
  readonly #withBefore = new Set<number>()
  readonly #withAfter = new Set<number>()

  /** Takes the next page. Gives the gaps that are closed by now. */
  closedBy({ rows, loose, isFirst, isLast }: ReadPage<Row>): readonly Interval<Row>[] {
    for (const seen of rows) this.#seen.set(seen.key, seen)
    for (const { key } of isFirst ? rows : rows.slice(1)) this.#withBefore.add(key)
    for (const { key } of isLast ? rows : rows.slice(0, -1)) this.#withAfter.add(key)
    if (loose.low === 1 && !isFirst) this.#add(rows.slice(0, 2))
    if (loose.high === 1 && !isLast) this.#add(rows.slice(-2))
    return [...this.#open].flatMap(([name, [low, high]]) => {
      if (!this.#withBefore.has(low) || !this.#withAfter.has(high)) return []
      this.#open.delete(name)
      const ends = [this.#seen.get(low) ?? [], this.#seen.get(high) ?? []].flat()
      return this.#isEmpty(low, high) ? [{ low, high, rows: ends }] : []
    })
  }

  /** A row that any page had there may only have moved. */
  #isEmpty(low: number, high: number): boolean {
    return ![...this.#seen.keys()].some(key => low < key && key < high)
  }

  #add([one, other]: readonly Seen<Row>[]): void {
    if (one && other) this.#open.set(`${one.key} ${other.key}`, [one.key, other.key])
  }
}

/** The intervals that one page proves: its rows, and all keys between those that are not loose. */
function intervalsOf<Row>({ rows, isFirst, isLast, loose }: ReadPage<Row>): Interval<Row>[] {
  if (isFirst && isLast) return [{ low: -Infinity, high: Infinity, rows }]
  const from = isFirst && rows.length > 1 ? 0 : loose.low
  const to = rows.length - (isLast && rows.length > 1 ? 0 : loose.high)
  const isEnd = (isFirst || isLast) && rows.length > 1
  const inner = to - from > (isEnd ? 0 : 1) ? rows.slice(from, to) : []
  const [lowest, highest] = [inner[0], inner.at(-1)]
  const edges = inner.length > 0 ? [...rows.slice(0, from), ...rows.slice(to)] : rows
  return [
    ...edges.map(alone),
    ...(lowest && highest
      ? [
          {
            low: isFirst ? -Infinity : lowest.key,
            high: isLast ? Infinity : highest.key,
            rows: inner,
          },
        ]
      : []),
  ]
}

const alone = <Row>(row: Seen<Row>): Interval<Row> => ({ low: row.key, high: row.key, rows: [row] })
