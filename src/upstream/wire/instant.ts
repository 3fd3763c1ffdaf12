import { type Decoded, isAbsent } from './wire.ts'

const DAY = /^(\d{4})-(\d{1,2})-(\d{1,2})$/
/** Whatever separates its parts: ISO 8601 with a zone or without, slashes, 年月日. */
const INSTANT =
  /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: {0,3}T| {1,3}|(?<=日))(\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.\d{1,9})?(?: ?(Z|[+-]\d{2}:?\d{2}))?$/i
/** Days that programs write for "never": the zeros of MySQL, PHP, Unix, .NET, OLE and SQL Server. */
const NEVER =
  /^(?:0000-00?-00?|-0001-11-30|1970[-/]0?1[-/]0?1|0001[-/]0?1[-/]0?1|1899[-/]12[-/]30|1900[-/]0?1[-/]0?1|9999[-/]12[-/]31)(?![^ T])/i
/** A digit stands for any, all else for itself. */
const PADDED = '0000-00-00 00:00:00'
const DIGIT = '0'.charCodeAt(0)
const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const CHINA_MS = 8 * 60 * 60 * 1000

/**
 * `2017-8-27 9:05:07`, padded or not, as RFC 3339 in China Standard Time:
 * `2017-08-27T09:05:07+08:00`. Other spellings of an instant are read if they mean one thing only;
 * parts of a second are dropped. A date that stands for "never" is "no value"; an impossible one is
 * undefined.
 */
export function toInstant(value: unknown): Decoded<string> {
  if (isAbsent(value)) return null
  if (typeof value !== 'string') return value === 0 ? null : undefined
  return toPaddedInstant(value) ?? toAnyInstant(value.trim())
}

/** The usual form, read by its characters alone: instants are most of what a page's decoding costs. */
function toPaddedInstant(text: string): string | undefined {
  if (text.length !== 19) return undefined
  for (let at = 0; at < 19; at++) {
    const code = text.charCodeAt(at)
    const separator = PADDED.charCodeAt(at)
    if (separator === DIGIT ? code < DIGIT || code > DIGIT + 9 : code !== separator)
      return undefined
  }
  const date = twoDigits(text, 8)
  const year = 100 * twoDigits(text, 0) + twoDigits(text, 2)
  // Other years may be those of a date that stands for "never".
  if (year < 1971 || year > 9998) return undefined
  const isDay = date >= 1 && date <= daysIn(year, twoDigits(text, 5))
  const isTime = twoDigits(text, 11) < 24 && twoDigits(text, 14) < 60 && twoDigits(text, 17) < 60
  return isDay && isTime ? `${text.slice(0, 10)}T${text.slice(11)}+08:00` : undefined
}

const twoDigits = (text: string, at: number) =>
  10 * (text.charCodeAt(at) - DIGIT) + text.charCodeAt(at + 1) - DIGIT

function toAnyInstant(text: string): Decoded<string> {
  if (text === '' || text === '0' || NEVER.test(text)) return null
  const match = INSTANT.exec(text)
  const day = match && toRealDay(match)
  if (!day) return undefined
  const [, , , , hour = '', minute = '', second = '', zone = '+08:00'] = match
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined
  const wall = `${day}T${two(hour)}:${two(minute)}:${two(second)}`
  if (zone === '+08:00') return `${wall}+08:00`
  const ms = Date.parse(wall + zone.toUpperCase())
  return Number.isNaN(ms) ? undefined : inChina(ms)
}

const inChina = (ms: number) => `${new Date(ms + CHINA_MS).toISOString().slice(0, 19)}+08:00`

/** The day of an RFC 3339 instant, by its own offset. */
export const dayOf = (instant: string): string => instant.slice(0, 10)

/** Of an RFC 3339 instant; whole seconds since 1970 in UTC. */
export const epochSecondOf = (instant: string): number => Math.floor(Date.parse(instant) / 1000)

/** A day for a query, padded: `2017-08-27`. Throws RangeError for a day that does not exist. */
export function formatDay(text: string): string {
  const match = DAY.exec(text)
  const day = match && toRealDay(match)
  if (!day) throw new RangeError('a day must be a real one, such as 2017-08-27')
  return day
}

function toRealDay([, year = '', month = '', day = '']: RegExpExecArray): string | undefined {
  const isReal = Number(day) >= 1 && Number(day) <= daysIn(Number(year), Number(month))
  return isReal ? `${year}-${two(month)}-${two(day)}` : undefined
}

function daysIn(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return month === 2 && isLeap ? 29 : (DAYS_IN_MONTH[month - 1] ?? 0)
}

const two = (digits: string) => (digits.length === 1 ? `0${digits}` : digits)
