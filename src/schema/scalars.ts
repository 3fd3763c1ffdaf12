import type { ValueNode } from 'graphql'
import { Kind } from 'graphql'
import { BadUserInputError } from './arguments/bad-user-input.ts'
import { builder } from './builder.ts'

const asIs = (value: unknown) => String(value)

/** Whether a text is a day: four, two and two digits, and a day of the calendar. */
export function isCalendarDay(text: string): boolean {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)?.map(Number) ?? []
  const onCalendar = new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, date ?? 0))
  return year !== undefined && year >= 1970 && onCalendar.toISOString().startsWith(text)
}

function parseDay(value: unknown, node?: ValueNode): string {
  if (typeof value === 'string' && isCalendarDay(value)) return value
  throw new BadUserInputError(
    'Date must be a day of the calendar since 1970, such as "2017-08-27".',
    node,
  )
}

const parseDayLiteral = (node: ValueNode) =>
  parseDay(node.kind === Kind.STRING ? node.value : undefined, node)

const outputOnly = (name: string) => (): never => {
  throw new BadUserInputError(`${name} is not taken as input.`)
}

builder.scalarType('Date', {
  description: 'A calendar day in China Standard Time, such as `2017-08-27`.',
  serialize: asIs,
  parseValue: value => parseDay(value),
  parseLiteral: parseDayLiteral,
})

builder.scalarType('DateTime', {
  description:
    "An instant in RFC 3339 with the upstream's own offset (China Standard Time), such as `2017-08-27T10:32:12+08:00`.",
  serialize: asIs,
  parseValue: outputOnly('DateTime'),
})

const DECIMAL = /^-?(0|[1-9]\d{0,14})(\.\d{1,6})?$/

function parseDecimal(value: unknown, node?: ValueNode): string {
  if (typeof value === 'string' && DECIMAL.test(value)) return value
  throw new BadUserInputError(
    'Decimal must be a text of at most 15 digits and 6 decimals, such as "234.00".',
    node,
  )
}

builder.scalarType('Decimal', {
  description: 'An exact decimal amount as a string, with two decimals at least: `"234.00"`.',
  serialize: asIs,
  parseValue: value => parseDecimal(value),
  parseLiteral: node => parseDecimal(node.kind === Kind.STRING ? node.value : undefined, node),
})

builder.scalarType('URL', {
  description: 'An absolute http(s) URL, as the upstream gave it. The gateway never fetches it.',
  serialize: asIs,
  parseValue: outputOnly('URL'),
})
