import type { ReadPage, Seen } from '../pages/list-page.ts'

/** All readings of pages that were asked for alike, by their numbers, the latest one last. */
export type Readings<Row> = ReadonlyMap<number, readonly ReadPage<Row>[]>

/** A page with rows, the pages without rows after it, and the next page with rows, by their numbers. */
export interface Stretch {
  /** 0 if the first pages of the list have no rows. */
  readonly low: number
  readonly between: readonly number[]
  readonly high: number
}

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
  #asOne(stretch: Stretch, readings: Readings<Row>): ReadPage<Row> | undefined {
    const [start] = latestOf([stretch.low], readings)
    const [end] = latestOf([stretch.high], readings)
    const areInOrder = start?.isUnordered !== true && end?.isUnordered !== true
    if (!end || !areInOrder || !this.#isMoment(stretch, readings)) return undefined
    if (!start) return { ...end, start: 0, isFirst: true }
    return { ...joined(start, end), isFirst: this.#isFirst(stretch.low, readings) }
  }

  #isMoment(stretch: Stretch, readings: Readings<Row>): boolean {
    return proofsOf(stretch, readings, this.#growsAtStart).some(proof =>
      isUnchanged(proof, readings),
    )
  }

  /** Whether no row comes before a page: it is the first one, or those before it have none. */
  #isFirst(page: number, readings: Readings<Row>): boolean {
    if (page === 1) return true
    const ends = [nextWithRows(page, -1, readings), page]
    return stretchesOf(ends).some(each => each.low === 0 && this.#isMoment(each, readings))
  }
}

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
export function nextWithRows<Row>(number: number, step: 1 | -1, readings: Readings<Row>) {
  let next = number + step
  while (latestOf([next], readings)[0]?.rows.length === 0) next += step
  return next === 0 || readings.has(next) ? next : undefined
}

const latestOf = <Row>(numbers: readonly number[], readings: Readings<Row>): ReadPage<Row>[] =>
  numbers.flatMap(number => readings.get(number)?.at(-1) ?? [])

/** That some pages stayed the same, from before until after others were read, proves one moment. */
interface MomentProof {
  readonly lasting: readonly number[]
  readonly amid: readonly number[]
}

/** The proofs that would do for a stretch of which all pages were read. */
function proofsOf<Row>(
  { low, between, high }: Stretch,
  readings: Readings<Row>,
  growsAtStart: boolean,
): readonly MomentProof[] {
  const all = latestOf([low, ...between, high], readings)
  const isCounted = all.every(({ count }) => count !== undefined)
  return [
    ...(growsAtStart && isCounted ? [{ lasting: [low], amid: [...between, high] }] : []),
    { lasting: [low, ...between], amid: [high] },
    low > 0 ? { lasting: [...between, high], amid: [low] } : { lasting: [high], amid: between },
  ]
}

function isUnchanged<Row>({ lasting, amid }: MomentProof, readings: Readings<Row>): boolean {
  const others = latestOf(amid, readings)
  const [one] = others
  return (
    others.every(other => one && isAsLong(one, other)) &&
    latestOf(lasting, readings).every(
      after =>
        others.every(other => isAsLong(other, after) && isBefore(other, after)) &&
        readings
          .get(after.at.page)
          ?.some(
            before => haveSameRows(before, after) && others.every(other => isBefore(before, other)),
          ),
    )
  )
}

/** The pages to read again, so that all of a stretch is one moment if the list stands still. */
export function pagesClosing<Row>(
  stretch: Stretch,
  readings: Readings<Row>,
  growsAtStart: boolean,
): readonly number[] {
  const ways = proofsOf(stretch, readings, growsAtStart).flatMap(({ lasting, amid }) => {
    const others = latestOf(amid, readings)
    const isOpen = (number: number) => {
      const [after] = latestOf([number], readings)
      return after !== undefined && !others.every(other => isBefore(other, after))
    }
    const areEarlier = lasting.every(number => {
      const [first] = readings.get(number) ?? []
      return !first || others.every(other => isBefore(first, other))
    })
    const open = lasting.filter(isOpen)
    return areEarlier && open.length > 0 ? [open] : []
  })
  const fewest = ways.toSorted((one, other) => one.length - other.length)
  return fewest[0] ?? [...stretch.between, stretch.high]
}

/** Whether one page was received before the other was asked for. */
const isBefore = (one: ReadPage<unknown>, other: ReadPage<unknown>) => one.order < other.askedAfter

/** Whether no stated length says that rows came or went between two pages. */
const isAsLong = ({ count: one }: ReadPage<unknown>, { count: other }: ReadPage<unknown>) =>
  one === undefined || other === undefined || one === other

const haveSameRows = (one: ReadPage<unknown>, other: ReadPage<unknown>) =>
  isAsLong(one, other) &&
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
