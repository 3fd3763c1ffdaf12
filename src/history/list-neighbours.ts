import type { ReadPage, Seen } from './list-page.ts'
import type { Towards } from './sightings.ts'

/** Where rows are wanted: from `key` (inclusive) on, so many of them. */
export interface Wanted {
  readonly key: number
  readonly towards: Towards
  readonly rows: number
}

/** A place in list order, where keys always rise with the index. */
export interface Place {
  /** Half a key before or after the wanted key: rows lie on one side of it or the other. */
  readonly boundary: number
  readonly sign: 1 | -1
  readonly isForward: boolean
  readonly rows: number
}

export function toListOrder({ key, towards, rows }: Wanted, rising: boolean): Place {
  const sign = rising ? 1 : -1
  const isForward = towards === sign
  return { boundary: sign * key + (isForward ? -0.5 : 0.5), sign, isForward, rows }
}

/** A row near the place. `index` is where it should be by now. */
export interface Neighbour<Row> {
  readonly row: Row
  readonly key: number
  readonly index: number
  readonly page: ReadPage<Row>
}

export interface Neighbours<Row> {
  readonly before: Neighbour<Row> | undefined
  readonly after: Neighbour<Row> | undefined
}

/** The nearest rows seen on either side of the place. */
export function neighbours<Row>(
  { boundary, sign }: Place,
  pages: readonly ReadPage<Row>[],
): Neighbours<Row> {
  let before: Seen<Row> | undefined
  let after: Seen<Row> | undefined
  for (const seen of pages.flatMap(({ rows }) => rows)) {
    const key = sign * seen.key
    if (key < boundary && (!before || key >= sign * before.key)) before = seen
    if (key > boundary && (!after || key < sign * after.key)) after = seen
  }
  return {
    before: before && upToDate(before, sign, pages),
    after: after && upToDate(after, sign, pages),
  }
}

/** Moves a row's index along with the rows around it that later pages showed, and their end. */
function upToDate<Row>(
  row: Seen<Row>,
  sign: number,
  pages: readonly ReadPage<Row>[],
): Neighbour<Row> {
  let { index } = row
  for (const { start, size, rows } of pages.slice(pages.indexOf(row.page) + 1)) {
    if (size === 0) index = Math.max(0, Math.min(index, start - 1))
    for (const other of rows) {
      const step = Math.sign(sign * (other.key - row.key))
      const isOutOfPlace = step * (other.index - index) <= 0
      if (isOutOfPlace) index = other.index - step
    }
  }
  return { row: row.row, key: row.key, index, page: row.page }
}
