import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toPlainNumber } from '../../../src/upstream/wire/plain-number.ts'

test.each([
  [0, '0'],
  [-0, '0'],
  [7, '7'],
  [-1.5, '-1.5'],
  [1e20, '100000000000000000000'],
  [1e25, `1${'0'.repeat(25)}`],
  [-1.25e25, `-125${'0'.repeat(23)}`],
  [1e-7, '0.0000001'],
  [-1.25e-7, '-0.000000125'],
  [5e-324, `0.${'0'.repeat(323)}5`],
])('%j is %s', (value, text) => {
  expect(toPlainNumber(value)).toBe(text)
})

test('a number is what its text says, without an exponent', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), value => {
      const text = toPlainNumber(value)
      expect(text).toMatch(/^-?\d+(?:\.\d+)?$/)
      expect(Number(text)).toBe(value === 0 ? 0 : value)
    }),
  )
})
