const LONGEST_MS = 24 * 60 * 60 * 1000
const SECONDS = /^\d+$/
const WEEKDAY = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)/

/**
 * How long a `Retry-After` asks to wait (RFC 9110: whole seconds, or an HTTP date in one of its
 * three forms). At least 0, at most a day, so that it always fits a timer; undefined for junk.
 */
export function parseRetryAfter(value: string | undefined, nowMs = Date.now()): number | undefined {
  if (value === undefined) return undefined
  const waitMs = SECONDS.test(value) ? Number(value) * 1000 : parseHttpDate(value) - nowMs
  return Number.isNaN(waitMs) ? undefined : Math.min(Math.max(waitMs, 0), LONGEST_MS)
}

function parseHttpDate(value: string): number {
  if (!WEEKDAY.test(value)) return Number.NaN
  // The asctime form names no zone; an HTTP date is always in GMT.
  return Date.parse(value.endsWith('GMT') ? value : `${value} GMT`)
}
