const AMOUNT = /^(-?)(\d+)\.(\d\d)(\d*)$/

/** 45 × 10^12 CNY. A double holds the sum of any two amounts below it exactly. */
const MAX_FEN = 2 ** 52

/**
 * An amount such as `234.00` in whole fen; parts of a fen are rounded, halves up. Undefined for one that
 * surely is no price: 2^52 fen and more.
 */
export function toFen(amount: string): number | undefined {
  const [, sign, whole = '', fen = '', rest = ''] = AMOUNT.exec(amount) ?? []
  const rounded = Number(whole + fen) + (rest >= '5' ? 1 : 0)
  if (rounded >= MAX_FEN) return undefined
  return sign === '-' ? -rounded : rounded
}

/** Whole fen as an amount: 23400 is `234.00`. */
export function fromFen(fen: number | bigint): string {
  const digits = String(fen).replace('-', '').padStart(3, '0')
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** A sum of whole fen, exact however great it gets. */
export interface FenSum {
  /** Less than 2^52 either way. */
  few: number
  /** What no longer fits there. */
  many: bigint
}

export const noFen = (): FenSum => ({ few: 0, many: 0n })

/** Adds what `toFen` gives. A BigInt is made only if the sum gets great, since that takes longer. */
export function addFen(sum: FenSum, fen: number): void {
  sum.few += fen
  if (sum.few < MAX_FEN && sum.few > -MAX_FEN) return
  sum.many += BigInt(sum.few)
  sum.few = 0
}

export const totalFen = ({ few, many }: Readonly<FenSum>): bigint => many + BigInt(few)
