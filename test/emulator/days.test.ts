import { expect, test } from 'vitest'
import { csIdsOf, HISTORIES, type ListBody, type Row, read, startAtNow, walk } from './calling.ts'

const dayOf = (row: Row) => {
  const [year, month, date] = String(row.csBTime).slice(0, 10).trim().split('-').map(Number)
  return Date.UTC(year ?? 0, (month ?? 0) - 1, date ?? 0)
}

const daysFrom = (first: string, count: number) =>
  Array.from({ length: count }, (_, at) => {
    const day = new Date(Date.parse(first) + at * 86_400_000)
    return day.toISOString().slice(0, 10)
  })

const window = (from: string, to: string) => `${HISTORIES}?starttime=${from}&endtime=${to}`

test('single days partition the whole list, up to and including today', async () => {
  await using emulator = await startAtNow({ recordCount: 600, days: 30 })
  const days = daysFrom('2026-02-17', 30)
  const lists = await Promise.all(days.map(day => walk(emulator, window(day, day))))
  const joined = lists.reverse().flatMap(csIdsOf)
  expect(joined).toEqual(csIdsOf(await walk(emulator, HISTORIES)))
  expect(lists[0]?.length).toBeGreaterThan(0)
})

test('both days are inclusive, in China Standard Time', async () => {
  await using emulator = await startAtNow()
  const rows = await walk(emulator, window('2026-03-10', '2026-03-11'))
  const days = new Set(rows.filter(row => row.csBTime).map(dayOf))
  expect(days).toEqual(new Set([Date.UTC(2026, 2, 10), Date.UTC(2026, 2, 11)]))
})

test('days may be padded or not, and either side may be open', async () => {
  await using emulator = await startAtNow()
  const count = async (query: string) => (await read<ListBody>(emulator, HISTORIES + query)).count
  expect(await count('?starttime=2026-3-2')).toBe(await count('?starttime=2026-03-02'))
  const before = await count('?endtime=2026-3-1')
  expect(before + (await count('?starttime=2026-03-02'))).toBe(2000)
  expect(before).toBeGreaterThan(0)
})

test('days the wrong way round, or outside all records, hold nothing', async () => {
  await using emulator = await startAtNow()
  for (const path of [window('2026-03-11', '2026-03-10'), window('1999-01-01', '2001-01-01')])
    expect(await read(emulator, path)).toMatchObject({ remoterecords: [], count: 0 })
  expect(await read(emulator, window('1999-01-01', '2099-01-01'))).toMatchObject({ count: 2000 })
})

test('weekends are quiet and most records fall into working hours', async () => {
  await using emulator = await startAtNow({ maxPerPage: 2000 })
  const { remoterecords } = await read<ListBody>(emulator, `${HISTORIES}?per_page=2000`)
  const timed = remoterecords.filter(row => row.csBTime)
  const weekend = timed.filter(row => [0, 6].includes(new Date(dayOf(row)).getUTCDay()))
  expect(weekend.length / timed.length).toBeLessThan(0.15)
  const hours = timed.map(row => Number(/ (\d+):/.exec(String(row.csBTime))?.[1]))
  const working = hours.filter(hour => hour >= 8 && hour < 18)
  expect(working.length / timed.length).toBeGreaterThan(0.8)
})

test('the newest record is a few minutes old, even just after midnight', async () => {
  const now = new Date('2026-03-18T00:01:00+08:00')
  await using emulator = await startAtNow({ now, order: 'ascending', recordCount: 100 })
  const rows = await walk(emulator, HISTORIES)
  expect(rows.at(-1)?.csBTime).toMatch(/^2026-0?3-17 23:57:00$/)
})
