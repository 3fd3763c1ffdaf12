import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareDecimals } from '../../src/questions/decimal-order.ts'
import { fromFen, toFen } from '../../src/questions/money.ts'

test.each([
  ['234.00', 23_400],
  ['0.10', 10],
  ['-0.05', -5],
  ['0.004', 0],
  ['0.005', 1],
  ['1.0049999', 100],
  ['9999999999.99', 999_999_999_999],
  ['10000000000.00', 0],
  ['1'.repeat(90).concat('.00'), 0],
])('%s is %d fen', (amount, fen) => {
  expect(toFen(amount)).toBe(fen)
})

test('fen are written as they are read', () => {
  fc.assert(
    fc.property(fc.integer({ min: -999_999_999_999, max: 999_999_999_999 }), fen => {
      expect(toFen(fromFen(fen))).toBe(fen)
    }),
  )
})

test.each([
  ['1', '1.00', 0],
  ['0.1', '0.10', 0],
  ['-1', '0.5', -1],
  ['-0.5', '-0.25', -1],
  ['10', '9.99', 1],
  ['0.30000000000000004', '0.3', 1],
  ['9007199254740993.00', '9007199254740992', 1],
])('%s against %s: %d', (one, other, order) => {
  expect(compareDecimals(one, other)).toBe(order)
})
