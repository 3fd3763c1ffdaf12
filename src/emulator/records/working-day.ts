import { firstIndex } from './binary-search.ts'

// How busy each hour of a day is: two working halves, a lunch break, a few calls at night.
const HOURLY = [
  1, 1, 1, 1, 1, 2, 4, 12, 60, 100, 100, 90, 40, 60, 100, 100, 95, 70, 22, 12, 8, 6, 4, 2,
]
const TOTAL = HOURLY.reduce((sum, weight) => sum + weight, 0)
const BEFORE_HOUR = HOURLY.map((_, hour) =>
  HOURLY.slice(0, hour).reduce((sum, weight) => sum + weight / TOTAL, 0),
)
const HOUR_SECONDS = 3600

const before = (hour: number) => BEFORE_HOUR[hour] ?? 1
const within = (hour: number) => (HOURLY[hour] ?? 0) / TOTAL

/** The share (0 to 1) of a day's records that come before this second of it. */
export function shareBefore(second: number): number {
  const hour = Math.floor(second / HOUR_SECONDS)
  return before(hour) + within(hour) * ((second % HOUR_SECONDS) / HOUR_SECONDS)
}

/** The inverse: the whole second of the day by which this share of its records has come. */
export function secondAt(share: number): number {
  const hour = firstIndex(HOURLY.length - 1, each => before(each + 1) > share)
  const intoHour = (share - before(hour)) / within(hour)
  const second = Math.floor(intoHour * HOUR_SECONDS)
  // Rounding must not carry a share into the neighbouring hour.
  return hour * HOUR_SECONDS + Math.max(0, Math.min(HOUR_SECONDS - 1, second))
}
