import { believedAnswers } from './list-belief.ts'
import { endsList, withLastPages } from './list-end.ts'
import { isUnordered, type LooseEdges, looseEdges } from './list-order.ts'
import { type OtherPages, whatOthersProve } from './other-pages.ts'
import type { PageNumber, PageSizes } from './page-number.ts'
import { sizeOf } from './page-number.ts'
import { isPlaced as hasSurePlace, isOfOtherSize, startOf } from './page-places.ts'

/** One answer of a numbered list, as the upstream gave it. */
export interface ListPage<Row> {
  /** The readable rows, in the list's own order. */
  readonly rows: readonly Row[]
  /** How many rows it had, the unreadable ones too: they take up places. */
  readonly size: number
  /** The list's length as stated; undefined if nothing usable was stated. */
  readonly count: number | undefined
  /** Whether a next page was stated; undefined if nothing was stated. */
  readonly hasNext: boolean | undefined
  /** Whether a page before this one was stated. */
  readonly hasPrevious?: boolean | undefined
}

/** An answer and the page that was asked for. */
export interface Answer<Row> extends ListPage<Row> {
  readonly at: PageNumber
  /** How many answers had been received when it was asked for. Default: all before it. */
  readonly askedAfter?: number
}

/**
 * A key and its place in the list: of a row that was seen, of a cursor's row, or of one of the
 * list's ends. Keys rise with the index: see list-reading.ts.
 */
export interface Spot {
  readonly key: number
  /** From 0. If rows are hidden, the first place that the row can have. */
  readonly index: number
  /** Whether the place was seen exactly, not estimated. */
  readonly isSure: boolean
}

/** A spot as it was when the list had so many rows. */
export interface FormerSpot extends Spot {
  readonly count: number | undefined
  /** Whether the keys next to it are the next whole numbers. */
  readonly isDense?: boolean
}

/** A row as a page showed it. */
export interface Seen<Row> extends Spot {
  readonly row: Row
  readonly page: ReadPage<Row>
  /** The row before it in a walk, if rows between the two may stand on the next page. */
  readonly proven?: Seen<Row>
}

/** An answer, placed in its list as the list was at that moment. */
export interface ReadPage<Row> {
  readonly at: PageNumber
  /** How many pages were received before it, and how many of these before it was asked for. */
  readonly order: number
  readonly askedAfter: number
  /** Its first place, and the place after its last one. Rows may be hidden from some places. */
  readonly start: number
  readonly end: number
  readonly size: number
  readonly count: number | undefined
  readonly hasNext: boolean | undefined
  /** Whether its place is certain: pages that are capped stand elsewhere. */
  readonly isPlaced: boolean
  /** Whether nothing comes before this page, and whether nothing comes after it. */
  readonly isFirst: boolean
  readonly isLast: boolean
  /** Whether its rows are in no order by key, so that it proves nothing: see list-order.ts. */
  readonly isUnordered: boolean
  /** How many rows at its two edges prove nothing of the keys between them: see list-order.ts. */
  readonly loose: LooseEdges
  /** Its readable rows by rising key, each key once. */
  readonly rows: readonly Seen<Row>[]
}

/** How answers are placed: what is known of the list's order and of its pages. */
export interface ListView<Row> {
  readonly keyOf: (row: Row) => number
  readonly isRising: boolean
  readonly sizes: PageSizes
}

/** Places all answers of a reading anew: each can change what the others mean. */
export function placePages<Row>(
  received: readonly Answer<Row>[],
  view: ListView<Row>,
): ReadPage<Row>[] {
  const answers = believedAnswers(received, view)
  const others = whatOthersProve(answers, view.sizes)
  return withLastPages(
    anchored(answers.map((answer, order) => placePage(answer, order, view, others))),
  )
}

/** A page whose place is not certain stands where a row has it that another page shows, too. */
function anchored<Row>(pages: readonly ReadPage<Row>[]): readonly ReadPage<Row>[] {
  if (pages.every(({ isPlaced }) => isPlaced)) return pages
  const places = new Map(
    pages.flatMap(({ isPlaced, count, rows }) =>
      isPlaced ? rows.map(({ key, index }) => [`${key} ${count}`, index] as const) : [],
    ),
  )
  return pages.map(page => {
    const shared = page.rows.find(({ key }) => places.has(`${key} ${page.count}`))
    if (page.isPlaced || !shared) return page
    const shift = (places.get(`${shared.key} ${page.count}`) ?? shared.index) - shared.index
    const rows: Seen<Row>[] = []
    const moved = { ...page, start: page.start + shift, end: page.end + shift, rows }
    for (const seen of page.rows) rows.push({ ...seen, index: seen.index + shift, page: moved })
    return moved
  })
}

function placePage<Row>(
  answer: Answer<Row>,
  order: number,
  { keyOf, isRising, sizes }: ListView<Row>,
  others: OtherPages,
): ReadPage<Row> {
  const { at, size, count, hasNext, askedAfter = order } = answer
  const asked = startOf(answer, sizes)
  // Some upstreams repeat their last page, or all rows, if they are asked for a page beyond it.
  const isBeyond = count !== undefined && count <= asked && !others.isCountUnderstated
  const isRepeated = at.page > 1 && size > 0 && isBeyond
  const start = isRepeated ? Math.max(0, count - size) : asked
  const places = isOfOtherSize(answer, sizes) ? size : sizeOf(at.perPage, sizes)
  const end = start + Math.max(size, places)
  const isLast = endsList(answer, { start, end }, order, others)
  const rows: Seen<Row>[] = []
  const sign = isRising ? 1 : -1
  const { keyed, isUnordered, loose } = inKeyOrder(answer.rows, row => sign * keyOf(row))
  const shown = answer.rows.length
  const isStated = count !== undefined && !others.isCountUnderstated
  const isWhole = isLast && (!isStated || start + shown === count)
  const isExact = shown === end - start || isWhole
  const isPlaced = hasSurePlace(answer, sizes)
  // Rows may be hidden from a page that asked for more than any page had.
  const isCapped = sizes.isCapProven && size === sizes.cap
  const isWholePage = size >= at.perPage || at.perPage <= sizes.largest || isLast || isCapped
  const isSure = isExact && isPlaced && isWholePage && !isRepeated
  const isFirst = at.page === 1
  const placed = {
    at,
    order,
    askedAfter,
    start,
    end,
    size,
    count,
    hasNext,
    isPlaced,
    isFirst,
    isLast,
    rows,
  }
  const page = { ...placed, isUnordered, loose }
  for (const { key, row, offset } of keyed) {
    rows.push({ key, index: start + offset, isSure, row, page })
  }
  return page
}

/** By rising key, however the page lists its rows, and each key once. */
function inKeyOrder<Row>(rows: readonly Row[], keyOf: (row: Row) => number) {
  const [first, last] = [rows[0], rows.at(-1)]
  const isTurned = first && last && keyOf(first) > keyOf(last)
  const forward = isTurned ? rows.toReversed() : rows
  const listed = [
    ...new Map(
      forward.map((row, offset) => [keyOf(row), { key: keyOf(row), row, offset }]),
    ).values(),
  ]
  const isRising = listed.every(({ key }, at) => at === 0 || key > (listed[at - 1]?.key ?? key))
  const keyed = isRising ? listed : listed.toSorted((one, other) => one.key - other.key)
  const loose = looseEdges(listed, keyed)
  return { keyed, isUnordered: !isRising && isUnordered(listed, keyed), loose }
}
