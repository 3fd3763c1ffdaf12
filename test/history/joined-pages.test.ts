import { expect, test } from 'vitest'
import { joinedPages } from '../../src/history/joined-pages.ts'
import { MovingList } from './moving-list.ts'

const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index)

test('small pages make a large one: rows, size and what is stated', async () => {
  const source = new MovingList({ keys: numbers(1, 100), rising: true, maxPerPage: 5 })
  const page = await joinedPages(source, 5).fetchPage({ page: 2, perPage: 24 })
  expect(page).toEqual({ rows: numbers(25, 48), size: 24, count: 100, hasNext: true })
})

test('the last one is short, and ends the list', async () => {
  const source = new MovingList({ keys: numbers(1, 30), rising: true, maxPerPage: 5 })
  const page = await joinedPages(source, 5).fetchPage({ page: 2, perPage: 24 })
  expect(page).toEqual({ rows: numbers(25, 30), size: 6, count: 30, hasNext: false })
})

test('two readings must agree: a row that came in between is read again', async () => {
  const source = new MovingList({
    keys: numbers(1, 40),
    rising: false,
    maxPerPage: 5,
    changes: [[], [], [{ append: 1 }]],
  })
  const page = await joinedPages(source, 5).fetchPage({ page: 1, perPage: 24 })
  expect(page.rows).toEqual(numbers(18, 41).reverse())
  expect(source.calls).toHaveLength(15)
})
