import type { Seen } from './list-page.ts'

/** Every row whose key lies in [low, high], by rising key. The ends may be infinite. */
export interface Segment<Row> {
  readonly low: number
  readonly high: number
  readonly rows: readonly Seen<Row>[]
}

/** Towards rising (1) or falling (-1) keys. */
export type Towards = 1 | -1

/** The rows proven to follow a key, and the first key of which nothing is known yet. */
export interface Run<Row> {
  readonly rows: readonly Seen<Row>[]
  readonly frontier: number
}

/**
 * What the pages read so far prove. A page is one moment of the list: between its first and its
 * last row there was nothing else. So each page proves an interval of whole keys, and a walk is
 * exact as far as the intervals of its pages join, whatever shifted between the calls.
 */
export class Sightings<Row> {
  #segments: readonly Segment<Row>[] = []

  /**
   * Adds what a page proves. A later page is right about the keys that both cover: gives the rows
   * that others showed there and this one does not.
   */
  add(seen: Segment<Row>): readonly Seen<Row>[] {
    const joins = (other: Segment<Row>) => other.low <= seen.high + 1 && seen.low <= other.high + 1
    const joined = this.#segments.filter(joins)
    const kept = joined.toSorted((a, b) => a.low - b.low).flatMap(other => other.rows)
    const merged: Segment<Row> = {
      low: Math.min(seen.low, ...joined.map(other => other.low)),
      high: Math.max(seen.high, ...joined.map(other => other.high)),
      rows: [
        ...kept.filter(({ key }) => key < seen.low),
        ...seen.rows,
        ...kept.filter(({ key }) => key > seen.high),
      ],
    }
    this.#segments = [...this.#segments.filter(other => !joins(other)), merged]
    const covered = kept.filter(({ key }) => seen.low <= key && key <= seen.high)
    return covered.filter(({ key }) => !seen.rows.some(row => row.key === key))
  }

  /** The rows from the key `from` (inclusive) on, as far as they are proven without a gap. */
  run(from: number, towards: Towards): Run<Row> {
    const segment = this.segmentAt(from)
    if (segment === undefined) return { rows: [], frontier: from }
    return towards === 1
      ? { rows: segment.rows.filter(({ key }) => key >= from), frontier: segment.high + 1 }
      : {
          rows: segment.rows.filter(({ key }) => key <= from).reverse(),
          frontier: segment.low - 1,
        }
  }

  get rows(): readonly Seen<Row>[] {
    return this.#segments.flatMap(({ rows }) => rows)
  }

  segmentAt(key: number): Segment<Row> | undefined {
    return this.#segments.find(({ low, high }) => low <= key && key <= high)
  }
}
