import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareDecimals } from '../../src/questions/decimal-order.ts'
import { addFen, fromFen, noFen, toFen, totalFen } from '../../src/questions/money.ts'

test.each([
  ['234.00', 23_400],
  ['0.10', 10],
  ['-0.05', -5],
  ['0.004', 0],
  ['0.005', 1],
  ['1.0049999', 100],
  ['9999999999.99', 999_999_999_999],
  ['10000000000.00', 1_000_000_000_000],
  ['45035996273704.95', 2 ** 52 - 1],
  ['-45035996273704.95', 1 - 2 ** 52],
  ['45035996273704.96', undefined],
  ['45035996273704.955', undefined],
  ['-45035996273704.96', undefined],
  ['1'.repeat(90).concat('.00'), undefined],
  ['1'.repeat(400).concat('.00'), undefined],
])('%s is %j fen', (amount, fen) => {
  expect(toFen(amount)).toBe(fen)
})

test('fen are written as they are read', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1 - 2 ** 52, max: 2 ** 52 - 1 }), fen => {
      expect(toFen(fromFen(fen))).toBe(fen)
    }),
  )
})

test('sums are exact, however great they get', () => {
  const fens = fc.oneof(
    fc.integer({ min: 1 - 2 ** 52, max: 2 ** 52 - 1 }),
    fc.integer({ min: 2 ** 52 - 10, max: 2 ** 52 - 1 }),
  )
  fc.assert(
    fc.property(fc.array(fens, { maxLength: 50 }), all => {
      const sum = noFen()
      for (const fen of all) addFen(sum, fen)
      const expected = all.reduce((total, fen) => total + BigInt(fen), 0n)
      expect(totalFen(sum)).toBe(expected)
      expect(BigInt(fromFen(totalFen(sum)).replace('.', ''))).toBe(expected)
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
