import { describe, expect, test } from 'vitest'
import type { Emulator } from '../../src/emulator/emulator.ts'
import type { ListOddities, Oddities } from '../../src/emulator/odd/oddities.ts'
import { neighbour } from '../../src/emulator/row-list.ts'
import {
  agentHistories,
  call,
  csIdsOf,
  HISTORIES,
  HISTORIES_V2,
  type ListBody,
  read,
  startAtNow,
} from './calling.ts'

/** 25 records: 1000 is the oldest, 1024 the newest. */
const startOdd = (lists: ListOddities) => startAtNow({ recordCount: 25, oddities: { lists } })

const page = (emulator: Emulator, number: number, perPage = 10, list = HISTORIES) =>
  read<ListBody>(emulator, `${list}?page=${number}&per_page=${perPage}`)

async function csIdsOn(emulator: Emulator, number: number, perPage = 10): Promise<number[]> {
  return csIdsOf((await page(emulator, number, perPage)).remoterecords)
}

const downFrom = (csId: number, count: number) =>
  Array.from({ length: count }, (_, at) => csId - at)

describe('the whole list', () => {
  test.each([
    ['descending', undefined, downFrom(1024, 10), downFrom(1004, 5)],
    ['descending', 'turned', downFrom(1024, 10).reverse(), downFrom(1004, 5).reverse()],
    ['ascending', undefined, downFrom(1009, 10).reverse(), downFrom(1024, 5).reverse()],
    ['ascending', 'turned', downFrom(1009, 10), downFrom(1024, 5)],
  ] as const)('pages %s, rows %s', async (order, rowsInPage, first, last) => {
    await using emulator = await startOdd({ order, ...(rowsInPage && { rowsInPage }) })
    expect(await csIdsOn(emulator, 1)).toEqual(first)
    expect(await csIdsOn(emulator, 3)).toEqual(last)
  })

  test('rows stand in each other’s place: neighbours, across a border, far apart', async () => {
    await using emulator = await startOdd({
      swapped: [
        [1024, 1023],
        [1015, 1014],
        [1020, 1001],
      ],
    })
    const first = [1023, 1024, 1022, 1021, 1001, 1019, 1018, 1017, 1016, 1014]
    expect(await csIdsOn(emulator, 1)).toEqual(first)
    expect((await csIdsOn(emulator, 2))[0]).toBe(1015)
    expect(await csIdsOn(emulator, 3)).toEqual([1004, 1003, 1002, 1020, 1000])
  })

  test('every row may stand in the place of its neighbour, but never in a list that lacks it', async () => {
    await using emulator = await startOdd({ swapped: neighbour })
    expect(await csIdsOn(emulator, 1, 5)).toEqual([1024, 1022, 1023, 1020, 1021])
    const { remoterecords } = await page(emulator, 1, 25, agentHistories(203))
    for (const row of remoterecords) expect(Number(row.csServicerId)).toBe(203)
    expect(new Set(csIdsOf(remoterecords)).size).toBe(remoterecords.length)
  })

  test('records of one second stand the other way round', async () => {
    await using emulator = await startOdd({ ties: 'reversed' })
    const at = { createdAt: new Date('2026-03-19T09:00:00+08:00') }
    for (let each = 0; each < 3; each++) emulator.insertRecord(at)
    emulator.insertRecord({ createdAt: new Date('2026-03-19T09:00:01+08:00') })
    expect(await csIdsOn(emulator, 1, 6)).toEqual([1028, 1025, 1026, 1027, 1024, 1023])
  })

  test('one list alone is sorted by time, or the other way round', async () => {
    const oddities = { histories_v2: { order: 'ascending', sortBy: 'time' } } as const
    await using emulator = await startAtNow({ recordCount: 3, days: 1, oddities })
    emulator.setClockBack(2)
    emulator.insertRecord()
    expect(await csIdsOn(emulator, 1)).toEqual([1003, 1002, 1001, 1000])
    const { remoterecords } = await page(emulator, 1, 10, HISTORIES_V2)
    expect(csIdsOf(remoterecords)).toEqual([1003, 1000, 1001, 1002])
  })
})

test('one list is an older copy that lacks the newest records', async () => {
  const oddities = { histories_v2: { without: (csId: number) => csId > 1022, swapped: neighbour } }
  await using emulator = await startAtNow({ recordCount: 25, oddities })
  const old = await page(emulator, 1, 4, HISTORIES_V2)
  expect(csIdsOf(old.remoterecords)).toEqual([1022, 1020, 1021, 1018])
  expect(old.count).toBe(23)
  expect(await csIdsOn(emulator, 1, 3)).toEqual(downFrom(1024, 3))
})

describe('the rows of a page', () => {
  test('hidden rows make pages short, and nothing else', async () => {
    await using emulator = await startOdd({ hidden: csId => csId % 10 === 0 })
    const first = await page(emulator, 1)
    expect(csIdsOf(first.remoterecords)).toEqual([...downFrom(1024, 4), ...downFrom(1019, 5)])
    expect(first).toMatchObject({ count: 25, next_page: expect.stringContaining('page=2') })
    expect(await csIdsOn(emulator, 3)).toEqual(downFrom(1004, 4))
  })

  test('a page may be empty amid the list', async () => {
    await using emulator = await startOdd({ hidden: csId => csId < 1020 && csId > 1000 })
    expect(await page(emulator, 2)).toMatchObject({ remoterecords: [], count: 25 })
    expect(await csIdsOn(emulator, 3)).toEqual([1000])
  })

  test('a page lists a row twice', async () => {
    await using emulator = await startOdd({ twiceOnPage: csId => csId === 1020 })
    expect(await csIdsOn(emulator, 1, 5)).toEqual([1024, 1023, 1022, 1021, 1020, 1020])
    expect(await csIdsOn(emulator, 2, 5)).toEqual(downFrom(1019, 5))
  })

  test('the list has a row twice, and the count does not', async () => {
    await using emulator = await startOdd({ twiceInList: csId => csId === 1020 })
    expect(await csIdsOn(emulator, 1, 5)).toEqual(downFrom(1024, 5))
    expect(await csIdsOn(emulator, 2, 5)).toEqual([1020, 1019, 1018, 1017, 1016])
    const last = await page(emulator, 6, 5)
    expect(csIdsOf(last.remoterecords)).toEqual([1000])
    expect(last.count).toBe(25)
  })

  test('a list that is too long to be rearranged as a whole is a 500 that says so', async () => {
    const oddities = { lists: { twiceInList: () => true } }
    await using emulator = await startAtNow({ recordCount: 20_001, oddities })
    const response = await call(emulator, HISTORIES)
    expect(response.status).toBe(500)
    expect(await response.json()).toMatchObject({ message: expect.stringContaining('20000 rows') })
  })
})

describe('page numbers', () => {
  test('per_page is ignored: always so many rows', async () => {
    await using emulator = await startOdd({ perPage: 20 })
    expect(await csIdsOn(emulator, 1, 1)).toEqual(downFrom(1024, 20))
    expect(await csIdsOn(emulator, 2, 100)).toEqual(downFrom(1004, 5))
  })

  test('per_page is ignored: all rows come', async () => {
    await using emulator = await startOdd({ perPage: 'all', pageBeyondEnd: 'last again' })
    for (const number of [1, 2]) expect(await csIdsOn(emulator, number)).toEqual(downFrom(1024, 25))
    expect((await page(emulator, 1)).next_page).toBeNull()
  })

  test('one list alone has a cap', async () => {
    const oddities = { histories_v2: { maxPerPage: 3 } }
    await using emulator = await startAtNow({ recordCount: 25, oddities })
    expect((await page(emulator, 1, 10, HISTORIES_V2)).remoterecords).toHaveLength(3)
    expect((await page(emulator, 1)).remoterecords).toHaveLength(10)
  })

  test('deep pages are refused', async () => {
    await using emulator = await startOdd({ refusedBeyond: { row: 20, status: 422 } })
    expect(await csIdsOn(emulator, 2)).toHaveLength(10)
    const response = await call(emulator, `${HISTORIES}?page=3&per_page=10`)
    expect(response.status).toBe(422)
    expect(await response.json()).toMatchObject({ status: '422' })
  })

  test('a page past the end repeats the last one', async () => {
    await using emulator = await startOdd({ pageBeyondEnd: 'last again' })
    expect(await page(emulator, 9)).toEqual(await page(emulator, 3))
    emulator.deleteRange(1000, 1024)
    expect(await page(emulator, 2)).toMatchObject({ remoterecords: [], next_page: null })
  })

  test('a page past the end is 404, even the first further one', async () => {
    await using emulator = await startOdd({ pageBeyondEnd: 404 })
    expect(await csIdsOn(emulator, 3)).toHaveLength(5)
    expect((await call(emulator, `${HISTORIES}?page=4&per_page=10`)).status).toBe(404)
    emulator.deleteRange(1000, 1024)
    expect(await csIdsOn(emulator, 1)).toEqual([])
  })
})

describe('what a page says of its list', () => {
  test.each([
    ['is constant', () => 40, 40],
    ['is too large', count => count + 7, 32],
    ['is negative', () => -1, -1],
    ['is a text', count => String(count), '25'],
    ['is absent', () => undefined, undefined],
    ['leaves out hidden rows', 'without hidden', 22],
  ] as const satisfies readonly (readonly [string, ListOddities['count'], unknown])[])(
    'count %s',
    async (_, count, said) => {
      await using emulator = await startOdd({ count, hidden: csId => csId % 10 === 0 })
      const first = await page(emulator, 1)
      expect(first.count).toBe(said)
      expect(first.next_page).toContain('page=2')
    },
  )

  test.each([
    ['always', 'page=4'],
    ['never', null],
    ['absent', undefined],
    [() => 'https://elsewhere.example.com/', 'https://elsewhere.example.com/'],
  ] as const)('next_page on the last page: %s', async (nextPage, said) => {
    await using emulator = await startOdd({ nextPage })
    const { next_page: next } = await page(emulator, 3)
    if (said?.startsWith('page')) expect(next).toContain(said)
    else expect(next).toBe(said)
  })

  test('next_page may believe a wrong count', async () => {
    await using emulator = await startOdd({ count: () => 12, nextPage: 'by count' })
    expect((await page(emulator, 1)).next_page).toContain('page=2')
    expect((await page(emulator, 2)).next_page).toBeNull()
    emulator.oddities = { lists: { count: () => undefined, nextPage: 'by count' } }
    expect((await page(emulator, 1)).next_page).toBeNull()
  })
})

test('oddities come and go while the emulator runs', async () => {
  await using emulator = await startOdd({ rowsInPage: 'turned' })
  expect((await csIdsOn(emulator, 1))[0]).toBe(1015)
  emulator.oddities = {}
  expect((await csIdsOn(emulator, 1))[0]).toBe(1024)
  emulator.beforeAnswer = ({ endpoint }) => {
    emulator.oddities = { lists: { hidden: () => endpoint === 'histories_v2' } }
  }
  expect((await page(emulator, 1, 10, HISTORIES_V2)).remoterecords).toEqual([])
  expect(await csIdsOn(emulator, 1)).toHaveLength(10)
})

test('what is said of one list counts more than what is said of all', async () => {
  const oddities = {
    lists: { maxPerPage: 5, rowsInPage: 'turned' },
    agent_histories: { maxPerPage: 2 },
  } as const
  await using emulator = await startAtNow({ recordCount: 100, oddities })
  expect(await csIdsOn(emulator, 1)).toEqual(downFrom(1099, 5).reverse())
  const [one, other] = csIdsOf((await page(emulator, 1, 10, agentHistories(201))).remoterecords)
  expect(one).toBeLessThan(other ?? 0)
})

test('a row is rewritten in one list alone', async () => {
  const oddities: Oddities = { histories: { row: row => ({ ...row, csPrice: '1,234.00' }) } }
  await using emulator = await startAtNow({ recordCount: 3, oddities })
  const prices = (body: ListBody) => new Set(body.remoterecords.map(row => row.csPrice))
  expect(prices(await page(emulator, 1))).toEqual(new Set(['1,234.00']))
  expect(prices(await page(emulator, 1, 10, HISTORIES_V2))).not.toContain('1,234.00')
})
