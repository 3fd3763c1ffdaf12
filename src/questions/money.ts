const AMOUNT = /^(-?)(\d+)\.(\d\d)(\d*)$/

/**
 * An amount such as `234.00` in whole fen; parts of a fen are rounded, halves up. One that no service
 * costs, of 10 milliards and more, counts as 0: sums of such could not be exact.
 */
export function toFen(amount: string): number {
  const [, sign, whole = '', fen = '', rest = ''] = AMOUNT.exec(amount) ?? []
  const rounded = Number(whole + fen) + (rest >= '5' ? 1 : 0)
  if (rounded >= MAX_FEN) return 0
  return sign === '-' ? -rounded : rounded
}

const MAX_FEN = 1e12

/** Whole fen as an amount: 23400 is `234.00`. */
export function fromFen(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(3, '0')
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}
