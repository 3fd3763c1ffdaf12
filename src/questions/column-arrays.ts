/** Columns of numbers, one for each value of a record: 41 bytes a record. */
export interface ColumnArrays {
  /** Days since 1970 on which services began, in China. */
  readonly day: Int32Array
  readonly hour: Int8Array
  /** In seconds. */
  readonly duration: Int32Array
  /** In whole fen; NaN for no price, and for one that is too great to be one. */
  readonly fen: Float64Array
  readonly flags: Uint8Array
  /** Numbers in dictionaries, as the columns below. */
  readonly status: Uint8Array
  readonly rating: Uint8Array
  readonly paymentStatus: Uint8Array
  readonly agent: Int32Array
  readonly company: Int32Array
  /** Options by the level of their menu. */
  readonly option1: Int32Array
  readonly option2: Int32Array
  readonly option3: Int32Array
}

export const COLUMN_NAMES = [
  'day',
  'hour',
  'duration',
  'fen',
  'flags',
  'status',
  'rating',
  'paymentStatus',
  'agent',
  'company',
  'option1',
  'option2',
  'option3',
] as const satisfies readonly (keyof ColumnArrays)[]

export const createArrays = (rows: number): ColumnArrays => ({
  day: new Int32Array(rows),
  hour: new Int8Array(rows),
  duration: new Int32Array(rows),
  fen: new Float64Array(rows),
  flags: new Uint8Array(rows),
  status: new Uint8Array(rows),
  rating: new Uint8Array(rows),
  paymentStatus: new Uint8Array(rows),
  agent: new Int32Array(rows),
  company: new Int32Array(rows),
  option1: new Int32Array(rows),
  option2: new Int32Array(rows),
  option3: new Int32Array(rows),
})

/** The same rows, in arrays that have room for so many. */
export function resized(arrays: ColumnArrays, rows: number): ColumnArrays {
  const other = createArrays(rows)
  for (const name of COLUMN_NAMES) other[name].set(arrays[name].subarray(0, rows))
  return other
}

export function copyRow(from: ColumnArrays, row: number, to: ColumnArrays, at: number): void {
  for (const name of COLUMN_NAMES) to[name][at] = from[name][row] ?? 0
}
