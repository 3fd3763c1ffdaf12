import fc from 'fast-check'
import { ListInconclusiveError } from '../../../src/history/list-errors.ts'
import { NumberedList } from '../../../src/history/lists/numbered-list.ts'
import { RecordLandmarks } from '../../../src/history/search/record-landmarks.ts'
import { ListTraits } from '../../../src/history/traits/list-traits.ts'
import { MovingList } from '../lists/moving-list.ts'
import { key, mayFail, movingList } from '../lists/numbered-list.laws.ts'

export const search = fc.record({
  list: movingList,
  wanted: fc.array(fc.uniqueArray(key, { minLength: 1, maxLength: 20 }), {
    minLength: 1,
    maxLength: 4,
  }),
})

type Search = typeof search extends fc.Arbitrary<infer Value> ? Value : never

/**
 * Keys that exist throughout are found, keys that never exist are proven absent, and what was
 * learnt from one search to the next never makes an answer wrong.
 */
export async function assertSearchIsExact({ list, wanted }: Search): Promise<void> {
  const moving = new MovingList(list)
  const traits = new ListTraits()
  const landmarks = new RecordLandmarks()
  for (const keys of wanted) {
    const reading = new NumberedList<number>(
      {
        keyOf: row => row,
        fetchPage: at => moving.fetchPage(at),
        learn: (page, isRising) => landmarks.learn(page, isRising),
      },
      traits,
    )
    const { isRising } = traits
    const found = await reading
      .find(keys, each => (isRising === undefined ? undefined : landmarks.estimate(each, isRising)))
      .catch(error => {
        if (mayFail(list) && error instanceof ListInconclusiveError) return undefined
        throw error
      })
    if (!found) continue
    const foundKeys = new Set(found.map(({ row }) => row))
    for (const each of keys) {
      if (moving.alwaysPresent.has(each) && !foundKeys.has(each)) {
        throw new Error(`row ${each} was there throughout and was not found`)
      }
      if (!moving.everPresent.has(each) && foundKeys.has(each)) {
        throw new Error(`row ${each} never existed`)
      }
    }
  }
}
