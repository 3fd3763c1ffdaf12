import { describe, expect, test } from 'vitest'
import { parseRecordCursor, type RecordCursor } from '../../../src/history/cursor.ts'
import { NumberedList } from '../../../src/history/lists/numbered-list.ts'
import { sliceRecords } from '../../../src/history/lists/record-slice.ts'
import { ListTraits } from '../../../src/history/traits/list-traits.ts'
import { MovingList } from './moving-list.ts'
import { recordsOf } from './numbered-list.laws.ts'
import { numbers } from './placed-pages.ts'

/** The csIds of 500 records, with holes between them. */
const SPARSE = numbers(1, 500).map(at => 7 * at)

function listOf(keys: readonly number[], swapped?: { every: number; offset: number }) {
  const moving = new MovingList({ keys, rising: false, ...(swapped && { swapped }) })
  const traits = new ListTraits()
  /** Newest first. */
  async function slice(limit: number, after?: RecordCursor, before?: RecordCursor) {
    moving.calls.length = 0
    const wish = { limit, isFromEnd: before !== undefined, after, before }
    const { edges } = await sliceRecords(new NumberedList(recordsOf(moving), traits), -1, wish)
    const last = edges.at(-1)
    return {
      csIds: edges.map(({ row }) => row.row.csId),
      cursor: last && parseRecordCursor(last.cursor),
      calls: moving.calls.map(({ page, perPage }) => `${page}/${perPage}`),
    }
  }
  return { slice }
}

describe('a list with holes', () => {
  test('gives the hundred newest records by one call, though the last gap is open', async () => {
    const { csIds, calls, cursor } = await listOf(SPARSE).slice(100)
    expect(csIds).toEqual(SPARSE.slice(-100).toReversed())
    expect(calls).toEqual(['1/100'])
    expect(cursor).toMatchObject({ csId: 7 * 401, proven: 7 * 402, leftOut: 7 * 401 })
  })

  test('goes on behind the proven record, and leaves out the one that was given', async () => {
    const { slice } = listOf(SPARSE)
    const { cursor } = await slice(100)
    const next = await slice(100, cursor)
    expect(next.csIds).toEqual(SPARSE.slice(-200, -100).toReversed())
    expect(next.calls.length).toBeLessThanOrEqual(2)
  })

  test('has before the last record of a page all others of the page', async () => {
    const { slice } = listOf(SPARSE)
    const { cursor } = await slice(100)
    const before = await slice(50, undefined, cursor)
    expect(before.csIds).toEqual(numbers(451, 402).map(at => 7 * at))
  })
})

test('two records of one second on the border of two pages are given once each', async () => {
  // Keys 401 and 400 of 500 change places: the first page of 100 ends between them.
  const { slice } = listOf(
    numbers(1, 500).map(at => 3 * at),
    { every: 1200, offset: 0 },
  )
  const walked: number[] = []
  for (let after: RecordCursor | undefined, page = 0; page < 6; page++) {
    const { csIds, cursor } = await slice(100, after)
    walked.push(...csIds)
    after = cursor
    if (!cursor) break
  }
  expect(walked.toSorted((one, other) => other - one)).toEqual(numbers(500, 1).map(at => 3 * at))
  expect(walked.slice(99, 101)).toEqual([1200, 1203])
})
