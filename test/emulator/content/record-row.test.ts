import { expect, test } from 'vitest'
import type { EmulatorOptions } from '../../../src/emulator/options.ts'
import { codeSpansOf, Markdown } from '../../repository/markdown.ts'
import { pathTo, readText } from '../../repository/repository.ts'
import {
  call,
  HISTORIES,
  HISTORIES_V2,
  type ListBody,
  NOW,
  type Row,
  read,
  startAtNow,
} from '../calling.ts'

/** Those of the API as the upstream's README describes it, in its order. */
const FIELDS = new Markdown(readText(pathTo('src/upstream/README.md')))
  .section('A service record')
  .rows.flatMap(([names = '']) => codeSpansOf(names))

async function allRows(path: string, options: EmulatorOptions = {}): Promise<Row[]> {
  await using emulator = await startAtNow({ maxPerPage: 2000, ...options })
  return (await read<ListBody>(emulator, `${path}?per_page=2000`)).remoterecords
}

const share = (rows: readonly Row[], holds: (row: Row) => boolean) =>
  rows.filter(holds).length / rows.length

test('a record has the fields of the API, in its order', async () => {
  expect(FIELDS).toContain('csId')
  const rows = await allRows(HISTORIES)
  for (const row of rows.slice(0, 10))
    expect(Object.keys(row).filter(name => FIELDS.includes(name))).toEqual(FIELDS)
})

test('prices are decimal literals, or now and then strings', async () => {
  await using emulator = await startAtNow()
  const text = await (await call(emulator, HISTORIES)).text()
  expect(text).toMatch(/"csPrice":\d+\.\d\d,/)
  expect(text).toMatch(/"csPrice":"\d+\.\d\d",/)
})

test('dates come padded and unpadded, numbers as numbers and strings', async () => {
  const rows = await allRows(HISTORIES)
  const times = rows.map(row => String(row.csBTime))
  expect(times.some(time => /^\d{4}-\d-\d\d? \d:\d\d:\d\d$/.test(time))).toBe(true)
  expect(times.some(time => /^\d{4}-0\d-\d\d \d\d:\d\d:\d\d$/.test(time))).toBe(true)
  expect(share(rows, row => typeof row.csStat === 'string')).toBeGreaterThan(0.02)
  expect(share(rows, row => typeof row.csStat === 'string')).toBeLessThan(0.1)
  expect(share(rows, row => typeof row.uniqueNumber === 'number')).toBeGreaterThan(0)
  expect(rows.every(row => typeof row.csId === 'number')).toBe(true)
})

test('every status, payment and rating of the page occurs', async () => {
  const rows = await allRows(HISTORIES)
  const values = (field: string) => new Set(rows.map(row => Number(row[field])))
  expect(values('csStat')).toEqual(new Set([0, 1, 2, 3, 4, 5, 9, Number.NaN]))
  expect(values('payStat')).toEqual(new Set([0, 1, 2, 3, 4, 7, Number.NaN]))
  for (const score of [5, 3, 1, 0]) expect(values('commentScore')).toContain(score)
  for (const flag of ['isFinish', 'ChatRecord', 'Remote', 'TransferFile'])
    for (const value of [0, 1]) expect(values(flag)).toContain(value)
})

test('odd records are about one in fifty of each kind, and none of the newest ten', async () => {
  const rows = await allRows(HISTORIES)
  const isOdd = {
    absent: (row: Row) => FIELDS.some(field => row[field] === undefined),
    undocumented: (row: Row) => row.csStat === 9 || row.payStat === 7 || row.commentScore === 4,
    timeless: (row: Row) => /^(0000.*)?$/.test(String(row.csETime)) && Number(row.csStat) === 5,
  }
  for (const [kind, holds] of Object.entries(isOdd)) {
    expect(share(rows, holds), kind).toBeGreaterThan(0.008)
    expect(share(rows, holds), kind).toBeLessThan(0.05)
    expect(rows.slice(0, 10).some(holds), kind).toBe(false)
  }
  expect(rows.slice(0, 100).some(isOdd.absent)).toBe(true)
  expect(rows.slice(0, 100).some(isOdd.undocumented)).toBe(true)
})

test('only the newest records are open, and they have no end', async () => {
  const rows = await allRows(HISTORIES)
  const isOpen = (row: Row) => [1, 2, 3, 4].includes(Number(row.csStat))
  expect(rows.slice(20).some(isOpen)).toBe(false)
  const open = rows.filter(isOpen)
  expect(open.length).toBeGreaterThan(3)
  for (const row of open) expect(['', null, '0000-00-00 00:00:00']).toContain(row.csETime)
})

test('nothing ends later than now, however many records a minute has', async () => {
  const rows = await allRows(HISTORIES, { recordCount: 1_000_000, days: 30 })
  const ends = rows.map(row => String(row.csETime)).filter(end => /^2/.test(end))
  const endMs = ends.map(end => Date.parse(`${end} GMT+0800`))
  expect(Math.max(...endMs)).toBeLessThanOrEqual(NOW.getTime())
})

test('the newest ten are tidy whatever the seed', async () => {
  for (let seed = 1; seed <= 12; seed++) {
    const rows = await allRows(HISTORIES, { seed, recordCount: 10 })
    for (const row of rows) {
      expect(Object.keys(row)).toEqual(expect.arrayContaining(FIELDS))
      expect(Number(row.csStat)).toBeLessThanOrEqual(5)
    }
  }
})

test('v1 and v2 rows are the same but for the problem types', async () => {
  const [ids, labels] = await Promise.all([allRows(HISTORIES), allRows(HISTORIES_V2)])
  const without = ({ ptId, ptChildId, ptThird, contents, ...rest }: Row) => rest
  expect(labels.map(without)).toEqual(ids.map(without))
  const options = ['ptId', 'ptChildId', 'ptThird'] as const
  for (const [at, row] of ids.entries())
    for (const option of options) {
      const label = labels[at]?.[option]
      expect(label === null || label === undefined).toBe(row[option] === null || !(option in row))
      if (label) expect(label).toMatch(/[\u4e00-\u9fff]/)
    }
})

test('custom fields: texts, ticked boxes and drop-downs', async () => {
  const rows = await allRows(HISTORIES)
  const fields = rows.flatMap(row => (row.custom_fields ?? []) as { key: string; value: string }[])
  expect(new Set(fields.map(field => field.key))).toEqual(
    new Set(['field_1', 'field_2', 'field_3', 'field_5']),
  )
  const ticked = fields.filter(field => field.key === 'field_3')
  expect(new Set(ticked.map(field => field.value))).toEqual(new Set(['1']))
})
