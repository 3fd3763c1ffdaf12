import { expect, test } from 'vitest'
import {
  call,
  chatRecords,
  csIdsOf,
  HISTORIES,
  HISTORIES_V2,
  type ListBody,
  NOW,
  read,
  serviceSummary,
  startAtNow,
  walk,
} from './calling.ts'

const EVERYTHING = [HISTORIES, HISTORIES_V2, chatRecords(2990), serviceSummary(2001)]

test('the same seed and clock give the same answers, another seed others', async () => {
  await using one = await startAtNow({ seed: 7 })
  await using same = await startAtNow({ seed: 7, now: () => NOW })
  await using other = await startAtNow({ seed: 8 })
  for (const path of EVERYTHING) {
    const text = async (emulator: typeof one) =>
      (await (await call(emulator, path)).text()).replaceAll(emulator.url, '')
    expect(await text(same)).toBe(await text(one))
    expect(await text(other)).not.toBe(await text(one))
  }
})

test('an answer does not depend on what was asked before', async () => {
  await using fresh = await startAtNow()
  await using used = await startAtNow()
  for (const path of EVERYTHING) await read(used, path)
  await walk(used, HISTORIES)
  const last = `${HISTORIES}?page=20`
  const [one, other] = await Promise.all([read(fresh, last), read(used, last)])
  const text = (body: unknown) => JSON.stringify(body).replaceAll(/127\.0\.0\.1:\d+/g, '')
  expect(text(one)).toBe(text(other))
})

test('by default there are 2,000 records over 90 days', async () => {
  await using emulator = await startAtNow()
  const count = async (query: string) =>
    (await read<ListBody>(emulator, `${HISTORIES}?${query}`)).count
  expect(await count('starttime=2025-12-19&endtime=2026-03-18')).toBe(2000)
  expect(await count('starttime=2025-12-19&endtime=2025-12-19')).toBeGreaterThan(0)
})

test('csIds start where told and rise by the step', async () => {
  await using emulator = await startAtNow({ recordCount: 4, firstCsId: 50, csIdStep: 10 })
  expect(csIdsOf(await walk(emulator, HISTORIES))).toEqual([80, 70, 60, 50])
})

test('no records at all, and a single one, are lists too', async () => {
  await using none = await startAtNow({ recordCount: 0 })
  expect(await read(none, HISTORIES)).toMatchObject({ remoterecords: [], count: 0 })
  await using single = await startAtNow({ recordCount: 1 })
  expect(csIdsOf(await walk(single, HISTORIES))).toEqual([1000])
})

test('latencyMs holds every answer back', async () => {
  await using emulator = await startAtNow({ latencyMs: 60 })
  const startMs = performance.now()
  await read(emulator, HISTORIES)
  expect(performance.now() - startMs).toBeGreaterThan(50)
})

test('a number that does not fit is refused by name', async () => {
  await expect(startAtNow({ recordCount: -1 })).rejects.toThrow(/^recordCount must be/)
  await expect(startAtNow({ days: 0.5 })).rejects.toThrow(/^days must be/)
  await expect(startAtNow({ csIdStep: 0 })).rejects.toThrow(/^csIdStep must be/)
})
