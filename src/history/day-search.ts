import type { PlaceHint } from './list-guess.ts'
import type { Neighbour, Neighbours } from './list-neighbours.ts'
import type { ListPage, ReadPage } from './list-page.ts'
import { placePage } from './list-page.ts'

/** What tells the days of a list's rows. */
export interface DaySource<Row> {
  /** Whole days since any day; undefined where the row tells none. */
  dayOf(row: Row): number | undefined
  /**
   * One row: the newest of the days up to this one where the list falls, the oldest from it on
   * where the list rises. `count` is the number of rows of all those days.
   */
  fetchFirstOn(day: number, rising: boolean): Promise<ListPage<Row>>
}

/** The list that is searched, as far as it is known. */
export interface DatedList<Row> {
  readonly days: DaySource<Row>
  readonly keyOf: (row: Row) => number
  readonly rising: boolean
  /** Its length, as stated. */
  readonly length: number
}

/** A row whose place its day has told, as a page of its own. */
export interface DayLandmark<Row> {
  readonly page: ReadPage<Row>
  /** Where to look from there; undefined where it is too far off: a nearer day tells more. */
  readonly hint: PlaceHint | undefined
}

/** The day was reckoned well where the key is no farther off than the keys of so many days. */
const NEAR_DAYS = 1.5

/**
 * Looks for a key by its day. Keys are given as time passes, so that the day of a key lies between
 * the days of two rows in proportion, however many keys in between have no row: a hole in the keys
 * is one in the days. The row at its edge is the first of all days on its side, and the number of
 * their rows tells its place in the whole list.
 *
 * It only tells where to look. A day is asked for once.
 */
export class DaySearch<Row> {
  readonly key: number
  readonly #asked = new Set<number>()

  constructor(key: number) {
    this.key = key
  }

  /** How many it has made. */
  get calls(): number {
    return this.#asked.size
  }

  /** Undefined where the days of the two rows tell nothing more. */
  async next(
    { before, after }: Neighbours<Row>,
    { days, keyOf, rising, length }: DatedList<Row>,
  ): Promise<DayLandmark<Row> | undefined> {
    const [low, high] = rising ? [before, after] : [after, before]
    const reckoned = low && high && this.#reckon(low, high, days, rising)
    if (!reckoned) return undefined
    this.#asked.add(reckoned.day)
    const answer = await days.fetchFirstOn(reckoned.day, rising)
    if (answer.count === undefined || answer.count > length) return undefined
    const index = length - answer.count
    const at = { page: index + 1, perPage: 1 }
    const page = placePage(at, { ...answer, count: length, hasNext: undefined }, keyOf, 0)
    const [seen] = page.rows
    if (!seen) return undefined
    const ahead = (this.key - seen.key) * (rising ? 1 : -1)
    // No row on the day itself, and the key beyond the nearest one: this is the edge of a hole.
    const isEdge = ahead < 0 && days.dayOf(seen.row) !== reckoned.day
    const isNear = isEdge || Math.abs(ahead) <= NEAR_DAYS * reckoned.keysOfDay
    const place = index + Math.max(0, ahead)
    const hint = { index: place, count: length, rising, isReckoned: true }
    return { page, hint: isNear ? hint : undefined }
  }

  /** The day of the key; the next one towards the list's start where that was asked for. */
  #reckon(
    low: Neighbour<Row>,
    high: Neighbour<Row>,
    { dayOf }: DaySource<Row>,
    rising: boolean,
  ): { readonly day: number; readonly keysOfDay: number } | undefined {
    const [lowDay, highDay] = [dayOf(low.row), dayOf(high.row)]
    if (lowDay === undefined || highDay === undefined) return undefined
    const keysOfDay = (high.key - low.key) / (highDay - lowDay + 1)
    let day = lowDay + Math.floor((this.key - low.key) / keysOfDay)
    while (this.#asked.has(day)) day += rising ? -1 : 1
    return lowDay <= day && day <= highDay ? { day, keysOfDay } : undefined
  }
}
