import { describe, expect, test } from 'vitest'
import type { Answer } from '../../../src/history/pages/list-page.ts'
import { PageBorders } from '../../../src/history/proofs/page-borders.ts'
import { keysOf, NEWEST, read } from '../lists/numbered-reading.ts'
import { answerOf, knownFrom, numbers, placed } from '../lists/placed-pages.ts'
import { assertSearchIsExact } from '../search/find.laws.ts'

const every = (step: number, from: number, to: number) => numbers(from, to).map(key => key * step)
const COUNT = { count: 60, hasNext: true }
const first = answerOf(1, 20, every(3, 1, 20), COUNT)
const second = answerOf(2, 20, every(3, 21, 40), COUNT)

/** The keys of the pages that the last one of several makes one page of. */
function joinedBy(answers: readonly Answer<number>[]) {
  const borders = new PageBorders<number>(false)
  const pairs = placed(answers).map(page => borders.closedBy(page))
  return (pairs.at(-1) ?? []).map(({ rows }) => rows.map(({ key }) => key))
}

describe('two pages are one', () => {
  test('if one of them is the same before and after the other', () => {
    expect(joinedBy([first, second, first])).toEqual([every(3, 1, 40)])
    expect(joinedBy([second, first, second])).toEqual([every(3, 1, 40)])
  })

  test('on both sides of a page that was read twice', () => {
    const third = answerOf(3, 20, every(3, 41, 60), { count: 60, hasNext: false })
    expect(joinedBy([second, first, third, second])).toEqual([every(3, 1, 40), every(3, 21, 60)])
  })

  test.each<[string, readonly Answer<number>[]]>([
    ['if each was read once', [first, second]],
    ['if a page has other rows', [first, second, answerOf(1, 20, every(3, 0, 19), COUNT)]],
    ['if the list had another length', [first, { ...second, count: 59 }, first]],
    ['if they were read side by side', [first, { ...second, askedAfter: 0 }, first]],
    ['if the third was asked for before', [first, second, { ...first, askedAfter: 1 }]],
    ['if they were asked for otherwise', [first, answerOf(2, 10, second.rows, COUNT), first]],
  ])('not %s', (_, answers) => {
    expect(joinedBy(answers)).toEqual([])
  })

  test('so that what is between them is known', () => {
    expect(knownFrom([first, second]).intervals.at(61)).toBeUndefined()
    expect(knownFrom([first, second, first]).intervals.at(61)).toMatchObject({ high: 117 })
  })
})

describe('a list with gaps, on pages of 20 rows whatever is asked for', () => {
  const keys = every(3, 1, 200)

  test('is read with three calls for two pages', async () => {
    const { list, calls } = read(0, { keys, fixedRows: 20 })
    await list.slice({ ...NEWEST, limit: 30 })
    const before = calls().length
    const rows = await list.slice({ ...NEWEST, limit: 195 })
    expect(keysOf(rows)).toEqual(keys.toReversed().slice(0, 195))
    expect(calls().length - before).toBeLessThanOrEqual(15)
  })

  test('is read whole from its end', async () => {
    const { list } = read(0, { keys, fixedRows: 20 })
    const request = { from: -Infinity, towards: 1, to: Infinity, limit: 500 } as const
    expect(keysOf(await list.slice(request))).toEqual(keys)
  })

  test('has no row between two pages', async () => {
    const { list } = read(0, { keys, fixedRows: 20 })
    expect(await list.find([421, 540, 479, 1], () => undefined)).toMatchObject([{ row: 540 }])
  })
})

test('a last page of one row is joined, so that what is behind it is proven absent', async () => {
  const list = { keys: numbers(2, 50), rising: true, maxPerPage: 100, changes: [], fixedRows: 8 }
  await assertSearchIsExact({ list, wanted: [[51, 52]] })
})
