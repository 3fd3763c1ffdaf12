import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cutPage } from '../../../src/emulator/answers/page.ts'
import type { PageOddities } from '../../../src/emulator/odd/oddities.ts'
import { asList, neighbour } from '../../../src/emulator/row-list.ts'

interface Tied {
  readonly key: number
  readonly second: number
}

const scenario = fc.record({
  seconds: fc.array(fc.nat({ max: 8 }), { maxLength: 30 }),
  perPage: fc.integer({ min: 1, max: 12 }),
  hidden: fc.uniqueArray(fc.nat({ max: 30 })),
  twice: fc.uniqueArray(fc.nat({ max: 30 }), { maxLength: 4 }),
  isSwapped: fc.boolean(),
  order: fc.constantFrom('ascending' as const, 'descending' as const),
  ties: fc.constantFrom(undefined, 'reversed' as const),
  rowsInPage: fc.constantFrom(undefined, 'turned' as const),
})

type Scenario = typeof scenario extends fc.Arbitrary<infer Value> ? Value : never

const rowsOf = ({ seconds }: Scenario): Tied[] =>
  seconds.toSorted((one, other) => one - other).map((second, key) => ({ key, second }))

function oddPages(each: Scenario): number[][] {
  const rows = rowsOf(each)
  const oddities: PageOddities<number> = {
    order: each.order,
    hidden: key => each.hidden.includes(key),
    twiceInList: key => each.twice.includes(key),
    ...(each.isSwapped && { swapped: neighbour }),
    ...(each.ties && { ties: each.ties }),
    ...(each.rowsInPage && { rowsInPage: each.rowsInPage }),
  }
  const listing = {
    rows: { ...asList(rows), find: (key: number) => rows[key] },
    keyOf: (row: Tied) => row.key,
    timeOf: (row: Tied) => row.second,
    spotOf: (row: Tied) => row.key,
  }
  const pages: number[][] = []
  for (let page = 1; ; page++) {
    const numbers = { page, perPage: each.perPage }
    const cut = cutPage(listing, { numbers, url: 'http://list', kept: {} }, oddities)
    pages.push(cut.rows.map(row => row.key))
    expect(cut.links.count).toBe(rows.length)
    if (cut.links.next_page === null) return pages
  }
}

/** The same, the slow and obvious way: on arrays, one oddity after the other. */
function modelPages(each: Scenario): number[][] {
  const groups = Object.values(Object.groupBy(rowsOf(each), row => row.second))
  const tied = groups.flatMap(rows => (each.ties ? (rows ?? []).toReversed() : (rows ?? [])))
  const keys = tied.map(row => row.key)
  const swapped = keys.map(key => (keys.includes(neighbour(key)) ? neighbour(key) : key))
  const doubled = (each.isSwapped ? swapped : keys).flatMap(key =>
    each.twice.includes(key) ? [key, key] : [key],
  )
  if (each.order === 'descending') doubled.reverse()
  const pages: number[][] = doubled.length === 0 ? [[]] : []
  for (let from = 0; from < doubled.length; from += each.perPage) {
    const cut = doubled.slice(from, from + each.perPage).filter(key => !each.hidden.includes(key))
    pages.push(each.rowsInPage ? cut.reverse() : cut)
  }
  return pages
}

test('oddities of a list go together, as if each were done to arrays in turn', () => {
  fc.assert(
    fc.property(scenario, each => {
      expect(oddPages(each)).toEqual(modelPages(each))
    }),
    { numRuns: 1000 },
  )
})
