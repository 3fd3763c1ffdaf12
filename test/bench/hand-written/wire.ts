const isAbsent = (value: unknown) => value === undefined || value === null || value === ''

export const text = (value: unknown): string | null => (isAbsent(value) ? null : String(value))

export const integer = (value: unknown): number | null => (isAbsent(value) ? null : Number(value))

/** 0 stands for none. */
export const id = (value: unknown): number | null => integer(value) || null

export const flag = (value: unknown): boolean | null =>
  isAbsent(value) ? null : Number(value) === 1

/** 234 and "234.00" are both 234.00. */
export const price = (value: unknown): string | null =>
  isAbsent(value) ? null : Number(value).toFixed(2)

const INSTANT = /^(\d{4})-(\d{1,2})-(\d{1,2}) (\d{1,2}):(\d\d):(\d\d)$/

/** `2017-8-27 9:05:07`, padded or not, as RFC 3339 in China Standard Time. */
export function instant(value: unknown): string | null {
  const [, year, month = '', day = '', hour = '', minute, second] =
    INSTANT.exec(String(value ?? '')) ?? []
  if (year === undefined || year === '0000') return null
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${minute}:${second}+08:00`
}

const two = (digits: string) => digits.padStart(2, '0')

/** The name at the value's place, where the API documents one. */
export const named = (value: unknown, names: readonly string[]): string =>
  names[integer(value) ?? -1] ?? 'UNKNOWN'

export const STATUSES = ['INVALID', 'IN_SERVICE', 'WAITING', 'EXTENDED', 'ON_HOLD', 'COMPLETED']
export const PAYMENTS = ['UNPAID', 'PAID', 'FAILED', 'PAGE_OPENED', 'DEDUCTED']
/** From 1. */
export const SENDERS = ['UNKNOWN', 'AGENT', 'CLIENT']
