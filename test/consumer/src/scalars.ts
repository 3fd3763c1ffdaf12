declare const KIND: unique symbol

/** A string that is not taken for another kind of string, nor made of one by accident. */
type Text<Kind extends string> = string & { readonly [KIND]: Kind }

/** A calendar day in China, such as `2017-08-27`. */
export type Day = Text<'Day'>
/** RFC 3339 with an offset, such as `2017-08-27T10:32:12+08:00`. */
export type Instant = Text<'Instant'>
/** An exact amount, such as `234.00`: for `sumOf`, not for `Number`. */
export type Decimal = Text<'Decimal'>
export type WebAddress = Text<'WebAddress'>

export function parseDay(text: string): Day {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) throw new RangeError(`expected a day, got ${text}`)
  return text as Day
}

/** The day where it happened: its offset is that of China. */
export const dayOf = (instant: Instant): Day => parseDay(instant.slice(0, 10))

/** The exact sum, with as many decimals as the longest of the amounts. */
export function sumOf(amounts: readonly Decimal[]): Decimal {
  const scale = Math.max(2, ...amounts.map(amount => fractionOf(amount).length))
  const units = amounts.reduce((sum, amount) => sum + toUnits(amount, scale), 0n)
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0')
  const sign = units < 0n ? '-' : ''
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}` as Decimal
}

const fractionOf = (amount: Decimal) => amount.split('.')[1] ?? ''

const toUnits = (amount: Decimal, scale: number) =>
  BigInt(amount.replace('.', '') + '0'.repeat(scale - fractionOf(amount).length))
