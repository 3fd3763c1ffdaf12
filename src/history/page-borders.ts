import type { Bracket, Estimate, Neighbour } from './list-estimate.ts'
import { lengthOf } from './list-estimate.ts'
import type { ReadPage, Seen } from './list-page.ts'
import type { Known, ListRequest } from './list-step.ts'
import { nameOfPage, type PageNumber, type PageSizes } from './page-number.ts'

/**
 * Where nobody can choose how many rows a page has, no page shows the rows on both sides of a border.
 * Three readings do, one after the other: of a page, of its neighbour, and of the first page again. If
 * that has the rows that it had, and the list its length, none was moved across the border in between:
 * the two pages show one moment of the list, as one page of twice the size would.
 */
export class PageBorders<Row> {
  readonly #readings = new Map<string, ReadPage<Row>[]>()

  /** Takes the next page. Gives the pairs of pages that it makes one of, each as one page. */
  closedBy(page: ReadPage<Row>): readonly ReadPage<Row>[] {
    const former = this.#readingsOf(page, 0).filter(each => haveSameRows(each, page))
    const pairs = former.length === 0 ? [] : [-1, 1].flatMap(step => this.#pair(page, step, former))
    this.#readings.set(nameOf(page, 0), [...this.#readingsOf(page, 0), page])
    return pairs
  }

  #pair(page: ReadPage<Row>, step: number, former: readonly ReadPage<Row>[]) {
    const neighbour = this.#readingsOf(page, step).findLast(
      other =>
        isAsLong(other, page) &&
        isBefore(other, page) &&
        former.some(each => isBefore(each, other)),
    )
    if (!neighbour || page.isUnordered || neighbour.isUnordered) return []
    return step < 0 ? [joined(neighbour, page)] : [joined(page, neighbour)]
  }

  #readingsOf(page: ReadPage<Row>, step: number): readonly ReadPage<Row>[] {
    return this.#readings.get(nameOf(page, step)) ?? []
  }
}

/** Pages with equal numbers surely are the same places of the list only if they were asked for alike. */
const nameOf = ({ at: { page, perPage } }: ReadPage<unknown>, step: number) =>
  nameOfPage({ page: page + step, perPage })

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
  const { at, start, isFirst } = low
  const { end, hasNext, isLast } = high
  const size = low.size + high.size
  const loose = { low: low.loose.low, high: high.loose.high }
  return { ...latest, at, start, end, size, hasNext, isFirst, isLast, loose, rows }
}

/** From one page to another, both inclusive, by their numbers. */
interface PageRange {
  readonly from: number
  readonly to: number
}

/**
 * Of pages whose size nobody can choose, those to read next, side by side, until the rows wanted are
 * proven: those that hold them, then their neighbours. None if all of these are read and joined.
 */
export function pagesOfFixedSize<Row>(
  place: Estimate,
  bracket: Bracket<Row>,
  request: ListRequest,
  known: Known<Row>,
): PageNumber[] {
  const range = rangeOf(place, bracket, request, known)
  const last = pageAt((lengthOf(known) ?? Infinity) - 1, known.sizes)
  for (let wider = 0; wider <= 1; wider++) {
    const from = Math.max(1, Math.min(range.from - wider, last))
    const pages = pagesJoining(
      { from, to: Math.max(from, Math.min(range.to + wider, last)) },
      known,
    )
    if (pages.length > 0) return pages
  }
  return []
}

/**
 * Every second page first, then those between them, then the first ones again: that closes all of their
 * borders with three readings for two pages.
 */
function pagesJoining<Row>({ from, to }: PageRange, known: Known<Row>): PageNumber[] {
  const { cap: perPage } = known.sizes
  const alike = known.pages.filter(({ at }) => at.perPage === perPage)
  const latest = new Map(alike.map(page => [page.at.page, page]))
  const wanted = new Set<number>()
  if (from === to && !latest.has(from)) wanted.add(from)
  for (let page = from; page < to; page++) {
    if (!isClosed(latest.get(page), latest.get(page + 1), known)) wanted.add(nextOf(page, latest))
  }
  // Of two neighbours that were read side by side, nobody knows which one was read first.
  const chosen = [...wanted].filter(page => page % 2 === 0 || !isBeside(page, wanted))
  return chosen.map(page => ({ page, perPage }))
}

const isBeside = (page: number, others: ReadonlySet<number>) =>
  others.has(page - 1) || others.has(page + 1)

/** Of a page and the one after it, the one to read: of two that were read, the one read longer ago. */
function nextOf(page: number, latest: ReadonlyMap<number, ReadPage<unknown>>): number {
  const even = page % 2 === 0 ? page : page + 1
  const odd = page % 2 === 0 ? page + 1 : page
  const orderOf = (number: number) => latest.get(number)?.order ?? -1
  return orderOf(even) <= orderOf(odd) ? even : odd
}

/** Whether it is proven that no row is between two pages. */
function isClosed<Row>(
  low: ReadPage<Row> | undefined,
  high: ReadPage<Row> | undefined,
  { intervals }: Known<Row>,
): boolean {
  const last = low?.rows.at(-1 - low.loose.high) ?? low?.rows.at(-1)
  const first = high?.rows[high.loose.low] ?? high?.rows[0]
  const interval = last && intervals.at(last.key)
  if (!interval || !first || intervals.at(first.key) !== interval) return false
  // The only row of a page may be listed after one that comes later by its key.
  const isOpenAtStart = low?.isFirst === true && interval.low !== -Infinity
  return !isOpenAtStart && !(high?.isLast === true && interval.high !== Infinity)
}

/** The pages with the rows wanted, and those with which they must join. */
function rangeOf<Row>(
  place: Estimate,
  { before, after }: Bracket<Row>,
  request: ListRequest,
  known: Known<Row>,
): PageRange {
  const { isForward, limit, from } = request
  const { sizes } = known
  const isFromEnd = Math.abs(from) === Infinity
  const start = isForward ? before : after
  const edge =
    start?.page && isNear(request, { before, after })
      ? startOnPage(start, start.page, isForward)
      : undefined
  const page = edge?.page ?? pageAt(place.index + (isFromEnd ? 0 : isForward ? -1 : 1), sizes)
  const open = edge ? limit - edge.rowsLeft : limit + (isFromEnd ? 0 : 1)
  const more = Math.max(edge ? 1 : 0, Math.ceil((open + 1) / sizes.cap) - (edge ? 0 : 1))
  return isForward ? { from: page, to: page + more } : { from: page - more, to: page }
}

/** Whether a walk stands at a row that was seen, or between two pages that follow each other. */
function isNear<Row>({ from, isForward }: ListRequest, { before, after }: Bracket<Row>): boolean {
  const start = isForward ? before : after
  const [low, high] = [before.page?.at.page, after?.page?.at.page]
  const areNeighbours = low !== undefined && high !== undefined && high - low <= 1
  return areNeighbours || Math.abs(from - (start?.key ?? Infinity)) === 1
}

/** The page on which a walk stands, and how many of its rows come behind the one at which it stands. */
function startOnPage(
  { key }: Neighbour<unknown>,
  { at, rows }: ReadPage<unknown>,
  isForward: boolean,
) {
  const left = rows.filter(row => (isForward ? row.key > key : row.key < key))
  return { page: at.page, rowsLeft: left.length }
}

const pageAt = (index: number, { cap }: PageSizes): number =>
  Math.floor(Math.max(0, index) / cap) + 1
