import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseJson } from '../../../src/upstream/bodies/json.ts'
import { toDecimal } from '../../../src/upstream/wire/decimal.ts'

test.each([
  ['234.00', '234.00'],
  [234, '234.00'],
  ['234', '234.00'],
  [0, '0.00'],
  [0.1, '0.10'],
  [233.999, '233.999'],
  ['233.9990', '233.999'],
  ['0234.5', '234.50'],
  [1e-7, '0.0000001'],
  [1e21, '1000000000000000000000.00'],
  ['1e2', '100.00'],
  ['12.5E-3', '0.0125'],
  [-5.5, '-5.50'],
  ['-0.00', '0.00'],
  [-0, '0.00'],
  ['12345678901234567890.12', '12345678901234567890.12'],
  ['1,234.00', '1234.00'],
  ['-1,234,567', '-1234567.00'],
  ['¥234', '234.00'],
  ['¥ 1,234.5', '1234.50'],
  ['\uffe51,234', '1234.00'],
  ['CNY 234', '234.00'],
  ['234元', '234.00'],
  [' 1 ', '1.00'],
  ['+1', '1.00'],
  ['.5', '0.50'],
  ['5.', '5.00'],
])('%j is %j', (value, amount) => {
  expect(toDecimal(value)).toBe(amount)
})

test.each([undefined, null, '', ' '])('%j is no value', value => {
  expect(toDecimal(value)).toBeNull()
})

test.each([
  'free',
  '1,23',
  '12,34.00',
  '1234,567',
  '1,234,56.00',
  '1.234,00',
  '$234',
  '234 USD',
  '¥',
  '.',
  '1 234',
  '--1',
  '1e9999',
  '0x10',
  '1'.repeat(101),
  Number.NaN,
  Number.POSITIVE_INFINITY,
  true,
  [],
  {},
])('%j is junk', value => {
  expect(toDecimal(value)).toBeUndefined()
})

/** The literal's value as a whole number of 10^-400. */
function scaled(literal: string): bigint {
  const [mantissa = '', exponent = '0'] = literal.toLowerCase().split('e')
  const [whole = '', fraction = ''] = mantissa.split('.')
  return BigInt(whole + fraction) * 10n ** BigInt(400 + Number(exponent) - fraction.length)
}

const digits = (minLength: number, maxLength: number) =>
  fc.array(fc.constantFrom(...'0123456789'), { minLength, maxLength }).map(each => each.join(''))

const literals = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.oneof(
      fc.constant('0'),
      digits(0, 25).map(rest => `7${rest}`),
    ),
    fc.option(digits(1, 25), { nil: undefined }),
    fc.option(fc.integer({ min: -30, max: 30 }), { nil: undefined }),
  )
  .map(([sign, whole, fraction, exponent]) => {
    const point = fraction === undefined ? '' : `.${fraction}`
    return `${sign}${whole}${point}${exponent === undefined ? '' : `e${exponent}`}`
  })

test('no digit of a literal is lost, as a JSON number or a string', () => {
  fc.assert(
    fc.property(literals, fc.boolean(), (literal, quoted) => {
      const text = `{"csPrice":${quoted ? `"${literal}"` : literal}}`
      const { csPrice } = parseJson(text, () => undefined) as { csPrice: unknown }
      const amount = toDecimal(csPrice) ?? ''
      expect(amount).toMatch(/^-?(?:0|[1-9]\d*)\.(?:\d\d|\d{2,}[1-9])$/)
      expect(scaled(amount)).toBe(scaled(literal))
      expect(toDecimal(amount)).toBe(amount)
    }),
    { numRuns: 2000 },
  )
})
