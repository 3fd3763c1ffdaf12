import type { PlaceHint } from '../cursor.ts'
import type { ListReading } from '../lists/list-reading.ts'
import type { FormerSpot, ReadPage } from '../pages/list-page.ts'
import type { PageNumber, PageSizes, Window } from '../pages/page-number.ts'
import {
  LARGEST_PAGE,
  nameOfPage,
  pageHolding,
  pagesHolding,
  sizeOf,
  startIndex,
} from '../pages/page-number.ts'
import {
  adjacentPage,
  jointPage,
  largerPage,
  SLACK,
  WIDER,
  wasRead,
  wholePage,
} from '../steps/deciding-page.ts'
import { pagesAcrossHidden, pagesOfHiddenList } from '../steps/hidden-run.ts'
import { bracketOf, density, type Estimate, estimate } from '../steps/list-estimate.ts'
import { pageShowingEnd } from '../steps/page-showing-end.ts'
import { pagesOfFixedSize } from '../steps/pages-of-one-size.ts'
import { DaySearch } from './day-search.ts'
import { pagesHoldingAll, showingSizes } from './pages-of-many.ts'

/** Pages that one key may take. From the later turn on it is looked for by its day too. */
const MAX_SEARCH_CALLS = 15
const DAY_SEARCH_FROM_TURN = 3
const DAYS_OF_A_TURN = 2
const ORDER_DUE_AFTER_TURN = 2
/** So many pages are searched by halves: days are no better then. */
const PAGES_TO_HALVE = 8
/** Rows to either side of a key's place that prove that it has no row, if it has none. */
const PROOF = 2
/** The first page of a long list only shows its order, its length, and how dense its keys are. */
const FIRST_PAGE_ROWS = 20
/** Of so many rows, a page around a place that is an estimate. */
const FEW_ROWS = 2 * FIRST_PAGE_ROWS
const LEAST_SLACK = 10

type HintOf = (key: number) => PlaceHint | undefined

/** Where a key should be: on a page, or at places. Neither, if nothing new can be read. */
interface Place {
  readonly page?: PageNumber | undefined
  readonly window?: Window | undefined
}

/** Where a key should be, or why that cannot be found out. */
interface Wish extends Place {
  readonly key: number
  readonly error?: unknown
}

/**
 * Reads the pages on which keys should be, until each has its row or is between two neighbours. Keys
 * that are near each other share their pages, and pages far apart are read side by side. A page
 * that fails fails its own keys alone: gives their errors by key.
 */
export async function searchKeys<Row>(
  keys: readonly number[],
  reading: ListReading<Row>,
  hintOf: HintOf,
): Promise<ReadonlyMap<number, unknown>> {
  const failures = new Map<number, unknown>()
  const searches = [...new Set(keys)].sort((a, b) => a - b).map(key => new DaySearch<Row>(key))
  for (let turn = 0; ; turn++) {
    const isOpen = ({ key, calls }: DaySearch<Row>) =>
      !failures.has(key) && !isKnown(key, reading) && turn + calls < MAX_SEARCH_CALLS
    const open = searches.filter(isOpen)
    // Pages that have led nowhere may be listed in another order than was assumed.
    const isOrderDue = open.length === 0 || (turn > ORDER_DUE_AFTER_TURN && reading.isOrderDoubtful)
    const isFound = (key: number) => failures.has(key) || reading.rowOf(key) !== undefined
    const proving = isOrderDue && !keys.every(isFound) ? reading.pagesProvingOrder() : []
    if (proving.length > 0 && turn < MAX_SEARCH_CALLS) {
      const [failed] = await Promise.allSettled(reading.start(proving))
      if (failed?.status !== 'rejected') continue
      for (const key of keys) if (!isFound(key)) failures.set(key, failed.reason)
      return failures
    }
    if (open.length === 0) return failures
    const wishes = await Promise.all(
      open.map(search => wishOf(search, reading, hintOf, turn, open.length > 1)),
    )
    if (wishes.every(({ page, window, error }) => !page && !window && !error)) return failures
    const failed = await readPlaces(wishes, reading)
    for (const { key, error } of [...wishes, ...failed]) if (error) failures.set(key, error)
  }
}

const isKnown = <Row>(key: number, reading: ListReading<Row>): boolean =>
  reading.isProven(key) || reading.rowOf(key) !== undefined

async function wishOf<Row>(
  search: DaySearch<Row>,
  reading: ListReading<Row>,
  hintOf: HintOf,
  turn: number,
  isOneOfMany: boolean,
): Promise<Wish> {
  const { key } = search
  try {
    const hint = turn === 0 ? toSpot(key, hintOf, reading) : await seekByDay(search, reading, turn)
    return { key, ...placeOf(key, reading, hint, turn, isOneOfMany) }
  } catch (error) {
    return { key, error }
  }
}

function toSpot<Row>(
  key: number,
  hintOf: HintOf,
  reading: ListReading<Row>,
): FormerSpot | undefined {
  const hint = hintOf(key)
  if (!hint) return undefined
  reading.assumeOrder(hint.isRising)
  // Estimates count on to the row next to the hint, but this is the place of the key itself.
  return hint.isRising === reading.isRising ? { ...hint, key, index: hint.index - 1 } : undefined
}

/** Where a key should be. Of many keys, each is on one of the same few pages. */
function placeOf<Row>(
  key: number,
  reading: ListReading<Row>,
  hint: FormerSpot | undefined,
  turn: number,
  isOneOfMany: boolean,
): Place {
  const { known, sizes } = reading
  const inner = reading.toInner(key)
  const request = { from: inner, to: inner, isForward: true, limit: 1, hint }
  const bracket = bracketOf(inner - 0.5, known)
  const whole = turn > 0 ? wholePage(known) : undefined
  const place = estimate(inner - 0.5, bracket, request, known, turn)
  const [fixed] = place && sizes.isFixed ? pagesOfFixedSize(place, bracket, request, known) : []
  const [hidden] = pagesOfHiddenList(place, known)
  const [across] =
    turn > 0 ? pagesAcrossHidden(inner - 0.5, place, bracket, request, known, turn) : []
  const larger = turn > 1 && place ? largerPage(place, known) : undefined
  const page =
    fixed ??
    whole ??
    pageShowingEnd(bracket, known) ??
    hidden ??
    across ??
    larger ??
    jointPage(bracket, request, known, turn)
  if (page) return { page }
  if (!place) {
    const rows = known.isLong ? FIRST_PAGE_ROWS : LARGEST_PAGE
    return { page: { page: 1, perPage: Math.min(sizes.most, rows) } }
  }
  const slack = place.isSure || isOneOfMany ? PROOF : slackAt(place, sizes)
  const near = Math.min(slack, Math.max(1, Math.floor(sizes.cap / 3)))
  const windows = [near, ...WIDER].map(rows => windowAround(place, rows))
  // A page that was read before shows nothing new: then a wider one.
  const isNew = (window: Window) => {
    const pages = pagesHolding(window, sizes, { shared: 0 })
    return pages.some(page => !wasRead(page, known.pages))
  }
  const window = windows.find(isNew)
  return window ? { window } : { page: adjacentPage(place.index, known) }
}

const windowAround = ({ index, spread = 0 }: Estimate, rows: number): Window => ({
  from: Math.max(0, index - rows),
  to: index + spread + rows,
})

/** How far off an estimate may be: as far as a page of few rows allows, but not less than it should. */
function slackAt(place: Estimate, sizes: PageSizes): number {
  for (let rows = SLACK; rows > LEAST_SLACK; rows--) {
    const page = pageHolding(windowAround(place, rows), sizes)
    if (page && page.perPage <= FEW_ROWS) return rows
  }
  return LEAST_SLACK
}

/** Reads the fewest pages that hold all places. Gives the keys of the pages that failed. */
async function readPlaces<Row>(
  wishes: readonly Wish[],
  reading: ListReading<Row>,
): Promise<readonly { key: number; error: unknown }[]> {
  const { sizes } = reading
  const shared = pagesHoldingAll(
    wishes.flatMap(({ window }) => window ?? []),
    sizes,
  )
  const chosen = [...wishes.flatMap(({ page }) => page ?? []), ...shared]
  const named = chosen.map(page => [nameOfPage(page), page] as const)
  const pages = showingSizes([...new Map(named).values()], sizes)
  const outcomes = await Promise.allSettled(reading.start(pages))
  return outcomes.flatMap((outcome, at) => {
    const page = pages[at]
    if (outcome.status === 'fulfilled' || !page) return []
    const start = startIndex(page, sizes)
    const isOn = (wish: Wish) =>
      wish.window
        ? wish.window.from < start + sizeOf(page.perPage, sizes) && start <= wish.window.to
        : wish.page && nameOfPage(wish.page) === nameOfPage(page)
    return wishes.filter(isOn).map(({ key }) => ({ key, error: outcome.reason as unknown }))
  })
}

/** Once some estimates have failed: where a key should be by its day. */
async function seekByDay<Row>(
  search: DaySearch<Row>,
  reading: ListReading<Row>,
  turn: number,
): Promise<FormerSpot | undefined> {
  const { days } = reading.source
  const { sizes, isRising } = reading
  if (!days || turn < DAY_SEARCH_FROM_TURN || sizes.isFixed) return undefined
  const sign = isRising ? 1 : -1
  const key = reading.toInner(search.key)
  const dated = {
    dayOf(row: Row) {
      const day = days.dayOf(row)
      return day === undefined ? undefined : sign * day
    },
    firstSince: (day: number) => reading.landmarkOf(sign * day),
    rowsPerKey: Math.max(
      0,
      ...reading.pages.filter(({ rows }) => rows.length > 1).map(page => density(page)),
    ),
  }
  for (let calls = 0; calls < DAYS_OF_A_TURN; calls++) {
    const near = bracketOf(key - 0.5, reading.known)
    const rows = (near.after?.index ?? 0) - near.before.index
    if (rows < PAGES_TO_HALVE * sizes.cap) return undefined
    const asked = await search.next(near, dated, key)
    const hint = asked?.hint
    if (!asked || hint) return hint && !isShown(hint.index, reading.pages) ? hint : undefined
  }
  return undefined
}

/** Whether a page with a place was read, not only a single row. */
const isShown = (index: number, pages: readonly ReadPage<unknown>[]): boolean =>
  pages.some(({ start, end, size }) => size > 1 && start <= index && index < end)
