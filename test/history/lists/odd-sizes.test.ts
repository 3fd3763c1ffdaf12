import { describe, expect, test } from 'vitest'
import { exploreLists, type OddList } from './odd-sizes.ts'

const WHOLE_PAGES: Readonly<Record<string, OddList>> = {
  'as many rows as are asked for': {},
  'at most 50 rows': { maxPerPage: 50 },
  'at most 20 rows': { maxPerPage: 20 },
  'always 20 rows': { fixedRows: 20 },
  'always 100 rows': { fixedRows: 100 },
}

const ODD_PAGES: Readonly<Record<string, OddList>> = {
  'at most 7 rows': { maxPerPage: 7 },
  'a row of the next one': { surplus: 1 },
  'at least 10 rows': { rounding: 'at least 10' },
  'rows rounded up to fives': { rounding: 'up to fives' },
  'rows rounded up to 10, 20, 50 or 100': { rounding: 'up to some' },
  'rows rounded down to fives': { rounding: 'down to fives' },
  'rows rounded down to tens': { rounding: 'down to tens' },
  'rows rounded down to 10, 20, 50 or 100': { rounding: 'down to some' },
  '10, 20, 50 or 100 rows, and 20 for any other number': { rounding: 'some, or 20' },
}

const CLAIMS: Readonly<Record<string, OddList>> = {
  'true claims': {},
  'no next_page': { next: 'absent' },
  'a next_page of each page': { next: 'always' },
}

const ROWS: Readonly<Record<string, OddList>> = {
  'all rows': {},
  'every tenth row hidden': { hidden: { every: 10, offset: 1 } },
  'every tenth row twice': { twice: { every: 10, offset: 1 } },
}

describe.each(Object.entries(CLAIMS))('of lists with %s', (_, claims) => {
  describe.each(Object.entries(ROWS))('and %s', (rowsName, rows) => {
    test.each(Object.entries(WHOLE_PAGES))('pages have %s: nothing is lost', async (_, pages) => {
      const { silent, refused } = await exploreLists({ ...pages, ...claims, ...rows })
      expect(silent).toEqual([])
      if (rowsName === 'all rows') expect(refused).toEqual([])
    })

    test.each(Object.entries(ODD_PAGES))(
      'pages have %s: nothing is lost silently',
      async (_, pages) => {
        const { silent } = await exploreLists({ ...pages, ...claims, ...rows })
        expect(silent).toEqual([])
      },
    )
  })
})

const RUN = { hidden: { from: 60, length: 180 } }

describe.each(Object.entries(CLAIMS))('60 rows in a row hidden, with %s', (_, claims) => {
  test.each([
    ['as many rows as are asked for', {}],
    ['at most 50 rows', { maxPerPage: 50 }],
    ['always 100 rows', { fixedRows: 100 }],
  ])('pages have %s: nothing is lost silently', async (_, pages) => {
    const { silent } = await exploreLists({ ...pages, ...claims, ...RUN })
    expect(silent).toEqual([])
  })
})

/** As an account without rights sees a list whose rights are applied after the page was cut. */
const FEW_SHOWN: Readonly<Record<string, OddList>> = {
  'no row shown': { hidden: { from: 0, length: 10_000 } },
  'each fourth row shown': { hidden: { allBut: { every: 4, offset: 1 } } },
  'each fortieth row shown': { hidden: { allBut: { every: 40, offset: 1 } } },
  'one of forty rows shown, anywhere': {
    hidden: { allBut: { every: 40, offset: 1 }, isScattered: true },
  },
}

test('of lists with each tenth row shown, nothing is lost, and nothing refused', async () => {
  const rows = { hidden: { allBut: { every: 10, offset: 1 } } }
  expect(await exploreLists(rows)).toMatchObject({ silent: [], refused: [] })
})

describe.each(Object.entries(FEW_SHOWN))('of lists with %s', (_, rows) => {
  test('nothing is lost, and nothing refused, if all claims are true', async () => {
    expect(await exploreLists(rows)).toMatchObject({ silent: [], refused: [] })
  })

  test.each([
    ['no next_page', { next: 'absent' }],
    ['a next_page of each page', { next: 'always' }],
    ['at most 50 rows a page', { maxPerPage: 50 }],
    ['at most 20 rows a page', { maxPerPage: 20 }],
    ['always 20 rows a page', { fixedRows: 20 }],
    ['a row of the next page on each', { surplus: 1 }],
    ['rows rounded up to fives', { rounding: 'up to fives' }],
    ['rows rounded down to tens', { rounding: 'down to tens' }],
  ] satisfies [string, OddList][])('with %s, nothing is lost silently', async (_, upstream) => {
    expect((await exploreLists({ ...rows, ...upstream })).silent).toEqual([])
  })
})

/** Some upstreams give their first or their last page if they are asked for one beyond the last. */
describe.each(['first', 'last'] as const)('beyond the end, the %s page is given', beyond => {
  test('nothing is lost, and nothing refused, if all claims are true', async () => {
    expect(await exploreLists({ beyond })).toMatchObject({ silent: [], refused: [] })
  })

  test.each([
    ['no next_page', { next: 'absent' }],
    ['a next_page of each page', { next: 'always' }],
    ['no count', { isCounted: false }],
    ['a count of the page', { countsPage: true }],
    ['no count, at most 50 rows a page', { isCounted: false, maxPerPage: 50 }],
    ['a count of the page, always 20 rows a page', { countsPage: true, fixedRows: 20 }],
  ] satisfies [string, OddList][])('with %s, nothing is lost silently', async (_, upstream) => {
    expect((await exploreLists({ beyond, ...upstream })).silent).toEqual([])
  })
})
