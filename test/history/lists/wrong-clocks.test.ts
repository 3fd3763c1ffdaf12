import { describe, expect, test } from 'vitest'
import { NumberedList } from '../../../src/history/lists/numbered-list.ts'
import { ListTraits } from '../../../src/history/traits/list-traits.ts'
import { keysOf, NEWEST } from './numbered-reading.ts'
import { honestAnswer, numbers } from './placed-pages.ts'
import { assertUnsortedWalkIsExact } from './unsorted-walk.laws.ts'

/** What random walks over lists by time lost without an error. */
describe('days of a wrong clock are noticed', () => {
  type Walk = Parameters<typeof assertUnsortedWalkIsExact>[0]

  const walkOver = (list: Walk['list'], limits: number[], towards: 1 | -1 = -1) =>
    assertUnsortedWalkIsExact({ list, limits, towards })

  test('if they fill a page, so that pages look turned', () =>
    walkOver(
      {
        keys: numbers(1, 101),
        rising: true,
        wrongClocks: [{ from: 51, length: 50, back: 100.5, isBlock: false }],
        maxPerPage: 50,
      },
      [80, 15],
    ))

  test('if a capped page looks as if their rows were hidden', () =>
    walkOver(
      {
        keys: numbers(1, 150),
        rising: true,
        wrongClocks: [
          { from: 91, length: 50, back: -60, isBlock: false },
          { from: 101, length: 5, back: -5, isBlock: false },
        ],
        maxPerPage: 50,
      },
      [10, 50, 1],
    ))

  test('if a page that is capped lacks the row of the cursor', () =>
    walkOver(
      {
        keys: numbers(3, 108),
        rising: true,
        wrongClocks: [{ from: 101, length: 5, back: -7, isBlock: false }],
        maxPerPage: 25,
        next: 'absent',
      },
      [1],
    ))
})

test('pages that are turned cost no call more if they show the same rows at the same places', async () => {
  const listed = numbers(101, 1)
  const calls: string[] = []
  const list = new NumberedList<number>(
    {
      keyOf: row => row,
      fetchPage: ({ page, perPage }) => {
        calls.push(`${page}/${perPage}`)
        const answer = honestAnswer(listed, page, perPage, 50)
        return Promise.resolve({ ...answer, rows: answer.rows.toReversed() })
      },
    },
    new ListTraits(),
  )
  const rows = await list.slice({ ...NEWEST, limit: 60 })
  expect(keysOf(rows)).toEqual(numbers(101, 42))
  expect(calls.join(' ')).toBe('1/61 2/40 3/34')
})
