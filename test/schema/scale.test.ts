import { describe, expect, test } from 'vitest'
import { startGateway } from '../gateway.ts'

const TEN_YEARS = { recordCount: 10_000_000, days: 3650 }
const OLDEST = 1000
const NEWEST = OLDEST + TEN_YEARS.recordCount - 1

const lookUp = (csId: number) => `{ remoteRecord(csId: ${csId}) { csId } }`

type Hole = readonly [from: number, to: number]

const beside = (...holes: Hole[]) =>
  holes.flatMap(([from, to]) => [from - 1, from, Math.floor((from + to) / 2), to, to + 1])

const times = (count: number, hole: (at: number) => Hole) =>
  Array.from({ length: count }, (_, at) => hole(at))

const MILLIONS: Hole = [3_000_000, 6_000_000]
const THOUSANDS: Hole = [3_000_000, 3_010_000]
const TEN = times(10, at => [at * 1_000_000 + 300_000, at * 1_000_000 + 800_000])
// Each at another place of its 2,000 csIds.
const HALF = times(5000, at => {
  const from = OLDEST + at * 2000 + ((at * 7919) % 1000)
  return [from, from + 999]
})

const HOLES: readonly (readonly [string, number, readonly Hole[], readonly number[]])[] = [
  ['a hole of three millions', 8, [MILLIONS], beside(MILLIONS)],
  ['a hole of ten thousand', 10, [THOUSANDS], [...beside(THOUSANDS), 1_000_000, 8_000_000]],
  ['no records in the first years', 3, [[OLDEST, 4_000_000]], [OLDEST, 2_000_000, 4_000_001]],
  ['no records in the last years', 3, [[6_000_000, NEWEST]], [5_999_999, 6_000_000, 8_000_000]],
  ['ten holes', 11, TEN, beside(...TEN)],
  [
    'half of all records gone, in 5,000 holes',
    16,
    HALF,
    times(40, at => [at, at]).map(([at]) => at * 249_989 + 1500),
  ],
]

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

  test.each(HOLES)('%s: at most %i calls cold, and 2 warm', async (_, most, holes, csIds) => {
    await using gateway = await startGateway({ ...TEN_YEARS, order })
    for (const [from, to] of holes) gateway.emulator.deleteRange(from, to)
    const isGone = (csId: number) => holes.some(([from, to]) => from <= csId && csId <= to)
    for (const csId of csIds) {
      gateway.forget()
      const cold = await gateway.ask(lookUp(csId))
      expect([csId, cold.failures]).toEqual([csId, []])
      expect(cold.data.remoteRecord).toEqual(isGone(csId) ? null : { csId: String(csId) })
      expect(cold.calls.length).toBeLessThanOrEqual(most)
      const warm = await gateway.ask(lookUp(csId + 1))
      expect([csId, warm.failures]).toEqual([csId, []])
      expect(warm.calls.length).toBeLessThanOrEqual(2)
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

  test.each([
    [
      'the numbers between are taken by other services',
      3,
      times(80, at => [at * 370_000, at * 370_000 + 90_000]),
    ],
    ['half of all records are gone, in 5,000 holes', 1, HALF],
  ])('100 neighbours are looked for as one: %s', async (_, csIdStep, holes) => {
    await using gateway = await startGateway({ ...TEN_YEARS, order, csIdStep })
    for (const [from, to] of holes) gateway.emulator.deleteRange(from, to)
    const isGone = (csId: number) => holes.some(([from, to]) => from <= csId && csId <= to)
    const step = csIdStep
    const csIds = Array.from({ length: 300 }, (_, at) => 1000 + (1_660_000 + at) * step)
      .filter(csId => !isGone(csId))
      .slice(0, 100)
    const { data, failures, calls } = await gateway.ask(
      'query ($of: [_Any!]!) { _entities(representations: $of) { ... on RemoteRecord { csId companyName } } }',
      { of: csIds.map(csId => ({ __typename: 'RemoteRecord', csId: String(csId) })) },
    )
    expect(failures).toEqual([])
    expect(data._entities.map(({ csId }: { csId: string }) => Number(csId))).toEqual(csIds)
    expect(calls.length).toBeLessThanOrEqual(16)
  })
})
