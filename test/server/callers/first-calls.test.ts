import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { FirstCalls } from '../../../src/server/callers/first-calls.ts'

const ACCOUNTS = 500

/** Has many accounts of one address judged, each in a turn of the event loop. */
async function judge(isRight: (account: number) => boolean) {
  const calls = new FirstCalls()
  const seen = { asked: 0, underWay: 0, most: 0, judged: 0, refused: 0 }
  let wrong = 0
  const left = () => {
    seen.asked += 1
    if (wrong === 5) throw new Error('no more')
    return 5 - wrong
  }
  await Promise.all(
    Array.from({ length: ACCOUNTS }, async (_, account) => {
      const end = await calls.begin('address', left).catch(() => undefined)
      if (!end) {
        seen.refused += 1
        return
      }
      seen.judged += 1
      seen.underWay += 1
      seen.most = Math.max(seen.most, seen.underWay)
      await setImmediate()
      seen.underWay -= 1
      if (!isRight(account)) wrong += 1
      end(isRight(account))
    }),
  )
  return seen
}

test('of many wrong accounts five are judged, and the others refused', async () => {
  expect(await judge(() => false)).toMatchObject({ judged: 5, refused: ACCOUNTS - 5 })
})

test('of many right accounts all are judged, five at first, and one more for each', async () => {
  expect(await judge(() => true)).toMatchObject({ judged: ACCOUNTS, refused: 0 })
})

test('one after the other waits, so that many cost no more than each its turn', async () => {
  expect((await judge(() => true)).asked).toBeLessThan(3 * ACCOUNTS)
  expect((await judge(account => account > 3)).judged).toBe(ACCOUNTS)
})
