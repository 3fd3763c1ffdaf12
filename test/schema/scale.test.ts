import { describe, expect, test } from 'vitest'
import { startGateway } from '../gateway.ts'

const TEN_YEARS = { recordCount: 10_000_000, days: 3650 }
const OLDEST = 1000
const NEWEST = OLDEST + TEN_YEARS.recordCount - 1

const lookUp = (csId: number) => `{ remoteRecord(csId: ${csId}) { csId } }`

describe.each(['ascending', 'descending'] as const)('ten years of records, %s', order => {
  test('a record is found cold with two calls, and then with one', async () => {
    await using gateway = await startGateway({ ...TEN_YEARS, order })
    const counts: number[] = []
    for (const csId of [5_000_000, 1_234_567, 9_999_000, 9_999_000]) {
      const { data, calls } = await gateway.ask(lookUp(csId))
      expect(data.remoteRecord).toEqual({ csId: String(csId) })
      counts.push(calls.length)
    }
    expect(counts).toEqual([2, 1, 1, 1])
  })

  test('an id that never was is proven absent', async () => {
    await using gateway = await startGateway({ ...TEN_YEARS, order })
    gateway.emulator.deleteRange(4_000_000, 4_000_500)
    for (const csId of [1, OLDEST - 1, 4_000_250, NEWEST + 1, 999_999_999_999]) {
      gateway.forget()
      const { data, failures, calls } = await gateway.ask(lookUp(csId))
      expect([csId, data.remoteRecord, failures]).toEqual([csId, null, []])
      expect(calls.length).toBeLessThanOrEqual(5)
    }
  })

  test('beside and inside a hole of millions the answer is right, within the calls planned', async () => {
    await using gateway = await startGateway({ ...TEN_YEARS, order })
    gateway.emulator.deleteRange(3_000_000, 6_000_000)
    for (const csId of [2_999_999, 3_000_000, 4_500_000, 6_000_000, 6_000_001]) {
      gateway.forget()
      const { data, failures, calls } = await gateway.ask(lookUp(csId))
      const isThere = csId < 3_000_000 || csId > 6_000_000
      expect(data.remoteRecord).toEqual(isThere ? { csId: String(csId) } : null)
      expect(failures).toEqual([])
      expect(calls.length).toBeLessThanOrEqual(19)
    }
  })

  test("100 ids of one day cost that day's pages and one to find the day", async () => {
    await using gateway = await startGateway({ ...TEN_YEARS, order })
    const first = 5_314_903
    const representations = Array.from({ length: 100 }, (_, at) => ({
      __typename: 'RemoteRecord',
      csId: String(first + at * 34),
    }))
    const { data, calls } = await gateway.ask(
      `query ($of: [_Any!]!) { _entities(representations: $of) { ... on RemoteRecord { csId startedAt } } }`,
      { of: representations },
    )
    expect(data._entities.map(({ csId }: { csId: string }) => csId)).toEqual(
      representations.map(({ csId }) => csId),
    )
    // They lie on 3,367 rows in a row: on 34 or 35 pages of a hundred.
    expect(calls.length).toBeLessThanOrEqual(37)
  })
})
