import { expect, test } from 'vitest'
import { ListInconclusiveError } from '../../src/history/list-inconclusive.ts'
import { goesByKey } from '../../src/history/list-order.ts'
import { createListTraits, placePage } from '../../src/history/list-page.ts'
import { NumberedList } from '../../src/history/numbered-list.ts'

interface Row {
  readonly key: number
  readonly time: string | null
}

const source = { timeOf: ({ time }: Row) => time }

const pageOf = (...rows: readonly (readonly [number, string | null])[]) => {
  const answer = {
    rows: rows.map(([key, time]) => ({ key, time })),
    size: rows.length,
    count: 500,
    hasNext: true,
  }
  return placePage({ page: 3, perPage: rows.length }, answer, ({ key }) => key, 0)
}

test('keys in order whose times are not: the list goes by its keys', () => {
  expect(goesByKey(pageOf([7, '2026-03-01'], [8, '2026-02-01']), source)).toBe(true)
  expect(goesByKey(pageOf([8, '2026-02-01'], [7, '2026-03-01']), source)).toBe(true)
})

test('where keys and times agree, or times are not told, nobody knows', () => {
  expect(goesByKey(pageOf([7, '2026-02-01'], [8, '2026-03-01']), source)).toBe(false)
  expect(goesByKey(pageOf([8, '2026-03-01'], [7, '2026-02-01']), source)).toBe(false)
  expect(goesByKey(pageOf([7, '2026-02-01'], [8, null], [9, '2026-02-01']), source)).toBe(false)
})

/** The rows of a list in the order given, 10 a page. */
function listOf(keys: readonly number[]) {
  const calls: number[] = []
  const list = new NumberedList<number>(
    {
      hasUniqueKeys: true,
      keyOf: key => key,
      fetchPage({ page, perPage }) {
        calls.push(page)
        const size = Math.min(perPage, 10)
        const rows = keys.slice((page - 1) * size, page * size)
        const hasNext = page * size < keys.length
        return Promise.resolve({ rows, size: rows.length, count: keys.length, hasNext })
      },
    },
    createListTraits(),
  )
  return { list, calls }
}

const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => from + at)

test('a key between two neighbours is absent if the list is sorted; in a list seen whole, for certain', async () => {
  const long = listOf([...numbers(1, 95), ...numbers(97, 200)])
  await long.list.search([96], () => undefined)
  expect(long.list.absenceOf(96)).toBe('if sorted')
  const short = listOf([1, 2, 4])
  await short.list.search([3], () => undefined)
  expect(short.list.absenceOf(3)).toBe('proven')
})

test('where pages are in no order, a key that they do not show may be elsewhere', async () => {
  const { list } = listOf(numbers(1, 200).map(key => ((key * 37) % 211) + 1))
  await list.search([38, 500], () => undefined)
  expect(list.rowsAt(38).map(({ row }) => row)).toEqual([38])
  expect(list.absenceOf(500)).toBe('in no order')
  const error = await list.find([500], () => undefined).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(ListInconclusiveError)
  expect(error).toHaveProperty('isRetryable', false)
})
