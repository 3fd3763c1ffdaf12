import { setImmediate as turn } from 'node:timers/promises'

/** Parsing this much takes some milliseconds. A full page of records is a quarter of it. */
const SLICE_LENGTH = 256 * 1024
/** How long slices are parsed before the event loop gets its turn. */
const BUSY_MS = 20
/** A list of rows is in the answer itself, or up to three objects deep (a summary). */
const DEEPEST_LIST = 4
/** Between two cuts. To parse more without a pause would hold the event loop for too long. */
const MAX_VALUES = 200_000

/** A text that has too much between two places where it may be cut. */
export class TooManyValuesError extends Error {
  override readonly name = 'TooManyValuesError'
}

type Parse = (text: string) => unknown

/** A list that is long, and where it may be cut: after each comma between two of its members. */
interface LongList {
  readonly from: number
  readonly to: number
  readonly cuts: readonly number[]
}

/**
 * Parses a text of JSON whose longest part is one list of rows. It does so in slices, between which
 * the event loop goes on. `parse` gets texts that are JSON if this text is. Rejects with its error,
 * and with TooManyValuesError.
 */
export async function parseInSlices(text: string, parse: Parse): Promise<unknown> {
  const list = findLongList(text)
  if (!list) return parse(text)
  const { from, to, cuts } = list
  await turn()
  const frame = parse(`${text.slice(0, from)}"${MARK}"${text.slice(to)}`)
  const rows = await parseMembers(text, list.from, [...cuts, to], parse)
  return fill(frame, rows)
}

/** Stands for the rows while the rest is parsed. No upstream writes this. */
const MARK = 'rows:\ue000'

async function parseMembers(
  text: string,
  start: number,
  ends: readonly number[],
  parse: Parse,
): Promise<unknown[]> {
  const rows: unknown[] = []
  let from = start
  let busySinceMs = performance.now()
  for (const end of ends) {
    const slice = parse(`[${text.slice(from, end)}]`)
    if (Array.isArray(slice)) for (const row of slice) rows.push(row)
    // The comma at the cut belongs to neither side.
    from = end + 1
    if (performance.now() - busySinceMs < BUSY_MS) continue
    await turn()
    busySinceMs = performance.now()
  }
  return rows
}

/** The frame with the rows in the place of their mark, which is no deeper than lists are looked for. */
function fill(frame: unknown, rows: readonly unknown[], depth = 1): unknown {
  if (Array.isArray(frame)) return frame.length === 1 && frame[0] === MARK ? rows : frame
  if (typeof frame !== 'object' || frame === null || depth === DEEPEST_LIST) return frame
  const members = Object.entries(frame).map(([key, value]) => [key, fill(value, rows, depth + 1)])
  return Object.fromEntries(members)
}

/** The first list that is longer than a slice. Undefined for a text that is cut, or has none. */
function findLongList(text: string): LongList | undefined {
  let depth = 0
  let listDepth = 0
  let from = 0
  let cutAt = 0
  let cuts: number[] = []
  let values = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === COMMA || code === OPEN_LIST || code === OPEN_OBJECT) values += 1
    if (values > MAX_VALUES) throw new TooManyValuesError()
    switch (code) {
      case QUOTE:
        at = endOfString(text, at)
        break
      case OPEN_OBJECT:
        depth += 1
        break
      case OPEN_LIST:
        depth += 1
        if (listDepth > 0 || depth > DEEPEST_LIST) break
        listDepth = depth
        from = at + 1
        cutAt = from
        cuts = []
        break
      case CLOSE_OBJECT:
        depth -= 1
        break
      case CLOSE_LIST:
        if (depth === listDepth && cuts.length > 0) return { from, to: at, cuts }
        if (depth === listDepth) listDepth = 0
        depth -= 1
        break
      case COMMA:
        if (depth !== listDepth || at - cutAt < SLICE_LENGTH) break
        cuts.push(at)
        cutAt = at
        values = 0
    }
  }
  return undefined
}

/** Where the string ends that begins at a place. */
function endOfString(text: string, begin: number): number {
  for (let at = begin + 1; ; ) {
    const quoteAt = text.indexOf('"', at)
    if (quoteAt === -1) return text.length
    let backslashes = 0
    while (text.charCodeAt(quoteAt - 1 - backslashes) === BACKSLASH) backslashes++
    if (backslashes % 2 === 0) return quoteAt
    at = quoteAt + 1
  }
}

const QUOTE = '"'.charCodeAt(0)
const BACKSLASH = '\\'.charCodeAt(0)
const COMMA = ','.charCodeAt(0)
const OPEN_OBJECT = '{'.charCodeAt(0)
const CLOSE_OBJECT = '}'.charCodeAt(0)
const OPEN_LIST = '['.charCodeAt(0)
const CLOSE_LIST = ']'.charCodeAt(0)
