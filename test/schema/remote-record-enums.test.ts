import { expect, test } from 'vitest'
import { recordWith } from './record-with.ts'

test.each([
  [0, 'INVALID'],
  [1, 'IN_SERVICE'],
  [2, 'WAITING'],
  [3, 'EXTENDED'],
  [4, 'ON_HOLD'],
  [5, 'COMPLETED'],
  ['5', 'COMPLETED'],
  [6, 'UNKNOWN'],
  [-1, 'UNKNOWN'],
  ['done', 'UNKNOWN'],
  [undefined, 'UNKNOWN'],
])('csStat %j is %s', async (csStat, status) => {
  expect(await recordWith({ csStat }, 'status')).toEqual({ status })
})

test.each([
  [0, 'UNPAID'],
  [1, 'PAID'],
  [2, 'FAILED'],
  [3, 'PAGE_OPENED'],
  ['4', 'DEDUCTED'],
  [5, 'UNKNOWN'],
  [7, 'UNKNOWN'],
  [null, 'UNKNOWN'],
])('payStat %j is %s', async (payStat, paymentStatus) => {
  expect(await recordWith({ payStat }, 'paymentStatus')).toEqual({ paymentStatus })
})

test.each([
  [5, 'GOOD'],
  [3, 'NEUTRAL'],
  ['1', 'BAD'],
  [0, null],
  ['0', null],
  [null, null],
  [2, 'UNKNOWN'],
  [4, 'UNKNOWN'],
])('commentScore %j is %s', async (commentScore, rating) => {
  expect(await recordWith({ commentScore }, 'rating')).toEqual({ rating })
})

test.each([
  [0, false],
  ['1', true],
  [true, true],
  [2, null],
  [null, null],
])('isFinish %j is %s', async (isFinish, isResolved) => {
  expect(await recordWith({ isFinish }, 'isResolved')).toEqual({ isResolved })
})
