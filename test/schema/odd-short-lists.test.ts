import { describe, expect, test } from 'vitest'
import type { ListOddities } from '../../src/emulator/odd/oddities.ts'
import { startGateway } from '../gateway.ts'
import { ROUNDINGS } from '../history/lists/moving-list.ts'
import { type ListWalk, lookedUp, walkedList } from './odd-asking.ts'

/** How the pages of an upstream may have other numbers of rows than were asked for. */
const UPSTREAMS: Readonly<Record<string, ListOddities>> = {
  'at least 10 rows a page': { perPage: ROUNDINGS['at least 10'] },
  'at least 20 rows a page, no next_page': {
    perPage: asked => Math.max(20, asked),
    nextPage: 'absent',
  },
  'rows rounded up to fives': { perPage: ROUNDINGS['up to fives'] },
  'rows rounded up to tens, next_page always null': {
    perPage: ROUNDINGS['up to tens'],
    nextPage: 'never',
  },
  '10, 20, 50 or 100 rows a page': { perPage: ROUNDINGS['up to some'] },
  'at most 50 rows a page, next_page always null': { maxPerPage: 50, nextPage: 'never' },
  'at most 20 rows a page, next_page always null': { maxPerPage: 20, nextPage: 'never' },
  'always 20 rows a page, next_page always null': { perPage: 20, nextPage: 'never' },
  'a row of the next page besides': { rowsAhead: 1 },
  'a row of the next page besides, at most 50 of its own': { rowsAhead: 1, maxPerPage: 50 },
}

const WALKS: readonly ListWalk[] = [
  { part: 'first: 40', order: 'NEWEST_FIRST', of: '' },
  { part: 'first: 100', order: 'OLDEST_FIRST', of: '' },
  { part: 'last: 10', order: 'NEWEST_FIRST', of: '' },
]

const SHAPES = [
  { order: 'descending', csIdStep: 1 },
  { order: 'ascending', csIdStep: 3 },
] as const

/** An end that falls on the end of a page, and one beyond it by a row. */
const LENGTHS = [60, 100, 101]

describe.each(SHAPES)('short lists that are $order by $csIdStep', shape => {
  test.each(Object.entries(UPSTREAMS))('%s: nothing is lost', async (name, lists) => {
    for (const recordCount of LENGTHS) {
      await using gateway = await startGateway({
        recordCount,
        days: 30,
        oddities: { lists },
        ...shape,
      })
      const csIds = Array.from({ length: recordCount }, (_, at) => 1000 + at * shape.csIdStep)
      for (const walk of WALKS) {
        gateway.forget()
        const truth = walk.order === 'OLDEST_FIRST' ? csIds : csIds.toReversed()
        const question = `${shape.order}: ${recordCount} by ${walk.part}, ${name}`
        const walked = walkedList(gateway, walk)
        expect([question, await walked]).toEqual([question, truth.map(String)])
      }
      gateway.forget()
      const sought = [csIds[0], csIds.at(-1), (csIds.at(-1) ?? 0) + 50].map(String)
      expect(await lookedUp(gateway, sought)).toEqual([sought[0], sought[1], undefined])
    }
  })
})

test('a long hidden run without a length is crossed where far pages are refused', async () => {
  const hidden = (csId: number) => csId > 1050 && csId <= 1250
  const lists: ListOddities = {
    hidden,
    count: () => undefined,
    refusedBeyond: { row: 10_000, status: 422 },
  }
  await using gateway = await startGateway({ recordCount: 430, days: 30, oddities: { lists } })
  const all = Array.from({ length: 430 }, (_, at) => 1429 - at)
  const shown = all.filter(csId => !hidden(csId)).map(String)
  const walk: ListWalk = { part: 'first: 40', order: 'NEWEST_FIRST', of: '' }
  expect(await walkedList(gateway, walk)).toEqual(shown)
})
