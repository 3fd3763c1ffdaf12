import type { FormerSpot, ListPage, Seen } from '../pages/list-page.ts'
import type { Bracket, Neighbour } from '../steps/list-estimate.ts'

/** What the days of a list's rows are known by. */
export interface DaySource<Row> {
  /** Whole days since any day; undefined if the row does not say. */
  dayOf(row: Row): number | undefined
  /**
   * One row: the newest of the days up to this one if the list falls, the oldest from it on if the
   * list rises. `count` is the number of rows of all those days.
   */
  fetchFirstOn(day: number, isRising: boolean): Promise<ListPage<Row>>
}

/** The list that is searched, as far as it is known. Days rise with the index, as keys do. */
export interface DatedList<Row> {
  dayOf(row: Row): number | undefined
  /** The first row since a day, in its place; undefined if there is none. */
  firstSince(day: number): Promise<Seen<Row> | undefined>
  /** How many rows there are for each key, as far as pages have shown. */
  readonly rowsPerKey: number
}

/** A day that was asked for. */
export interface AskedDay {
  /** Where to look from there; undefined if it is too far off: a nearer day is better. */
  readonly hint: FormerSpot | undefined
}

/** The day was estimated well if the key is no farther off than the keys of so many days. */
const NEAR_DAYS = 1.5

/**
 * Looks for a key by its day. Keys are given as time passes, so that the day of a key lies between
 * the days of two rows in proportion, however many keys in between have no row. Asking for one row
 * since a day gives the first row of that day; `count` is the number of rows since that day, hence
 * that row's place, counted from the end.
 *
 * It only finds out where to look. A day is asked for once.
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

  /** Undefined if the days of the two rows lead no further. */
  async next(near: Bracket<Row>, list: DatedList<Row>, key: number): Promise<AskedDay | undefined> {
    const estimated = this.#estimate(near, list, key)
    if (!estimated) return undefined
    this.#asked.add(estimated.day)
    const seen = await list.firstSince(estimated.day)
    if (!seen) return undefined
    const ahead = key - seen.key
    // No row on the day itself, and the key before the nearest one: this is the edge of a hole.
    const isEdge = ahead < 0 && list.dayOf(seen.row) !== estimated.day
    const isNear = isEdge || Math.abs(ahead) <= NEAR_DAYS * estimated.keysOfDay
    if (!isNear) return { hint: undefined }
    const place = seen.index + Math.round(Math.max(0, ahead) * list.rowsPerKey)
    const index = Math.min(place, near.after?.index ?? place)
    return { hint: { key, index, count: seen.page.count, isSure: false } }
  }

  /** The day of the key; the next one towards the list's start if that was asked for. */
  #estimate({ before, after }: Bracket<Row>, { dayOf }: DatedList<Row>, key: number) {
    const [lowDay, highDay] = [dayOfNeighbour(before, dayOf), dayOfNeighbour(after, dayOf)]
    if (lowDay === undefined || highDay === undefined || !after) return undefined
    const keysOfDay = (after.key - before.key) / (highDay - lowDay + 1)
    let day = lowDay + Math.floor((key - before.key) / keysOfDay)
    while (this.#asked.has(day)) day--
    return lowDay <= day && day <= highDay ? { day, keysOfDay } : undefined
  }
}

const dayOfNeighbour = <Row>(
  neighbour: Neighbour<Row> | undefined,
  dayOf: DatedList<Row>['dayOf'],
): number | undefined => (neighbour?.row === undefined ? undefined : dayOf(neighbour.row))
