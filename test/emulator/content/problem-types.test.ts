import { expect, test } from 'vitest'
import type { Emulator } from '../../../src/emulator/emulator.ts'
import { HISTORIES, HISTORIES_V2, type ListBody, read, startAtNow, walk } from '../calling.ts'

const LEVELS = ['ptId', 'ptChildId', 'ptThird'] as const

/** What v1 and v2 together say: per level, the labels that each id goes with. */
async function dictionaries() {
  await using emulator = await startAtNow({ maxPerPage: 2000 })
  const rows = async (path: string) =>
    (await read<ListBody>(emulator, `${path}?per_page=2000`)).remoterecords
  const [ids, labels] = await Promise.all([rows(HISTORIES), rows(HISTORIES_V2)])
  return LEVELS.map(level => {
    const found = new Map<number, Set<unknown>>()
    for (const [at, row] of ids.entries()) {
      if (row[level] === null || row[level] === undefined) continue
      const id = Number(row[level])
      found.set(id, (found.get(id) ?? new Set()).add(labels[at]?.[level]))
    }
    return found
  })
}

test('an id has one label on its level; some ids mean other things on other levels', async () => {
  const [first, second, third] = await dictionaries()
  if (!first || !second || !third) throw new Error('a level is missing')
  expect(first.size).toBe(6)
  expect(second.size).toBeGreaterThan(12)
  expect(third.size).toBeGreaterThan(30)
  for (const level of [first, second, third])
    for (const labels of level.values()) expect(labels.size).toBe(1)
  const shared = [...first.keys()].filter(id => second.has(id))
  expect(shared.length).toBeGreaterThan(0)
  for (const id of shared) expect(first.get(id)).not.toEqual(second.get(id))
})

test('relabel changes what v2 shows, on that level only', async () => {
  await using emulator = await startAtNow()
  const [before] = (await read<ListBody>(emulator, HISTORIES)).remoterecords
  emulator.relabel(1, Number(before?.ptId), '新名称')
  const ids = (await read<ListBody>(emulator, HISTORIES)).remoterecords
  const labels = (await read<ListBody>(emulator, HISTORIES_V2)).remoterecords
  expect(ids[0]).toEqual(before)
  for (const [at, row] of ids.entries())
    if (row.ptId) expect(labels[at]?.ptId === '新名称').toBe(Number(row.ptId) === before?.ptId)
  expect(labels.some(row => row.ptChildId === '新名称')).toBe(false)
})

test('an option that the level lacks cannot be relabelled', async () => {
  await using emulator = await startAtNow()
  expect(() => emulator.relabel(1, 240, 'x')).toThrow('level 1 has no option 240')
})

test('a retired option is one that only older records have', async () => {
  const retiredOptions = [{ level: 1, optionId: 222, sinceCsId: 1100 }] as const
  await using usual = await startAtNow({ recordCount: 200 })
  await using emulator = await startAtNow({ recordCount: 200, retiredOptions })
  const optionsIn = async (upstream: Emulator) =>
    (await walk(upstream, HISTORIES)).map(row => ({ csId: row.csId, ptId: Number(row.ptId) }))
  const [before, after] = [await optionsIn(usual), await optionsIn(emulator)]
  const old = (rows: typeof before) => rows.filter(row => row.csId < 1100)
  const having = (rows: typeof before) => rows.filter(row => row.ptId === 222)
  expect(old(after)).toEqual(old(before))
  expect(having(after)).toEqual(having(old(before)))
  expect(having(after).length).toBeGreaterThan(0)
  expect(having(before).length).toBeGreaterThan(having(after).length)
})

test('one level cannot lose all its options', async () => {
  const retiredOptions = [221, 222, 223, 224, 225, 226].map(optionId => ({
    level: 1 as const,
    optionId,
    sinceCsId: 1100,
  }))
  await expect(startAtNow({ retiredOptions })).rejects.toThrow(RangeError)
})

test('a record is reclassified between the calls of the two lists', async () => {
  await using emulator = await startAtNow({ recordCount: 3 })
  const [before] = (await read<ListBody>(emulator, HISTORIES_V2)).remoterecords
  emulator.beforeAnswer = ({ endpoint }) => {
    if (endpoint === 'histories_v2') emulator.reclassify(1002, [222, 227, null])
  }
  const [ids] = (await read<ListBody>(emulator, HISTORIES)).remoterecords
  const [labels] = (await read<ListBody>(emulator, HISTORIES_V2)).remoterecords
  expect(Number(ids?.ptId)).not.toBe(222)
  expect(labels?.ptId).not.toBe(before?.ptId)
  expect(labels?.ptThird).toBeNull()
  const [later] = (await read<ListBody>(emulator, HISTORIES)).remoterecords
  expect([later?.ptId, later?.ptChildId].map(Number)).toEqual([222, 227])
  expect(() => emulator.reclassify(1002, [222, 999, null])).toThrow('level 2 has no option 999')
})
