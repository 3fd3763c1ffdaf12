/** By `csStat`; UNKNOWN for any other, here and below. */
export const REMOTE_RECORD_STATUSES = [
  'INVALID',
  'IN_SERVICE',
  'WAITING',
  'EXTENDED',
  'ON_HOLD',
  'COMPLETED',
  'UNKNOWN',
] as const

/** By `payStat`. */
export const PAYMENT_STATUSES = [
  'UNPAID',
  'PAID',
  'FAILED',
  'PAGE_OPENED',
  'DEDUCTED',
  'UNKNOWN',
] as const

export const RATINGS = ['GOOD', 'NEUTRAL', 'BAD', 'UNKNOWN'] as const

export type RemoteRecordStatus = (typeof REMOTE_RECORD_STATUSES)[number]
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number]
export type Rating = (typeof RATINGS)[number]

/** By `commentScore`; null is not rated. */
export const RATING_BY_SCORE = [null, 'BAD', undefined, 'NEUTRAL', undefined, 'GOOD'] as const
