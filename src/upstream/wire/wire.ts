import { toPlainNumber } from './plain-number.ts'

/**
 * Single values as the upstream spells them. Each function gives the value, null for "no value",
 * or undefined for something that cannot be read as such a value.
 */
export type Decoded<Value> = Value | null | undefined

/** An absent field, null and an empty string all mean "no value" (README.md of this room, "Values"). */
export const isAbsent = (value: unknown): value is undefined | null | '' =>
  value === undefined || value === null || value === ''

/** For all but texts, blanks alone are no value either. */
export const isBlank = (value: unknown): boolean =>
  isAbsent(value) || (typeof value === 'string' && value.trim() === '')

/**
 * Kept as it is, blanks included. A number stands for its digits, unless no double holds it. Half of a
 * surrogate pair becomes U+FFFD: it is no character, and strict parsers refuse an answer that holds one.
 */
export function toText(value: unknown): Decoded<string> {
  if (isAbsent(value)) return null
  if (typeof value === 'string') return value.toWellFormed()
  return Number.isFinite(value) ? toPlainNumber(value as number) : undefined
}

const DIGITS = /^\d{1,16}$/
/** `3.0`, and thousands as in `1,234`. */
const SPELT_OUT = /^(\d{1,16}|\d{1,3}(?:,\d{3}){1,5})(?:\.0{0,16})?$/

/** From 0 to the largest safe integer; a number or its digits. */
export function toWholeNumber(value: unknown): Decoded<number> {
  if (isAbsent(value)) return null
  const number = typeof value === 'string' ? parseWholeNumber(value) : value
  if (number === null) return null
  return Number.isSafeInteger(number) && (number as number) >= 0 ? (number as number) : undefined
}

function parseWholeNumber(text: string): Decoded<number> {
  if (DIGITS.test(text)) return Number(text)
  const trimmed = text.trim()
  if (trimmed === '') return null
  const [, digits] = SPELT_OUT.exec(trimmed) ?? []
  return digits === undefined ? undefined : Number(digits.replaceAll(',', ''))
}

const MAX_INT = 2 ** 31 - 1

/** As a whole number that fits GraphQL's Int. */
export const toCount = (value: unknown): Decoded<number> => {
  const number = toWholeNumber(value)
  return typeof number === 'number' && number > MAX_INT ? undefined : number
}

/** As a whole number; 0 stands for none. */
export const toId = (value: unknown): Decoded<number> => {
  const number = toWholeNumber(value)
  return number === 0 ? null : number
}

const DIGITS_ALONE = /^\d+$/

/** As `toId`, but as digits: they may be more than a double holds. */
export const toIdDigits = (value: unknown): Decoded<string> => {
  const id = toId(value)
  if (typeof id === 'number') return String(id)
  return id === undefined && typeof value === 'string' ? onlyDigits(value) : id
}

const onlyDigits = (text: string): Decoded<string> => {
  const digits = text.trim()
  return DIGITS_ALONE.test(digits) ? digits.replace(/^0+/, '') || null : undefined
}

/** As a text; 0 stands for none. */
export const toIdText = (value: unknown): Decoded<string> => {
  const text = toText(value)
  return text === '0' ? null : text
}

const CLIENT_DIGITS = 9

/** A client's 9 digits. A number has lost the zeros that they begin with; 0 is no client. */
export const toClientNumber = (value: unknown): Decoded<string> => {
  if (isBlank(value)) return null
  if (typeof value !== 'number' && typeof value !== 'string') return undefined
  const digits = String(value).trim()
  if (!DIGITS_ALONE.test(digits)) return undefined
  if (/^0+$/.test(digits)) return null
  return typeof value === 'number' ? digits.padStart(CLIENT_DIGITS, '0') : digits
}

/** What a client is called in a chat: the 9 digits, or whatever text stands for them. */
export const toClientName = (value: unknown): Decoded<string> => {
  const number = toClientNumber(value)
  return number === undefined ? toText(value) : number
}

const FLAGS: ReadonlyMap<unknown, boolean> = new Map<unknown, boolean>([
  ['1', true],
  ['true', true],
  ['yes', true],
  ['是', true],
  ['有', true],
  ['0', false],
  ['false', false],
  ['no', false],
  ['否', false],
  ['无', false],
])

/** 0 or 1, or a word for it. */
export function toFlag(value: unknown): Decoded<boolean> {
  if (value === 1 || value === '1' || value === true) return true
  if (value === 0 || value === '0' || value === false) return false
  if (isBlank(value)) return null
  if (typeof value !== 'string') return undefined
  const word = value.trim().toLowerCase()
  return FLAGS.get(word.replace(/\.0$/, ''))
}

/** A flag that says whether something is so, where 无 says nothing: only of what there is it means no. */
export const toVerdict = (value: unknown): Decoded<boolean> =>
  typeof value === 'string' && value.trim() === '无' ? null : toFlag(value)

/** An absolute http or https URL, to be given to callers; it is never fetched. */
export function toUrl(value: unknown): Decoded<string> {
  if (isBlank(value)) return null
  if (typeof value !== 'string') return undefined
  const url = value.trim().toWellFormed()
  return isAbsoluteUrl(url) ? url : undefined
}

const isAbsoluteUrl = (text: string): boolean =>
  /^https?:\/\/\S+$/i.test(text) && URL.canParse(text)

/** Names of files may have blanks, which belong into no URL but are in many. */
export const isUrlWithBlanks = (text: string): boolean =>
  /^https?:\/\/\S/i.test(text) && URL.canParse(text)

export type WireObject = Readonly<Record<string, unknown>>

export const isWireObject = (value: unknown): value is WireObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
