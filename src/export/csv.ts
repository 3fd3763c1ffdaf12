/** Has spreadsheets read what follows as UTF-8. */
export const BYTE_ORDER_MARK = '\uFEFF'

/** A row after RFC 4180, with its end of line. */
export const csvRow = (cells: readonly (string | number | boolean | null)[]): string =>
  `${cells.map(cell => quoted(defused(cell === null ? '' : String(cell)))).join(',')}\r\n`

/** What spreadsheets take for the beginning of a formula, in full width too. */
const FORMULA = /^[=+\-@＝＋－＠\t\r\n]/
const NUMBER = /^-?\d+(?:\.\d+)?$/

/** A text that a spreadsheet would run is no formula behind an apostrophe. Amounts stay as they are. */
const defused = (text: string): string =>
  FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text

const quoted = (text: string): string =>
  /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
