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
