import { setImmediate } from 'node:timers/promises'

/** After so many rows, others have their turn: a millisecond or two. */
export const ROWS_OF_A_TURN = 10_000

/** Goes through all rows, and gives others their turn between `from` and `to` of each part. */
export async function eachTurn(
  length: number,
  visit: (from: number, to: number) => void,
): Promise<void> {
  for (let from = 0; from < length; from += ROWS_OF_A_TURN) {
    if (from > 0) await setImmediate()
    visit(from, Math.min(length, from + ROWS_OF_A_TURN))
  }
}

export const eachRow = (length: number, visit: (row: number) => void): Promise<void> =>
  eachTurn(length, (from, to) => {
    for (let row = from; row < to; row++) visit(row)
  })
