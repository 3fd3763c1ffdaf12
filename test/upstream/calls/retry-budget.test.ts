import { expect, test } from 'vitest'
import { RetryBudget } from '../../../src/upstream/calls/retry-budget.ts'

function createBudget(percent: number, reservePerSecond: number) {
  let now = 1_000_000
  const budget = new RetryBudget({ percent, reservePerSecond }, () => now)
  return {
    budget,
    pass(ms: number) {
      now += ms
    },
    /** How many retries are paid for now. */
    spendAll(cost = 1) {
      for (let count = 0; ; count++) if (!budget.tryWithdraw(cost)) return count
    },
  }
}

test('pays for retries from its reserve while there is no traffic', () => {
  const { spendAll, pass } = createBudget(20, 0.5)
  expect(spendAll()).toBe(5)
  pass(9000)
  expect(spendAll()).toBe(0)
  pass(1000)
  expect(spendAll()).toBe(5)
})

test('pays for one retry of each five first attempts', () => {
  const { budget, spendAll } = createBudget(20, 0)
  for (let i = 0; i < 100; i++) budget.deposit()
  expect(spendAll()).toBe(20)
})

test('forgets after ten seconds what was paid in', () => {
  const { budget, spendAll, pass } = createBudget(20, 0)
  for (let i = 0; i < 100; i++) budget.deposit()
  pass(5000)
  for (let i = 0; i < 50; i++) budget.deposit()
  pass(5000)
  expect(spendAll()).toBe(10)
  pass(60_000)
  expect(spendAll()).toBe(0)
})

test('takes twice as much for a retry that costs twice as much', () => {
  const { spendAll } = createBudget(20, 0.5)
  expect(spendAll(2)).toBe(2)
  expect(spendAll(1)).toBe(1)
})

test('bounds the retries of an outage, however long it is', () => {
  const { budget, pass } = createBudget(20, 0.5)
  let calls = 0
  let attempts = 0
  for (let second = 0; second < 120; second++) {
    for (let i = 0; i < 50; i++) {
      calls += 1
      attempts += 1
      budget.deposit()
      for (let retry = 0; retry < 2 && budget.tryWithdraw(1); retry++) attempts += 1
    }
    pass(1000)
  }
  expect(attempts / calls).toBeLessThanOrEqual(1.22)
  expect(attempts / calls).toBeGreaterThan(1.18)
})
