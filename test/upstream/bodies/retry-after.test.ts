import { expect, test } from 'vitest'
import { parseRetryAfter } from '../../../src/upstream/bodies/retry-after.ts'

const NOW = Date.parse('2026-03-18T07:30:00Z')
const DAY_MS = 24 * 60 * 60 * 1000

test.each([
  ['0', 0],
  ['7', 7000],
  ['007', 7000],
  ['1000000000', DAY_MS],
  ['9'.repeat(400), DAY_MS],
  ['Wed, 18 Mar 2026 07:30:20 GMT', 20_000],
  ['Wednesday, 18-Mar-26 07:30:20 GMT', 20_000],
  ['Wed Mar 18 07:30:20 2026', 20_000],
  ['Wed, 18 Mar 2026 07:29:00 GMT', 0],
  ['Fri, 01 Jan 2100 00:00:00 GMT', DAY_MS],
  ['-1', undefined],
  ['1.5', undefined],
  ['1e3', undefined],
  ['soon', undefined],
  ['Wed, 99 Foo 2026', undefined],
  ['2026-03-18T07:30:20Z', undefined],
  ['', undefined],
  [undefined, undefined],
])('reads %j as %j ms', (value, waitMs) => {
  expect(parseRetryAfter(value, NOW)).toBe(waitMs)
})
