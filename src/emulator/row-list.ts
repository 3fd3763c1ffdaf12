/** Rows by their position (from 0), which need not be held. */
export interface RowList<Row> {
  readonly length: number
  at(position: number): Row
  /** The row of this key; undefined if the list does not have it. */
  find(key: number): Row | undefined
}

/** What a list is rearranged by. */
export interface RowKind<Row> {
  keyOf(row: Row): number
  timeOf(row: Row): number
}

type Swaps = readonly (readonly [number, number])[] | ((key: number) => number)

const MOST_ROWS_HELD = 20_000

/** All rows. Throws RangeError for a list that is too long to be held. */
export function wholeList<Row>(list: RowList<Row>): Row[] {
  if (list.length > MOST_ROWS_HELD)
    throw new RangeError(`this oddity takes lists of at most ${MOST_ROWS_HELD} rows`)
  return Array.from({ length: list.length }, (_, position) => list.at(position))
}

/** Throws RangeError for a list that is too long to be held. */
export function filtered<Row>(list: RowList<Row>, isKept: (row: Row) => boolean): RowList<Row> {
  return {
    ...asList(wholeList(list).filter(isKept)),
    find(key) {
      const row = list.find(key)
      return row !== undefined && isKept(row) ? row : undefined
    },
  }
}

export const reversed = <Row>(list: RowList<Row>): RowList<Row> => ({
  ...list,
  at: position => list.at(list.length - 1 - position),
})

/** Rows of one time that stand next to each other, the other way round. */
export function withTiesReversed<Row>(list: RowList<Row>, kind: RowKind<Row>): RowList<Row> {
  const timeAt = (position: number) =>
    position >= 0 && position < list.length ? kind.timeOf(list.at(position)) : undefined
  const lastOfTie = (position: number, step: 1 | -1) => {
    const time = timeAt(position)
    let last = position
    while (timeAt(last + step) === time) last += step
    return last
  }
  return {
    ...list,
    at: position => list.at(lastOfTie(position, -1) + lastOfTie(position, 1) - position),
  }
}

/** Rows in each other's place. A row whose partner is not in the list stays where it is. */
export function withSwaps<Row>(list: RowList<Row>, kind: RowKind<Row>, swaps: Swaps): RowList<Row> {
  const partnerOf = typeof swaps === 'function' ? swaps : partnersIn(swaps)
  return {
    ...list,
    at(position) {
      const row = list.at(position)
      return list.find(partnerOf(kind.keyOf(row))) ?? row
    },
  }
}

/** Swaps each even key with the odd one above it. */
export const neighbour = (key: number): number => (key % 2 === 0 ? key + 1 : key - 1)

function partnersIn(pairs: readonly (readonly [number, number])[]) {
  const partners = new Map(pairs.flatMap(([one, other]) => [[one, other] as const, [other, one]]))
  return (key: number) => partners.get(key) ?? key
}

/** Some rows twice, one after the other. Throws RangeError for a list too long to be held. */
export function withRowsTwice<Row>(
  list: RowList<Row>,
  isTwice: (row: Row) => boolean,
): RowList<Row> {
  return { ...list, ...asList(wholeList(list).flatMap(row => (isTwice(row) ? [row, row] : [row]))) }
}

/** Rows that are held. */
export const asList = <Row>(rows: readonly Row[]) => ({
  length: rows.length,
  at(position: number): Row {
    const row = rows[position]
    if (row === undefined) throw new RangeError(`the list has no position ${position}`)
    return row
  },
})
