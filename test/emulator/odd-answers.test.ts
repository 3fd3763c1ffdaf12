import { expect, test } from 'vitest'
import {
  agentHistories,
  csIdsOf,
  HISTORIES,
  HISTORIES_V2,
  type ListBody,
  type Row,
  read,
  startAtNow,
  walk,
} from './calling.ts'

const onDay = (day: string, list = HISTORIES) => `${list}?starttime=${day}&endtime=${day}`
const agentsIn = (rows: readonly Row[]) => new Set(rows.map(row => Number(row.csServicerId)))

test('an agent’s list has another agent’s records, or everyone’s', async () => {
  await using emulator = await startAtNow({ recordCount: 100 })
  emulator.oddities = { agent_histories: { answersFor: () => 202 } }
  const others = await walk(emulator, agentHistories(201))
  expect(agentsIn(others)).toEqual(new Set([202]))
  emulator.oddities = { agent_histories: { answersFor: 'everyone' } }
  expect(await walk(emulator, agentHistories(201))).toEqual(await walk(emulator, HISTORIES))
})

test('days are ignored, by one list alone if so wished', async () => {
  const oddities = { histories_v2: { days: 'ignored' } } as const
  await using emulator = await startAtNow({ oddities })
  const count = async (path: string) => (await read<ListBody>(emulator, path)).count
  expect(await count(onDay('2026-03-11', HISTORIES_V2))).toBe(2000)
  expect(await count(onDay('2026-03-11'))).toBeLessThan(100)
})

test('a page of other days comes', async () => {
  await using emulator = await startAtNow()
  const right = csIdsOf(await walk(emulator, onDay('2026-03-11')))
  emulator.oddities = { lists: { days: 1 } }
  expect(csIdsOf(await walk(emulator, onDay('2026-03-10')))).toEqual(right)
})

test('records begin days after their creation, and are listed by the latter', async () => {
  const recordCount = 300
  await using usual = await startAtNow({ recordCount })
  await using late = await startAtNow({
    recordCount,
    beginsDaysLater: csId => (csId % 2 === 0 ? 3 : 0),
  })
  const day = onDay('2026-03-11')
  const [before, after] = [await walk(usual, day), await walk(late, day)]
  expect(csIdsOf(after)).toEqual(csIdsOf(before))
  for (const row of after.filter(({ csBTime }) => csBTime))
    expect(String(row.csBTime)).toMatch(row.csId % 2 === 0 ? /^2026-0?3-14 / : /^2026-0?3-11 /)
})

test('no record begins later than now', async () => {
  await using emulator = await startAtNow({ recordCount: 40, beginsDaysLater: () => 1000 })
  for (const { csBTime } of await walk(emulator, HISTORIES))
    if (csBTime) expect(csBTime).toMatch(/^2026-0?3-18 15:30:00$/)
})

test('most of the list vanishes between two pages, and the upstream repeats the last one', async () => {
  const oddities = { lists: { pageBeyondEnd: 'last again' } } as const
  await using emulator = await startAtNow({ recordCount: 250, oddities })
  emulator.beforeAnswer = ({ parameters }) => {
    if (parameters.page === '3') emulator.deleteRange(1003, 1249)
  }
  const pages = [1, 2, 3].map(page => () => read<ListBody>(emulator, `${HISTORIES}?page=${page}`))
  const csIds: number[][] = []
  for (const page of pages) csIds.push(csIdsOf((await page()).remoterecords))
  expect(csIds.map(page => page.length)).toEqual([100, 100, 3])
  expect(csIds[2]).toEqual([1002, 1001, 1000])
})
