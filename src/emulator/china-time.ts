export const DAY_MS = 86_400_000
const OFFSET_MS = 8 * 3_600_000

/** Days since 1970-01-01 on the China Standard Time calendar (+08:00, no daylight saving). */
export type Day = number

export const dayOf = (instantMs: number): Day => Math.floor((instantMs + OFFSET_MS) / DAY_MS)

export const startOfDay = (day: Day): number => day * DAY_MS - OFFSET_MS

/** Sunday is 0, as in `Date`. 1970-01-01 was a Thursday. */
export const weekdayOf = (day: Day): number => (((day + 4) % 7) + 7) % 7

/** A date whose UTC fields read as the China Standard Time of `instantMs`. */
export const wallClock = (instantMs: number): Date => new Date(instantMs + OFFSET_MS)

/** Reads `2017-08-27` and `2017-8-27`; undefined for anything else, or a day no calendar has. */
export function parseDay(text: string): Day | undefined {
  const match = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text)
  if (!match) return undefined
  const [year, month, date] = [Number(match[1]), Number(match[2]), Number(match[3])]
  const midnight = new Date(Date.UTC(year, month - 1, date))
  // A day that the month lacks rolls over into the next one, a year below 100 into another century.
  const kept = midnight.getUTCFullYear() === year && midnight.getUTCMonth() === month - 1
  return kept ? midnight.getTime() / DAY_MS : undefined
}

export const wholeSeconds = (instantMs: number): number => Math.floor(instantMs / 1000) * 1000
