import { DaySearch } from './day-search.ts'
import { density, type PlaceHint } from './list-guess.ts'
import { neighbours, toListOrder } from './list-neighbours.ts'
import { type ListReading, SLACK } from './list-reading.ts'
import type { NumberedListSource } from './list-source.ts'
import type { PageNumber } from './page-window.ts'
import { overlaps } from './page-window.ts'

/** Pages that one key may take. From the later round on it is looked for by its day too. */
const MAX_SEARCH_CALLS = 15
const DAY_SEARCH_FROM_ROUND = 3
const DAYS_OF_A_ROUND = 2
/** So many pages are searched by halves: days tell no more. */
const PAGES_TO_HALVE = 8
/** The most pages that are read to sort a list for the sake of keys. */
const MAX_PAGES_TO_SORT = 5

/** Where keys are looked for. */
interface SearchedList<Row> {
  readonly source: NumberedListSource<Row>
  readonly reading: ListReading<Row>
  /** About where a key should be, as far as that is known beforehand. */
  readonly hintOf: (key: number) => PlaceHint | undefined
}

/**
 * Reads the pages on which keys should be, until each has its row or is between two neighbours. Keys
 * that are near each other share their pages, and pages far apart are read side by side. A page
 * that fails fails its own keys alone: gives their errors by key.
 */
export async function searchKeys<Row>(
  keys: readonly number[],
  list: SearchedList<Row>,
): Promise<ReadonlyMap<number, unknown>> {
  const { reading } = list
  const failures = new Map<number, unknown>()
  const searches = keys.toSorted((a, b) => a - b).map(key => new DaySearch<Row>(key))
  for (let round = 0; !reading.isUnsorted; round++) {
    const isOpen = ({ key, calls }: DaySearch<Row>) =>
      !failures.has(key) && !isKnown(key, reading) && round + calls < MAX_SEARCH_CALLS
    const open = searches.filter(isOpen)
    if (open.length === 0) break
    const failed = await revealAll(open, list, round)
    for (const [key, error] of failed) failures.set(key, error)
  }
  if (reading.isUnsorted && isShort(reading)) await reading.sort(MAX_PAGES_TO_SORT)
  return failures
}

const isKnown = <Row>(key: number, reading: ListReading<Row>): boolean =>
  reading.isUnsorted
    ? reading.rowsAt(key).length > 0
    : reading.sightings.segmentAt(key) !== undefined

const isShort = <Row>({ pages, cap }: ListReading<Row>): boolean =>
  (pages.at(-1)?.count ?? Infinity) <= MAX_PAGES_TO_SORT * cap

async function revealAll<Row>(
  searches: readonly DaySearch<Row>[],
  list: SearchedList<Row>,
  round: number,
): Promise<(readonly [key: number, error: unknown])[]> {
  const { reading, hintOf } = list
  // Of many, each is on one of the same few pages, if all pages are of one size.
  const slack = searches.length === 1 ? SLACK : 0
  const wish = async (search: DaySearch<Row>) => {
    const { key } = search
    const hint = round === 0 ? hintOf(key) : await seekByDay(search, list, round)
    return { key, pages: reading.choose({ key, towards: 1, rows: 1 }, hint, round, slack) }
  }
  const wishes = await Promise.all(
    searches.map(each =>
      wish(each).catch((error: unknown) => ({ key: each.key, pages: [], error })),
    ),
  )
  const failed = await reading.tryAll(withoutOverlaps(wishes.flatMap(({ pages }) => pages)))
  return wishes.flatMap(({ key, pages, ...lost }) => {
    if ('error' in lost) return [[key, lost.error] as const]
    const page = failed.find(({ at }) => pages.some(wished => overlaps(wished, at)))
    return page ? [[key, page.error] as const] : []
  })
}

/** Once some guesses have failed: where a key should be by its day. */
async function seekByDay<Row>(
  search: DaySearch<Row>,
  { source: { days }, reading }: SearchedList<Row>,
  round: number,
): Promise<PlaceHint | undefined> {
  if (!days || round < DAY_SEARCH_FROM_ROUND) return undefined
  const { pages, cap, traits } = reading
  const rising = traits.rising ?? true
  const dated = {
    dayOf: days.dayOf,
    landmarkOf: (day: number) => reading.landmarkOf(day),
    rising,
    rowsPerKey: Math.max(0, ...pages.filter(({ rows }) => rows.length > 1).map(density)),
  }
  for (let calls = 0; calls < DAYS_OF_A_ROUND; calls++) {
    const near = neighbours(toListOrder({ key: search.key, towards: 1, rows: 1 }, rising), pages)
    const rows = (near.after?.index ?? 0) - (near.before?.index ?? 0)
    if (rows < PAGES_TO_HALVE * cap) return undefined
    const asked = await search.next(near, dated)
    const hint = asked?.hint
    if (!asked || hint) return hint && !wasRead(hint.index, reading) ? hint : undefined
  }
  return undefined
}

const wasRead = <Row>(index: number, { pages }: ListReading<Row>): boolean =>
  pages.some(({ start, size }) => size > 1 && start <= index && index < start + size)

/** Leaves out pages of which another one shows most, above all the same page wished twice. */
function withoutOverlaps(pages: readonly PageNumber[]): PageNumber[] {
  const chosen: PageNumber[] = []
  for (const at of pages) {
    if (!chosen.some(other => overlaps(other, at))) chosen.push(at)
  }
  return chosen
}
