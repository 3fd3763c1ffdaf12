import { setImmediate } from 'node:timers/promises'

/** After so many rows, others have their turn: a millisecond or two. */
export const ROWS_OF_A_TURN = 10_000

export async function eachRow(length: number, visit: (row: number) => void): Promise<void> {
  for (let row = 0; row < length; row++) {
    if (row > 0 && row % ROWS_OF_A_TURN === 0) await setImmediate()
    visit(row)
  }
}
