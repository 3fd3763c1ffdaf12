import { expect, test } from 'vitest'
import {
  agentHistories,
  call,
  chatRecords,
  csIdsOf,
  HISTORIES,
  HISTORIES_V2,
  type ListBody,
  NOW,
  read,
  startAtNow,
  walk,
} from '../calling.ts'

const FIVE = { recordCount: 5, firstCsId: 100, csIdStep: 10 }

test('insertRecord adds the newest record, created now and still in service', async () => {
  await using emulator = await startAtNow(FIVE)
  expect(emulator.insertRecord()).toBe(150)
  expect(emulator.insertRecord()).toBe(160)
  const { remoterecords, count } = await read<ListBody>(emulator, HISTORIES)
  expect(csIdsOf(remoterecords)).toEqual([160, 150, 140, 130, 120, 110, 100])
  expect(count).toBe(7)
  expect(remoterecords[0]).toMatchObject({ csBTime: expect.stringMatching(/18 15:30:00$/) })
  expect(Number(remoterecords[0]?.csStat)).toBe(1)
})

test('a late record takes its place and its time between its neighbours', async () => {
  await using emulator = await startAtNow({ ...FIVE, order: 'ascending' })
  emulator.insertRecordAt(125)
  const rows = await walk(emulator, HISTORIES)
  expect(csIdsOf(rows)).toEqual([100, 110, 120, 125, 130, 140])
  const times = rows.slice(2, 5).map(row => Date.parse(String(row.csBTime)))
  expect(times).toEqual(times.toSorted((one, other) => one - other))
  expect((await call(emulator, chatRecords(125))).status).toBe(200)
})

test('a csId that is taken, or was never due, cannot be inserted', async () => {
  await using emulator = await startAtNow(FIVE)
  expect(() => emulator.insertRecordAt(120)).toThrow('csId 120 is taken')
  expect(() => emulator.insertRecordAt(99)).toThrow(RangeError)
  expect(() => emulator.insertRecordAt(150)).toThrow(RangeError)
  const tomorrow = new Date(NOW.getTime() + 86_400_000)
  expect(() => emulator.insertRecordAt(105, { createdAt: tomorrow })).toThrow(RangeError)
})

test('an inserted record has the agent, time and fields that it is given', async () => {
  await using emulator = await startAtNow(FIVE)
  const createdAt = new Date('2026-03-19T09:00:00+08:00')
  const fields = { note: '改过的', comment: undefined, extra: 1 }
  emulator.insertRecord({ agentId: 999, createdAt, fields })
  const [row] = await walk(emulator, agentHistories(999))
  expect(row).toMatchObject({ csId: 150, note: '改过的', extra: 1 })
  expect(Number(row?.csServicerId)).toBe(999)
  expect(row).not.toHaveProperty('comment')
  const thatDay = await walk(emulator, `${HISTORIES_V2}?starttime=2026-03-19`)
  expect(thatDay).toMatchObject([{ csId: 150, note: '改过的' }])
})

test('a record created at midnight belongs to the day that begins', async () => {
  await using emulator = await startAtNow(FIVE)
  emulator.insertRecord({ createdAt: new Date('2026-03-20T00:00:00+08:00') })
  const countOn = async (day: string) =>
    (await read<ListBody>(emulator, `${HISTORIES}?starttime=${day}&endtime=${day}`)).count
  expect(await countOn('2026-03-19')).toBe(0)
  expect(await countOn('2026-03-20')).toBe(1)
})

test('deleted records are gone from lists, counts and chats', async () => {
  await using emulator = await startAtNow(FIVE)
  expect(emulator.deleteRecord(120)).toBe(true)
  expect(emulator.deleteRecord(120)).toBe(false)
  expect(emulator.deleteRecord(125)).toBe(false)
  expect(csIdsOf(await walk(emulator, HISTORIES))).toEqual([140, 130, 110, 100])
  expect((await call(emulator, chatRecords(120))).status).toBe(404)
  emulator.deleteRange(105, 135)
  expect(csIdsOf(await walk(emulator, HISTORIES))).toEqual([140, 100])
})

test('csIds are never given twice, but a deleted record can be put back changed', async () => {
  await using emulator = await startAtNow(FIVE)
  emulator.deleteRecord(140)
  expect(emulator.insertRecord()).toBe(150)
  emulator.insertRecordAt(140, { fields: { csStat: 5 } })
  const rows = await walk(emulator, HISTORIES)
  expect(csIdsOf(rows)).toEqual([150, 140, 130, 120, 110, 100])
  expect(rows[1]).toMatchObject({ csStat: 5 })
})

test.each([
  ['csId', [160, 150, 140, 130, 120, 110, 100]],
  ['time', [140, 130, 120, 110, 100, 160, 150]],
] as const)(
  'while the clock is set back, csIds rise and days do not: lists by %s',
  async (sortBy, listed) => {
    await using emulator = await startAtNow({ ...FIVE, days: 1, sortBy })
    emulator.setClockBack(3)
    expect([emulator.insertRecord(), emulator.insertRecord()]).toEqual([150, 160])
    expect(csIdsOf(await walk(emulator, HISTORIES))).toEqual(listed)
    const onDay = (day: string) => walk(emulator, `${HISTORIES}?starttime=${day}&endtime=${day}`)
    expect(csIdsOf(await onDay('2026-03-15'))).toEqual([160, 150])
    expect(csIdsOf(await onDay('2026-03-18'))).toEqual([140, 130, 120, 110, 100])
    emulator.setClockBack(0)
    emulator.insertRecord()
    expect(csIdsOf(await walk(emulator, HISTORIES))[0]).toBe(170)
  },
)

test('a deleted record can be put back with the time of a clock that was wrong', async () => {
  await using emulator = await startAtNow({ ...FIVE, days: 1, sortBy: 'time' })
  emulator.deleteRange(120, 130)
  emulator.setClockBack(1)
  emulator.insertRecordAt(120)
  emulator.insertRecordAt(130)
  expect(csIdsOf(await walk(emulator, HISTORIES))).toEqual([140, 110, 100, 130, 120])
})
