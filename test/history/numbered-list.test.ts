import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ListInconclusiveError } from '../../src/history/list-inconclusive.ts'
import { createListTraits } from '../../src/history/list-page.ts'
import { NumberedList } from '../../src/history/numbered-list.ts'
import { assertSearchIsExact, search } from './find.laws.ts'
import type { MovingListOptions } from './moving-list.ts'
import { MovingList } from './moving-list.ts'
import { assertWalkIsExact, walk } from './numbered-list.laws.ts'
import { assertUnsortedWalkIsExact, unsortedWalk } from './unsorted-walk.laws.ts'

test('the law of walks holds, whatever comes and goes', async () => {
  await fc.assert(fc.asyncProperty(walk, assertWalkIsExact), { numRuns: 10_000 })
})

test('the law of searches holds too', async () => {
  await fc.assert(fc.asyncProperty(search, assertSearchIsExact), { numRuns: 10_000 })
})

test('a walk over a list by time, whose clock was set back, is exact or fails', async () => {
  const law = fc.asyncProperty(unsortedWalk, assertUnsortedWalkIsExact)
  await fc.assert(law, { numRuns: 10_000 })
})

const numbers = (length: number) => Array.from({ length }, (_, index) => index + 1)

function read(options: Partial<MovingListOptions> & { readonly length: number }) {
  const moving = new MovingList({ keys: numbers(options.length), rising: true, ...options })
  const list = new NumberedList<number>(moving, createListTraits())
  const calls = () => moving.calls.map(({ page, perPage }) => `${page}/${perPage}`)
  return { moving, list, calls }
}

const FIRST = { from: -Infinity, towards: 1, to: Infinity } as const
const LAST = { from: Infinity, towards: -1, to: -Infinity } as const

test('the first rows of a list are on its first page', async () => {
  const { list, calls } = read({ length: 250 })
  const rows = await list.slice({ ...FIRST, limit: 3 })
  expect(rows.map(({ row }) => row)).toEqual([1, 2, 3])
  expect(calls()).toEqual(['1/100'])
})

test('one reading reads a page once, however many slices are cut from it', async () => {
  const { list, calls } = read({ length: 250 })
  await Promise.all([list.slice({ ...FIRST, limit: 10 }), list.slice({ ...FIRST, limit: 50 })])
  await list.slice({ ...FIRST, limit: 99 })
  expect(await list.count()).toBe(250)
  expect(calls()).toEqual(['1/100'])
})

test('the length alone is asked of the smallest page', async () => {
  const { list, calls } = read({ length: 250 })
  expect(await list.count()).toBe(250)
  expect(calls()).toEqual(['1/1'])
})

test('a length that is stated too small is at least what was seen', async () => {
  const { list } = read({ length: 250, countError: -200 })
  await list.slice({ ...FIRST, limit: 100 })
  expect(await list.count()).toBe(100)
})

test('the last rows come last first', async () => {
  const { list } = read({ length: 250 })
  const rows = await list.slice({ ...LAST, limit: 3 })
  expect(rows.map(({ row }) => row)).toEqual([250, 249, 248])
})

test('rows are bounded on both sides', async () => {
  const { list } = read({ length: 250 })
  const rows = await list.slice({ from: 101, towards: 1, to: 103, limit: 100 })
  expect(rows.map(({ row }) => row)).toEqual([101, 102, 103])
})

test('keys are found, or proven absent', async () => {
  const { list } = read({ length: 250 })
  const rows = await list.find([7, 250, 251, 0, 120], () => undefined)
  expect(rows.map(({ row }) => row).toSorted((a, b) => a - b)).toEqual([7, 120, 250])
})

/** A list in no order by key, which only a whole reading can sort. */
const shuffled = (length: number, isMoving: boolean) => {
  let calls = 0
  return new NumberedList<number>(
    {
      hasUniqueKeys: true,
      keyOf: row => row,
      fetchPage({ page, perPage }) {
        const added = isMoving ? ++calls : 0
        const keys = [...numbers(length), ...numbers(added).map(each => length + each)]
        const listed = keys.map(key => ((key * 37) % 1009) + 1)
        const rows = listed.slice((page - 1) * perPage, page * perPage)
        const hasNext = page * perPage < listed.length
        return Promise.resolve({ rows, size: rows.length, count: listed.length, hasNext })
      },
    },
    createListTraits(),
  )
}

test('rows in no order by key are read whole, and sorted', async () => {
  const sorted = numbers(250)
    .map(key => ((key * 37) % 1009) + 1)
    .toSorted((a, b) => a - b)
  const rows = await shuffled(250, false).slice({ ...FIRST, limit: 100 })
  expect(rows.map(({ row }) => row)).toEqual(sorted.slice(0, 100))
})

test('a list in no order that keeps changing, or is too long to sort, is given up', async () => {
  await expect(shuffled(250, true).slice({ ...FIRST, limit: 10 })).rejects.toThrow(
    ListInconclusiveError,
  )
  await expect(shuffled(6000, false).slice({ ...FIRST, limit: 10 })).rejects.toThrow(
    'too many to be sorted',
  )
})

test('a failing page fails its reading, and the next reading asks again', async () => {
  let isBroken = true
  const source = new MovingList({ keys: numbers(5), rising: true })
  const fetchPage: MovingList['fetchPage'] = at =>
    isBroken ? Promise.reject(new Error('broken')) : source.fetchPage(at)
  const list = new NumberedList<number>(
    { fetchPage, keyOf: row => row, hasUniqueKeys: true },
    createListTraits(),
  )
  await expect(list.slice({ ...FIRST, limit: 2 })).rejects.toThrow('broken')
  isBroken = false
  expect(await list.slice({ ...FIRST, limit: 2 })).toHaveLength(2)
})

test('a row that a delete moved off its page is looked for before the end that was empty', async () => {
  const { list, calls } = read({
    length: 49,
    maxPerPage: 7,
    countError: 1,
    changes: [[], [], [], [], [], [], [], [{ remove: 1 }]],
  })
  expect(await list.slice({ ...FIRST, limit: 49 })).toHaveLength(49)
  expect(await list.hasRowBeyond(49, 1)).toBe(false)
  expect(calls().slice(7)).toEqual(['9/6', '10/5'])
})
