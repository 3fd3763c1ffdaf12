import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { ListInconclusiveError } from '../../src/history/list-errors.ts'
import { ListTraits } from '../../src/history/list-traits.ts'
import { NumberedList } from '../../src/history/numbered-list.ts'
import { assertSearchIsExact, search } from './find.laws.ts'
import type { MovingListOptions } from './moving-list.ts'
import { MovingList } from './moving-list.ts'
import { assertWalkIsExact, walk } from './numbered-list.laws.ts'
import { honestAnswer, numbers } from './placed-pages.ts'
import { assertUnsortedWalkIsExact, unsortedWalk } from './unsorted-walk.laws.ts'

/** The same ones each time; `npm run laws` takes others, and as many as one likes. */
const RUNS = { numRuns: 10_000, seed: 1 }

test('the law of walks holds, whatever comes and goes', async () => {
  await fc.assert(fc.asyncProperty(walk, assertWalkIsExact), RUNS)
})

test('the law of searches holds too', async () => {
  await fc.assert(fc.asyncProperty(search, assertSearchIsExact), RUNS)
})

test('a walk over a list by time, whose clock was set back, is exact or fails', async () => {
  const law = fc.asyncProperty(unsortedWalk, assertUnsortedWalkIsExact)
  await fc.assert(law, RUNS)
})

test.each([
  [-1, 221, 41, [10, 50, 1], { from: 101, length: 100, back: 50.5, isBlock: true }],
  [-1, 214, 25, [25, 50, 1], { from: 51, length: 100, back: 13, isBlock: true }],
  [1, 106, 20, [1, 50, 10], { from: 51, length: 50, back: 52, isBlock: false }],
] as const)(
  'so is one whose pages are capped, towards %i among %i keys',
  async (towards, length, maxPerPage, limits, wrongClock) => {
    const wrongClocks = [{ ...wrongClock, back: wrongClock.back * -towards }]
    const options = { rising: towards < 0, wrongClocks, maxPerPage, next: 'true' } as const
    const list = { keys: numbers(1, length), ...options }
    await assertUnsortedWalkIsExact({ list, towards, limits: [...limits] })
  },
)

type Options = Partial<MovingListOptions> & { readonly traits?: ListTraits }

/** One reading of a list of the keys 1 to `length`, newest first. */
function read(length: number, { traits = new ListTraits(), ...options }: Options = {}) {
  const moving = new MovingList({ keys: numbers(1, length), rising: false, ...options })
  const list = new NumberedList<number>(moving, traits)
  const calls = () => moving.calls.map(({ page, perPage }) => `${page}/${perPage}`)
  return { moving, list, calls }
}

const OLDEST = { from: -Infinity, towards: 1, to: Infinity } as const
const NEWEST = { from: Infinity, towards: -1, to: -Infinity } as const

const keysOf = (rows: readonly { readonly row: number }[]) => rows.map(({ row }) => row)

describe('a slice', () => {
  test('of the newest rows takes one page with one row more', async () => {
    const { list, calls } = read(250)
    expect(keysOf(await list.slice({ ...NEWEST, limit: 5 }))).toEqual([250, 249, 248, 247, 246])
    expect(calls()).toEqual(['1/6'])
  })

  test('of the oldest rows has them oldest first', async () => {
    const { list } = read(250)
    expect(keysOf(await list.slice({ ...OLDEST, limit: 3 }))).toEqual([1, 2, 3])
  })

  test('is bounded on both sides', async () => {
    const { list } = read(250)
    const rows = await list.slice({ from: 101, towards: 1, to: 103, limit: 100 })
    expect(keysOf(rows)).toEqual([101, 102, 103])
  })

  test('has fewer rows than asked for only at the end of the list', async () => {
    const { list } = read(250)
    const rows = await list.slice({ from: 248, towards: 1, to: Infinity, limit: 100 })
    expect(keysOf(rows)).toEqual([248, 249, 250])
  })

  test('is the same in a list whose keys rise', async () => {
    const { list } = read(250, { rising: true })
    expect(keysOf(await list.slice({ ...NEWEST, limit: 2 }))).toEqual([250, 249])
    expect(keysOf(await list.slice({ ...OLDEST, limit: 2 }))).toEqual([1, 2])
  })

  test('costs no call if the pages that were read have its rows', async () => {
    const { list, calls } = read(250)
    await list.slice({ ...NEWEST, limit: 50 })
    const before = calls().length
    expect(keysOf(await list.slice({ from: 240, towards: -1, to: 0, limit: 9 }))[0]).toBe(240)
    expect(calls()).toHaveLength(before)
  })

  test('shares a page under way with another one of the same reading', async () => {
    const { list, calls } = read(250)
    await Promise.all([list.slice({ ...NEWEST, limit: 50 }), list.slice({ ...NEWEST, limit: 10 })])
    expect(calls()).toEqual(['1/51'])
  })
})

describe('the next slice after a cursor', () => {
  test('goes on exactly, though records came in between', async () => {
    const { moving, list } = read(250)
    const rows = await list.slice({ ...NEWEST, limit: 20 })
    const last = rows.at(-1)
    moving.change([{ append: 1 }, { append: 1 }, { append: 1 }, { remove: 240 }])
    const next = new NumberedList<number>(moving, new ListTraits())
    const hint = last && list.hintOf(last)
    const slice = { from: 230, towards: -1, to: -Infinity, limit: 20, hint } as const
    expect(keysOf(await next.slice(slice))).toEqual(numbers(230, 211))
  })

  test('takes one call while the list stands still', async () => {
    const traits = new ListTraits()
    const { moving, list } = read(250, { traits })
    const last = (await list.slice({ ...NEWEST, limit: 20 })).at(-1)
    moving.calls.length = 0
    const hint = last && list.hintOf(last)
    const next = new NumberedList<number>(moving, traits)
    await next.slice({ from: 230, towards: -1, to: -Infinity, limit: 20, hint })
    expect(moving.calls).toHaveLength(1)
  })
})

describe('whether there is a row beyond', () => {
  test.each([
    ['an older one', 241, -1, true],
    ['an older one than all that were read', 240, -1, true],
    ['a newer one', 245, 1, true],
    ['no newer one', 250, 1, false],
  ] as const)('%s is known without a call', async (_, key, towards, isMore) => {
    const { list, calls } = read(250)
    await list.slice({ ...NEWEST, limit: 10 })
    expect(await list.hasRowBeyond(key, towards)).toBe(isMore)
    expect(calls()).toEqual(['1/11'])
  })

  test('is asked for if the claims of the page contradict each other', async () => {
    const { list, calls } = read(6, { countError: 30 })
    await list.slice({ ...NEWEST, limit: 6 })
    expect(await list.hasRowBeyond(1, -1)).toBe(false)
    expect(calls().length).toBeGreaterThan(1)
  })

  test('stops at the other cursor', async () => {
    const { list } = read(250)
    await list.slice({ ...NEWEST, limit: 10 })
    expect(await list.hasRowBeyond(245, -1, 244)).toBe(true)
    expect(await list.hasRowBeyond(245, -1, 245)).toBe(false)
  })
})

describe('the length', () => {
  test('alone is asked of the smallest page', async () => {
    const { list, calls } = read(250)
    expect(await list.count()).toBe(250)
    expect(calls()).toEqual(['1/1'])
  })

  test('costs no call of its own after a page', async () => {
    const { list, calls } = read(250)
    await list.slice({ ...NEWEST, limit: 10 })
    expect(await list.count()).toBe(250)
    expect(calls()).toEqual(['1/11'])
  })

  test('is counted if the list was seen whole, whatever is stated', async () => {
    const { list } = read(6, { countError: 2 })
    await list.slice({ ...NEWEST, limit: 100 })
    expect(await list.count()).toBe(6)
  })

  test('is counted to the end if none is stated', async () => {
    const { moving } = read(250)
    const uncounted = new NumberedList<number>(
      {
        keyOf: row => row,
        fetchPage: async at => ({ ...(await moving.fetchPage(at)), count: undefined }),
      },
      new ListTraits(),
    )
    expect(await uncounted.count()).toBe(250)
  })
})

describe('keys', () => {
  const none = () => undefined

  test('are found, or proven absent', async () => {
    const { list } = read(250)
    const rows = await list.find([7, 250, 251, 0, 120], none)
    expect(keysOf(rows).toSorted((a, b) => a - b)).toEqual([7, 120, 250])
  })

  test('in a hole have no row', async () => {
    const { list } = read(0, { keys: [...numbers(1, 100), ...numbers(5000, 5100)] })
    await list.search([3000, 5000], none)
    expect(list.rowOf(5000)?.row).toBe(5000)
    expect(list.rowOf(3000)).toBeUndefined()
  })

  test('that are near each other share a page', async () => {
    const { list, calls } = read(250)
    await list.search([241, 244, 247, 250], none)
    expect(calls()).toHaveLength(1)
  })

  test('of a page that fails fail alone', async () => {
    const { moving } = read(5000)
    const broken = new NumberedList<number>(
      {
        keyOf: row => row,
        fetchPage: async at => {
          const page = await moving.fetchPage(at)
          if (page.rows.includes(10)) throw new Error('broken')
          return page
        },
      },
      new ListTraits(),
    )
    const failures = await broken.search([10, 4995], none)
    expect([...failures.keys()]).toEqual([10])
    expect(broken.rowOf(4995)?.row).toBe(4995)
  })
})

describe('a list in no order by key', () => {
  /** Keys that neither rise nor fall. */
  const shuffled = (length: number) => numbers(1, length).map(key => ((key * 37) % 1009) + 1)

  const listOf = (listed: readonly number[]) =>
    new NumberedList<number>(
      {
        keyOf: row => row,
        fetchPage: ({ page, perPage }) => Promise.resolve(honestAnswer(listed, page, perPage)),
      },
      new ListTraits(),
    )

  test('is sorted if it fits on a page', async () => {
    const listed = shuffled(60)
    const rows = await listOf(listed).slice({ ...NEWEST, limit: 100 })
    expect(keysOf(rows)).toEqual(listed.toSorted((one, other) => other - one))
  })

  test('is refused if it is longer, and asking again does not help', async () => {
    const slice = listOf(shuffled(250)).slice({ ...NEWEST, limit: 10 })
    await expect(slice).rejects.toMatchObject({
      name: 'ListInconclusiveError',
      isRetryable: false,
    })
  })

  test('does not hide a record, nor prove one absent', async () => {
    const list = listOf(shuffled(250))
    await list.search([38, 2000], () => undefined)
    expect(() => list.rowOf(2000)).toThrow(ListInconclusiveError)
  })
})

test('a list that never stands still is given up, and may be asked again', async () => {
  let calls = 0
  const list = new NumberedList<number>(
    {
      keyOf: row => row,
      // All rows are replaced between two calls.
      fetchPage: ({ page, perPage }) => {
        const from = 1000 * calls++
        return Promise.resolve(honestAnswer(numbers(from + 300, from + 1), page, perPage))
      },
    },
    new ListTraits(),
  )
  const slice = list.slice({ from: 150, towards: -1, to: -Infinity, limit: 100 })
  await expect(slice).rejects.toBeInstanceOf(ListInconclusiveError)
})

test('a failing page fails its reading, and the next one asks again', async () => {
  const { moving } = read(5)
  let isBroken = true
  const fetchPage: MovingList['fetchPage'] = at =>
    isBroken ? Promise.reject(new Error('broken')) : moving.fetchPage(at)
  const list = new NumberedList<number>({ fetchPage, keyOf: row => row }, new ListTraits())
  await expect(list.slice({ ...NEWEST, limit: 2 })).rejects.toThrow('broken')
  isBroken = false
  expect(await list.slice({ ...NEWEST, limit: 2 })).toHaveLength(2)
})

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
