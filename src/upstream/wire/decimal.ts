import { type Decoded, isBlank } from './wire.ts'

const LITERAL = /^([+-]?)(?=\.?\d)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/
/** Thousands in groups; only the groups have commas. */
const GROUPED = /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?$/
/** What stands before or behind an amount in CNY; of the two signs, one is full-width. */
const CURRENCY = /^(?:[\u00a5\uffe5]|CNY|RMB) ?|(?: ?元)$/gi
/** What nearly all amounts are like: nothing to move, nothing to cut off. */
const PLAIN = /^(0|[1-9]\d*)(?:\.(\d\d?))?$/
/** More than any DECIMAL column holds. */
const LONGEST_LITERAL = 100

/**
 * An amount without exponent and with at least two decimals: 234 and "234.00" are `234.00`, 0.1 is
 * `0.10`, 233.999 stays, "¥1,234" is `1234.00`. No digit of the literal is lost, but for zeros that
 * say nothing.
 */
export function toDecimal(value: unknown): Decoded<string> {
  if (isBlank(value)) return null
  const literal = typeof value === 'number' ? String(value) : value
  if (typeof literal !== 'string' || literal.length > LONGEST_LITERAL) return undefined
  return toPlainDecimal(literal) ?? toAnyDecimal(withoutSigns(literal.trim()))
}

function toPlainDecimal(literal: string): string | undefined {
  const [, whole, fraction = ''] = PLAIN.exec(literal) ?? []
  return whole && `${whole}.${fraction.padEnd(2, '0')}`
}

function withoutSigns(text: string): string {
  const amount = text.replace(CURRENCY, '')
  return GROUPED.test(amount) ? amount.replaceAll(',', '') : amount
}

function toAnyDecimal(literal: string): string | undefined {
  const match = LITERAL.exec(literal)
  if (!match) return undefined
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match
  const amount = movePoint(whole, fraction, Number(exponent))
  return sign === '-' && /[1-9]/.test(amount) ? sign + amount : amount
}

function movePoint(whole: string, fraction: string, by: number): string {
  const point = whole.length + by
  const digits = '0'.repeat(Math.max(-point, 0)) + (whole + fraction).padEnd(point, '0')
  const split = Math.max(point, 0)
  const newWhole = digits.slice(0, split).replace(/^0+/, '') || '0'
  return `${newWhole}.${digits.slice(split).replace(/0+$/, '').padEnd(2, '0')}`
}
