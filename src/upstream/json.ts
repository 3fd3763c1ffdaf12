import { toStrictJson } from './tolerated-json.ts'

type Reviver = (key: string, value: unknown, context: { readonly source?: string }) => unknown

declare global {
  interface JSON {
    parse(text: string, reviver: Reviver): unknown
  }
}

/** A price that may have more digits than a number holds: 16 or more characters of digits. */
const LONG_PRICE = /"csPrice"\s*:\s*-?\d[\d.]{15}/

/** Ten times a full page. The tolerant parser is slow: more would block the event loop. */
const LONGEST_TOLERATED = 1024 * 1024

/**
 * Parses a body. A `csPrice` with more digits than a number holds becomes its literal as a string.
 *
 * Where only comments and trailing commas stand against it, the text is read all the same and
 * `onTolerated` is called. Throws an error for anything else; its message may quote the text.
 */
export function parseJson(text: string, onTolerated: () => void): unknown {
  try {
    return parseStrict(text)
  } catch (error) {
    if (text.length > LONGEST_TOLERATED) throw error
    const strictText = toStrictJson(text)
    if (strictText === undefined) throw error
    const value = parseStrict(strictText)
    onTolerated()
    return value
  }
}

const parseStrict = (text: string): unknown =>
  LONG_PRICE.test(text) ? JSON.parse(text, keepPriceLiteral) : JSON.parse(text)

const keepPriceLiteral: Reviver = (key, value, { source }) =>
  key === 'csPrice' && typeof value === 'number' ? source : value
