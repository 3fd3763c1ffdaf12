import { setImmediate } from 'node:timers/promises'
import type { ColumnArrays } from './column-arrays.ts'
import { eachTurn, ROWS_OF_A_TURN } from './each-row.ts'
import { addFen, type FenSum, noFen } from './money.ts'
import { NONE, PAID, RATED, RESOLVED, type RecordColumns, WITH_CHAT } from './record-columns.ts'

/** What a set of records adds up to. */
export interface Figures {
  count: number
  resolvedCount: number
  ratedCount: number
  chatCount: number
  readonly fen: FenSum
  readonly paidFen: FenSum
  /** Of those that have ended. */
  durationCount: number
  /** In seconds, as the next two. */
  durationSum: number
  durationMin: number
  durationMax: number
}

export const noFigures = (): Figures => ({
  count: 0,
  resolvedCount: 0,
  ratedCount: 0,
  chatCount: 0,
  fen: noFen(),
  paidFen: noFen(),
  durationCount: 0,
  durationSum: 0,
  durationMin: Infinity,
  durationMax: -Infinity,
})

/** Records that have the same key. */
export interface Group {
  readonly key: number
  readonly figures: Readonly<Figures>
  /** The durations in seconds of those that have ended, sorted. Made when they are asked for. */
  durations(): Promise<Int32Array>
}

/** Groups of the rows, by the key that a column has of each, in the order in which they are met. */
export async function groupRows(
  columns: RecordColumns<unknown>,
  keys: ArrayLike<number>,
): Promise<readonly Group[]> {
  const numbers = new Map<number, number>()
  const figures: Figures[] = []
  const groupOfRow = new Uint32Array(columns.length)
  await eachTurn(columns.length, (from, to) => {
    numberRows({ keys, numbers, groupOfRow }, from, to)
    while (figures.length < numbers.size) figures.push(noFigures())
    addRows(figures, groupOfRow, columns.arrays, from, to)
  })
  let durations: Promise<readonly Int32Array[]> | undefined
  const durationsOf = async (number: number) => {
    durations ??= sortedDurations(columns, groupOfRow, figures)
    return (await durations)[number] ?? new Int32Array()
  }
  return [...numbers].map(([key, number]) => ({
    key,
    figures: figures[number] ?? noFigures(),
    durations: () => durationsOf(number),
  }))
}

interface Numbering {
  readonly keys: ArrayLike<number>
  /** By key. A new key gets the next number. */
  readonly numbers: Map<number, number>
  readonly groupOfRow: Uint32Array
}

function numberRows({ keys, numbers, groupOfRow }: Numbering, from: number, to: number): void {
  let [lastKey, lastNumber] = [Number.NaN, 0]
  for (let row = from; row < to; row++) {
    const key = keys[row] ?? NONE
    if (key !== lastKey) {
      lastKey = key
      lastNumber = numbers.get(key) ?? numbers.size
      if (lastNumber === numbers.size) numbers.set(key, lastNumber)
    }
    groupOfRow[row] = lastNumber
  }
}

function addRows(
  figures: readonly Figures[],
  groupOfRow: Uint32Array,
  { flags: flagsOf, fen: fenOf, duration: durationOf }: ColumnArrays,
  from: number,
  to: number,
): void {
  for (let row = from; row < to; row++) {
    const group = figures[groupOfRow[row] ?? 0]
    if (!group) continue
    const flags = flagsOf[row] ?? 0
    // No price is NaN there, and neither is one that cannot be added up.
    const fen = fenOf[row] || 0
    const duration = durationOf[row] ?? NONE
    group.count += 1
    if (flags & RESOLVED) group.resolvedCount += 1
    if (flags & RATED) group.ratedCount += 1
    if (flags & WITH_CHAT) group.chatCount += 1
    addFen(group.fen, fen)
    if (flags & PAID) addFen(group.paidFen, fen)
    if (duration === NONE) continue
    group.durationCount += 1
    group.durationSum += duration
    if (duration < group.durationMin) group.durationMin = duration
    if (duration > group.durationMax) group.durationMax = duration
  }
}

/** The durations of each group, sorted. */
async function sortedDurations(
  { arrays: { duration }, length }: RecordColumns<unknown>,
  groupOfRow: Uint32Array,
  figures: readonly Figures[],
): Promise<readonly Int32Array[]> {
  const groups = figures.map(({ durationCount }) => new Int32Array(durationCount))
  const filled = new Uint32Array(groups.length)
  await eachTurn(length, (from, to) => {
    for (let row = from; row < to; row++) {
      const seconds = duration[row] ?? NONE
      const number = groupOfRow[row] ?? 0
      const group = groups[number]
      if (seconds === NONE || !group) continue
      const at = filled[number] ?? 0
      group[at] = seconds
      filled[number] = at + 1
    }
  })
  let sorted = 0
  for (const group of groups) {
    group.sort()
    sorted += group.length
    if (sorted < ROWS_OF_A_TURN) continue
    sorted = 0
    await setImmediate()
  }
  return groups
}
