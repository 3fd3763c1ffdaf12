import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { NumberedList } from '../../../src/history/lists/numbered-list.ts'
import { ListTraits } from '../../../src/history/traits/list-traits.ts'
import { assertSearchIsExact, search } from '../search/find.laws.ts'
import { assertWalkIsExact, walk } from './numbered-list.laws.ts'
import { keysOf, NEWEST, OLDEST, read } from './numbered-reading.ts'
import { numbers } from './placed-pages.ts'
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
