import { describe, expect, test, vi } from 'vitest'
import { ListTraits } from '../../../src/history/traits/list-traits.ts'
import { assertWalkIsExact } from './numbered-list.laws.ts'
import { keysOf, NEWEST, OLDEST, read } from './numbered-reading.ts'
import { honestAnswer, numbers } from './placed-pages.ts'

describe('pages that the upstream caps', () => {
  /** The calls for the 120 newest of 250 records. */
  async function callsFor(traits: ListTraits, maxPerPage = 40) {
    const { list, calls } = read(250, { traits, maxPerPage })
    expect(keysOf(await list.slice({ ...NEWEST, limit: 120 }))).toEqual(numbers(250, 131))
    return calls()
  }

  test('are asked for by their size once two pages have shown it', async () => {
    const traits = new ListTraits()
    await callsFor(traits)
    expect(traits.sizes.cap).toBe(40)
    for (const call of await callsFor(traits)) {
      expect(Number(call.split('/')[1])).toBeLessThanOrEqual(40)
    }
  })

  test('are forgotten after ten minutes, as the upstream may recover', async () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    try {
      const traits = new ListTraits()
      await callsFor(traits)
      vi.advanceTimersByTime(599_000)
      expect(traits.sizes.cap).toBe(40)
      vi.advanceTimersByTime(2000)
      expect(traits.sizes.cap).toBe(100)
      expect(await callsFor(traits, 100)).toHaveLength(2)
    } finally {
      vi.useRealTimers()
    }
  })

  test.each([
    [20, 10],
    [50, 3],
  ])(
    'of %i rows give the newest 100 rows of a list with holes in %i calls',
    async (maxPerPage, most) => {
      const keys = numbers(1, 5000).map(each => 7 * each)
      const { list, calls } = read(0, { keys, maxPerPage })
      const rows = await list.slice({ ...NEWEST, limit: 100 })
      expect(keysOf(rows)).toEqual(keys.slice(-100).toReversed())
      expect(calls().length).toBeLessThanOrEqual(most)
    },
  )

  test('are larger again as soon as a page is', async () => {
    const traits = new ListTraits()
    await callsFor(traits)
    traits.learnSizes([honestAnswer(numbers(1, 250), 1, 90)])
    expect(traits.sizes.cap).toBe(100)
  })
})

describe('calls', () => {
  const hintOf = (length: number, key: number) => ({
    index: length - key,
    count: length,
    isRising: false,
    isSure: true,
  })

  test('are no more than the list that a cursor remembers has pages', async () => {
    const { list, calls } = read(30)
    const hint = hintOf(30, 15)
    const slice = { from: 14, towards: -1, to: -Infinity, limit: 98, hint } as const
    expect(keysOf(await list.slice(slice))).toEqual(numbers(14, 1))
    expect(calls()).toHaveLength(1)
  })

  test('are few under a cap that is not known, towards the newest records too', async () => {
    const { list, calls } = read(301, { maxPerPage: 50 })
    const slice = {
      from: 151,
      towards: 1,
      to: Infinity,
      limit: 50,
      hint: hintOf(301, 150),
    } as const
    expect(keysOf(await list.slice(slice))).toEqual(numbers(151, 200))
    expect(calls().length).toBeLessThanOrEqual(4)
  })

  test('never repeat a page of a list that stands still', async () => {
    const { list, calls } = read(320)
    await list.slice({ ...OLDEST, limit: 320 })
    expect(calls()).toHaveLength(new Set(calls()).size)
  })
})

test('a list with holes that stands still is read whole, however small its pages are', async () => {
  const options = [7, 8, 10, 25].flatMap(maxPerPage =>
    [1, 36, 43, 78, 141].flatMap(length =>
      [true, false].flatMap(rising =>
        ([1, -1] as const).flatMap(towards =>
          [1, 7, 100].map(limit => ({ maxPerPage, length, rising, towards, limit })),
        ),
      ),
    ),
  )
  for (const { length, towards, limit, ...list } of options) {
    const keys = numbers(1, length).map(each => 3 * each)
    const walk = { list: { ...list, keys, changes: [] }, towards, limits: [limit], between: [] }
    await assertWalkIsExact({ ...walk, forgetsTraits: false })
  }
})

describe('of 1,000 records of which few are shown, the first twenty take', () => {
  test.each([
    ['two calls if each fourth is', 4, NEWEST, 2],
    ['five if each tenth is', 10, NEWEST, 5],
    ['eleven from the oldest on', 10, OLDEST, 11],
    ['twelve if each thirtieth is, as they are on six pages', 30, NEWEST, 12],
    ['as many from the oldest on', 30, OLDEST, 12],
  ])('%s', async (_, every, end, most) => {
    const { list, calls, moving } = read(1000, { hidden: { allBut: { every, offset: 1 } } })
    const shown = [...moving.alwaysPresent]
    const wanted = end === NEWEST ? shown.toReversed() : shown
    expect(keysOf(await list.slice({ ...end, limit: 20 }))).toEqual(wanted.slice(0, 20))
    expect(calls().length).toBeLessThanOrEqual(most)
  })

  test('one for each page if none is, and one for the page that was asked for first', async () => {
    const { list, calls } = read(1000, { hidden: { from: 0, length: 10_000 } })
    expect(await list.slice({ ...NEWEST, limit: 20 })).toEqual([])
    expect(calls()).toHaveLength(11)
  })
})

test('two records that nobody can tell the order of are given beside a wrong length', async () => {
  const { list, calls } = read(2, { countError: 99 })
  expect(keysOf(await list.slice({ ...NEWEST, limit: 2 }))).toEqual([2, 1])
  expect(calls().length).toBeLessThanOrEqual(10)
})

test('a count of all days, beside a null, costs a list of few records three calls more', async () => {
  const { list, calls } = read(4, { countError: 126 })
  expect(keysOf(await list.slice({ ...NEWEST, limit: 21 }))).toEqual([4, 3, 2, 1])
  expect(calls().length).toBeLessThanOrEqual(5)
  expect(calls()).toContain('1/1')
})

test('an empty first page beside a greater count does not end a list, though nulls are believed', async () => {
  const traits = new ListTraits()
  await read(250, { traits }).list.slice({ ...NEWEST, limit: 3 })
  expect(traits.nextClaim.isStated).toBe(true)
  const { list } = read(4, { traits, next: 'null', hidden: { from: 4, length: 1 } })
  await list.see({ page: 1, perPage: 1 })
  expect(keysOf(await list.slice({ ...NEWEST, limit: 3 }))).toEqual([3, 2, 1])
})
