import { escapeRawControls } from './raw-controls.ts'
import { toStrictJson } from './tolerated-json.ts'

type Reviver = (key: string, value: unknown, context: { readonly source?: string }) => unknown

declare global {
  interface JSON {
    parse(text: string, reviver: Reviver): unknown
  }
}

/** A number may lose digits from here on: doubles keep at least 15. */
const LONG = 16
/** A number with that many digits, as it may stand in a text too. */
const LONG_NUMBER = /[:[,]\s*-?\d[\d.]{15}/

/** Ten times a full page. The tolerant parser is slow: more would block the event loop. */
const LONGEST_TOLERATED = 1024 * 1024

/**
 * Parses a body. A number with more digits than a double holds becomes its literal as a string.
 *
 * If only raw control characters in strings, comments and trailing commas stand against it, the text
 * is read all the same and `onTolerated` is called. Throws an error for anything else; its message
 * may quote the text.
 */
export function parseJson(text: string, onTolerated: () => void): unknown {
  try {
    return parseStrict(text)
  } catch (error) {
    const escaped = escapeRawControls(text)
    const strictText = text.length > LONGEST_TOLERATED ? escaped : toStrictJson(escaped)
    if (strictText === undefined || strictText === text) throw error
    const value = parseStrict(strictText)
    onTolerated()
    return value
  }
}

const parseStrict = (text: string): unknown =>
  hasLongRun(text) && LONG_NUMBER.test(text) ? JSON.parse(text, keepLiteral) : JSON.parse(text)

const keepLiteral: Reviver = (_key, value, { source }) =>
  typeof value === 'number' && source !== undefined && source.length >= LONG
    ? losslessOf(value, source)
    : value

const losslessOf = (value: number, source: string) => (String(value) === source ? value : source)

/**
 * Whether the text has a run of at least 16 digits and points. Looking at each 16th character finds
 * any such run; a regular expression takes longer than parsing the text does.
 */
function hasLongRun(text: string): boolean {
  for (let at = LONG - 1; at < text.length; at += LONG) {
    if (!isOfNumber(text.charCodeAt(at))) continue
    let from = at
    let to = at + 1
    while (isOfNumber(text.charCodeAt(from - 1))) from--
    while (isOfNumber(text.charCodeAt(to))) to++
    if (to - from >= LONG) return true
  }
  return false
}

const POINT = '.'.charCodeAt(0)
const ZERO = '0'.charCodeAt(0)

/** A digit or a point. */
const isOfNumber = (code: number) => (code >= ZERO && code <= ZERO + 9) || code === POINT
