import { expect, it } from 'vitest'
import { AttemptLimit } from '../../../src/server/callers/attempt-limit.ts'

function startedLimit(options: { readonly maxNames?: number } = {}) {
  const clock = { nowMs: 1_000_000 }
  const limit = new AttemptLimit({ nowMs: () => clock.nowMs, ...options })
  return { clock, limit }
}

const countMany = (limit: AttemptLimit, count: number, names: readonly string[]) => {
  for (let made = 0; made < count; made += 1) limit.count(names)
}

it('lets five attempts be made in any 60 s, not in each minute of the clock', () => {
  const { clock, limit } = startedLimit()
  limit.count(['a'])
  clock.nowMs += 50_000
  countMany(limit, 4, ['a'])
  expect(limit.waitMs(['a'])).toBe(10_000)
  clock.nowMs += 9_999
  expect(limit.waitMs(['a'])).toBe(1)
  clock.nowMs += 1
  expect(limit.waitMs(['a'])).toBe(0)
  limit.count(['a'])
  expect(limit.waitMs(['a'])).toBe(50_000)
})

it('has an attempt wait for each name that it is made under', () => {
  const { limit } = startedLimit()
  countMany(limit, 5, ['a', 'x'])
  expect(limit.waitMs(['b', 'x'])).toBe(60_000)
  expect(limit.waitMs(['a', 'y'])).toBe(60_000)
  expect(limit.waitMs(['b', 'y'])).toBe(0)
})

it('takes an attempt back', () => {
  const { limit } = startedLimit()
  countMany(limit, 4, ['a'])
  const takeBack = limit.count(['a'])
  expect(limit.waitMs(['a'])).toBeGreaterThan(0)
  takeBack()
  expect(limit.waitMs(['a'])).toBe(0)
})

it('remembers so many names at most', () => {
  const { limit } = startedLimit({ maxNames: 2 })
  countMany(limit, 5, ['a'])
  countMany(limit, 5, ['b'])
  countMany(limit, 5, ['c'])
  expect(['a', 'b', 'c'].map(name => limit.waitMs([name]) > 0)).toEqual([false, true, true])
})
