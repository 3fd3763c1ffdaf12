import { Dice, type NonEmpty } from '../random.ts'
import type { Session } from './session.ts'

export interface Payment {
  /** CNY, in hundredths. */
  readonly priceFen: number
  /** payStat: 0 unpaid, 1 paid, 2 failed, 3 payment page opened, 4 paid by deduction. */
  readonly status: number
  readonly paidAtMs: number | undefined
}

const PRICES_FEN: NonEmpty<number> = [
  3_000, 5_000, 8_800, 10_000, 12_000, 15_050, 20_000, 23_400, 30_000,
]
const STATUSES: NonEmpty<number> = [1, 1, 1, 1, 1, 1, 1, 4, 4, 0, 0, 2, 3]
const FREE: Payment = { priceFen: 0, status: 0, paidAtMs: undefined }

export function paymentOf(seed: number, csId: number, session: Session): Payment {
  const dice = new Dice(seed, 'payment', csId)
  if (dice.oneIn(3)) return FREE
  const priceFen = dice.pick(PRICES_FEN)
  const status = session.isOpen ? 0 : dice.pick(STATUSES)
  const isPaid = status === 1 || status === 4
  const paidAtMs = isPaid ? session.lastAtMs - dice.below(120) * 1000 : undefined
  return { priceFen, status, paidAtMs }
}
