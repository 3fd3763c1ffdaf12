import { formatDay, toInstant } from './wire/instant.ts'

/** Days in China, both inclusive, such as `2017-08-27`. */
export interface DayRange {
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** As a query has it. Throws RangeError for a day that does not exist. */
export const toDay = (day: string | undefined): string | undefined =>
  day === undefined ? undefined : formatDay(day)

const DAY_MS = 86_400_000

/**
 * Whether a time as the upstream spells it is of other days, and by more than a day: the upstream's
 * own midnight may be another than China's. False if the time cannot be read.
 */
export function isOutside(days: DayRange, time: unknown): boolean {
  const ms = Date.parse(toInstant(time) ?? '')
  // Comparing with NaN, which stands for no time or no day, is never true.
  return ms < midnightOf(days.from, -1) || ms >= midnightOf(days.to, 2)
}

/** The midnight in China with which a day begins, moved by days; NaN for no day. */
const midnightOf = (day: string | undefined, move: number) =>
  day === undefined ? Number.NaN : Date.parse(`${formatDay(day)}T00:00:00+08:00`) + move * DAY_MS

/** Nothing was recorded so long ago: an upstream that looks at days has no rows of this one. */
export const LONG_AGO: DayRange = { from: '2000-01-01', to: '2000-01-01' }
