import { setImmediate } from 'node:timers/promises'
import { eachRow, ROWS_OF_A_TURN } from './each-row.ts'
import { NONE, PAID, RATED, RESOLVED, type RecordColumns, WITH_CHAT } from './record-columns.ts'

/** What a set of records adds up to. */
export interface Figures {
  count: number
  resolvedCount: number
  ratedCount: number
  chatCount: number
  fen: number
  paidFen: number
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
  fen: 0,
  paidFen: 0,
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

/** Groups of the rows, by the key of each, in the order in which they are met. */
export async function groupRows(
  columns: RecordColumns<unknown>,
  keyAt: (row: number) => number,
): Promise<readonly Group[]> {
  const numbers = new Map<number, number>()
  const figures: Figures[] = []
  const groupOfRow = new Uint32Array(columns.length)
  await eachRow(columns.length, row => {
    const key = keyAt(row)
    const known = numbers.get(key)
    const number = known ?? figures.push(noFigures()) - 1
    if (known === undefined) numbers.set(key, number)
    groupOfRow[row] = number
    const ofGroup = figures[number]
    if (ofGroup) addRow(ofGroup, columns, row)
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

function addRow(figures: Figures, { arrays }: RecordColumns<unknown>, row: number): void {
  const flags = arrays.flags[row] ?? 0
  // No price is NaN there.
  const fen = arrays.fen[row] || 0
  const duration = arrays.duration[row] ?? NONE
  figures.count += 1
  if (flags & RESOLVED) figures.resolvedCount += 1
  if (flags & RATED) figures.ratedCount += 1
  if (flags & WITH_CHAT) figures.chatCount += 1
  figures.fen += fen
  if (flags & PAID) figures.paidFen += fen
  if (duration === NONE) return
  figures.durationCount += 1
  figures.durationSum += duration
  if (duration < figures.durationMin) figures.durationMin = duration
  if (duration > figures.durationMax) figures.durationMax = duration
}

/** The durations of each group, sorted. */
async function sortedDurations(
  { arrays: { duration }, length }: RecordColumns<unknown>,
  groupOfRow: Uint32Array,
  figures: readonly Figures[],
): Promise<readonly Int32Array[]> {
  const groups = figures.map(({ durationCount }) => new Int32Array(durationCount))
  const filled = new Uint32Array(groups.length)
  await eachRow(length, row => {
    const seconds = duration[row] ?? NONE
    const number = groupOfRow[row] ?? 0
    const group = groups[number]
    if (seconds === NONE || !group) return
    const at = filled[number] ?? 0
    group[at] = seconds
    filled[number] = at + 1
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
