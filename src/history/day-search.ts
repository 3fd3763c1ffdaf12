import type { PlaceHint } from './list-guess.ts'
import type { Neighbour, Neighbours } from './list-neighbours.ts'
import type { ListPage, Seen } from './list-page.ts'

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
  readonly dayOf: DaySource<Row>['dayOf']
  /** The row at the edge of a day, in its place; undefined where there is none. */
  landmarkOf(day: number): Promise<Seen<Row> | undefined>
  readonly rising: boolean
  /** How many rows there are for each key, as far as pages have shown. */
  readonly rowsPerKey: number
}

/** A day that was asked for. */
export interface AskedDay {
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
  async next(near: Neighbours<Row>, list: DatedList<Row>): Promise<AskedDay | undefined> {
    const { rising, dayOf, rowsPerKey } = list
    const [low, high] = rising ? [near.before, near.after] : [near.after, near.before]
    const reckoned = low && high && this.#reckon(low, high, list)
    if (!reckoned) return undefined
    this.#asked.add(reckoned.day)
    const seen = await list.landmarkOf(reckoned.day)
    if (!seen) return undefined
    const ahead = (this.key - seen.key) * (rising ? 1 : -1)
    // No row on the day itself, and the key beyond the nearest one: this is the edge of a hole.
    const isEdge = ahead < 0 && dayOf(seen.row) !== reckoned.day
    const isNear = isEdge || Math.abs(ahead) <= NEAR_DAYS * reckoned.keysOfDay
    if (!isNear) return { hint: undefined }
    const place = seen.index + Math.round(Math.max(0, ahead) * rowsPerKey)
    const index = Math.min(place, near.after?.index ?? place)
    return { hint: { index, count: seen.page.count, rising, isReckoned: true } }
  }

  /** The day of the key; the next one towards the list's start where that was asked for. */
  #reckon(
    low: Neighbour<Row>,
    high: Neighbour<Row>,
    { dayOf, rising }: DatedList<Row>,
  ): { readonly day: number; readonly keysOfDay: number } | undefined {
    const [lowDay, highDay] = [dayOf(low.row), dayOf(high.row)]
    if (lowDay === undefined || highDay === undefined) return undefined
    const keysOfDay = (high.key - low.key) / (highDay - lowDay + 1)
    let day = lowDay + Math.floor((this.key - low.key) / keysOfDay)
    while (this.#asked.has(day)) day += rising ? -1 : 1
    return lowDay <= day && day <= highDay ? { day, keysOfDay } : undefined
  }
}
