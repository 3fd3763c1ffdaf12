import { describe, expect, test } from 'vitest'
import { ListInconclusiveError } from '../../../src/history/list-errors.ts'
import { NumberedList } from '../../../src/history/lists/numbered-list.ts'
import { ListTraits } from '../../../src/history/traits/list-traits.ts'
import type { MovingList } from './moving-list.ts'
import { keysOf, NEWEST, read } from './numbered-reading.ts'
import { honestAnswer, numbers } from './placed-pages.ts'

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
