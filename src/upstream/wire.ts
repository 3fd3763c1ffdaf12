/**
 * Single values as the upstream spells them. Each function gives the value, null for "no value",
 * or undefined for something that cannot be read as such a value.
 */
export type Decoded<Value> = Value | null | undefined

/** An absent field, null and an empty string all mean "no value" (upstream-api.md). */
export const isAbsent = (value: unknown): value is undefined | null | '' =>
  value === undefined || value === null || value === ''

/** Kept as it is, blanks included. A number stands for its digits. */
export function toText(value: unknown): Decoded<string> {
  if (isAbsent(value)) return null
  if (typeof value === 'string') return value
  return typeof value === 'number' ? String(value) : undefined
}

const DIGITS = /^\d{1,16}$/

/** From 0 to the largest safe integer; a number or its digits. */
export function toWholeNumber(value: unknown): Decoded<number> {
  if (isAbsent(value)) return null
  const number = typeof value === 'string' && DIGITS.test(value) ? Number(value) : value
  return Number.isSafeInteger(number) && (number as number) >= 0 ? (number as number) : undefined
}

/** As a whole number, where 0 stands for none. */
export const toId = (value: unknown): Decoded<number> => {
  const number = toWholeNumber(value)
  return number === 0 ? null : number
}

/** As a text, where 0 stands for none. */
export const toIdText = (value: unknown): Decoded<string> => {
  const text = toText(value)
  return text === '0' ? null : text
}

/** 0 or 1. */
export function toFlag(value: unknown): Decoded<boolean> {
  if (isAbsent(value)) return null
  if (value === 1 || value === '1' || value === true) return true
  return value === 0 || value === '0' || value === false ? false : undefined
}

/** An absolute http or https URL, to be handed on; it is never fetched. */
export function toUrl(value: unknown): Decoded<string> {
  if (isAbsent(value)) return null
  return typeof value === 'string' && isAbsoluteUrl(value) ? value : undefined
}

export const isAbsoluteUrl = (text: string): boolean =>
  /^https?:\/\/\S+$/i.test(text) && URL.canParse(text)

export type WireObject = Readonly<Record<string, unknown>>

export const isWireObject = (value: unknown): value is WireObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
