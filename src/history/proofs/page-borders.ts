import type { ReadPage, Seen } from '../pages/list-page.ts'
import {
  isOneMoment,
  latestOf,
  type MomentRules,
  type Readings,
  type Stretch,
} from '../pages/one-moment.ts'

/** All readings of pages of records: see one-moment.ts. */
export type PageReadings<Row> = Readings<ReadPage<Row>>

/**
 * Where no page shows the rows on both sides of a border, several readings do, one after the other: as
 * nobody can choose how many rows a page has, or as more rows are hidden in a row than a page has.
 *
 * If a page has the rows that it had before its neighbour was read, and the list its length, none was
 * moved across the border in between: the two pages show one moment of the list, as one page of twice
 * the size would. If pages without rows are between the two, they have to be read before and after, too,
 * as hidden rows may go; unless the list only grows at its start, and states its length each time.
 */
export class PageBorders<Row> {
  readonly #growsAtStart: boolean
  readonly #readings = new Map<number, Map<number, readonly ReadPage<Row>[]>>()

  constructor(growsAtStart: boolean) {
    this.#growsAtStart = growsAtStart
  }

  /** Takes the next page. Gives the pairs of pages that it makes one of, each as one page. */
  closedBy(page: ReadPage<Row>): readonly ReadPage<Row>[] {
    const { perPage, page: number } = page.at
    const readings = this.#readings.get(perPage) ?? new Map<number, readonly ReadPage<Row>[]>()
    this.#readings.set(perPage, readings)
    readings.set(number, [...(readings.get(number) ?? []), page])
    const low = nextWithRows(number, -1, readings)
    const high = nextWithRows(number, 1, readings)
    const ends = page.rows.length > 0 ? [low, number, high] : [low, high]
    return stretchesOf(ends).flatMap(stretch => this.#asOne(stretch, readings) ?? [])
  }

  /** The pages of a stretch as one, if they show one moment. */
  #asOne(stretch: Stretch, readings: PageReadings<Row>): ReadPage<Row> | undefined {
    const [start] = latestOf([stretch.low], readings)
    const [end] = latestOf([stretch.high], readings)
    const areInOrder = start?.isUnordered !== true && end?.isUnordered !== true
    if (!end || !areInOrder || !this.#isMoment(stretch, readings)) return undefined
    if (!start) return { ...end, start: 0, isFirst: true }
    return { ...joined(start, end), isFirst: this.#isFirst(stretch.low, readings) }
  }

  #isMoment(stretch: Stretch, readings: PageReadings<Row>): boolean {
    return isOneMoment(stretch, readings, momentRules(this.#growsAtStart))
  }

  /** Whether no row comes before a page: it is the first one, or those before it have none. */
  #isFirst(page: number, readings: PageReadings<Row>): boolean {
    if (page === 1) return true
    const ends = [nextWithRows(page, -1, readings), page]
    return stretchesOf(ends).some(each => each.low === 0 && this.#isMoment(each, readings))
  }
}

/** Rows that come at the list's start move those of all pages. */
export const momentRules = (growsAtStart: boolean): MomentRules<ReadPage<unknown>> => ({
  telling: growsAtStart ? 'low' : undefined,
  haveSameRows,
})

/** The stretches between some pages with rows; there is none before the first page of the list. */
export function stretchesOf(ends: readonly (number | undefined)[]): readonly Stretch[] {
  return ends.slice(1).flatMap((high, at) => {
    const low = ends[at]
    if (low === undefined || high === undefined || high === 1) return []
    const between = Array.from({ length: high - low - 1 }, (_, more) => low + 1 + more)
    return [{ low, between, high }]
  })
}

/** The next page with rows, or 0 for the start of the list; undefined if a page before it was not read. */
export function nextWithRows<Row>(number: number, step: 1 | -1, readings: PageReadings<Row>) {
  let next = number + step
  while (latestOf([next], readings)[0]?.rows.length === 0) next += step
  return next === 0 || readings.has(next) ? next : undefined
}

const haveSameRows = (one: ReadPage<unknown>, other: ReadPage<unknown>) =>
  one.rows.length === other.rows.length &&
  one.rows.every(
    ({ key, index }, at) => other.rows[at]?.key === key && other.rows[at]?.index === index,
  )

function joined<Row>(low: ReadPage<Row>, high: ReadPage<Row>): ReadPage<Row> {
  const latest = low.order > high.order ? low : high
  const byKey = new Map([...low.rows, ...high.rows].map(seen => [seen.key, seen]))
  const rows: readonly Seen<Row>[] = [...byKey.values()].sort((one, other) => one.key - other.key)
  const { at, start } = low
  const { end, hasNext, isLast } = high
  const size = low.size + high.size
  const loose = { low: low.loose.low, high: high.loose.high }
  return { ...latest, at, start, end, size, hasNext, isLast, loose, rows }
}
