import { expect, test } from 'vitest'
import type { Oddities } from '../../src/emulator/odd/oddities.ts'
import { neighbour } from '../../src/emulator/row-list.ts'
import { cpuMs, leastOfThree } from '../measure.ts'
import {
  agentHistories,
  csIdsOf,
  HISTORIES,
  type ListBody,
  read,
  startAtNow,
  walk,
} from './calling.ts'

const TEN_MILLION = { recordCount: 10_000_000, days: 3652 }

test('ten million records start at once', async () => {
  const start = async () => {
    await using _ = await startAtNow(TEN_MILLION)
  }
  expect(await leastOfThree(200, () => cpuMs(start))).toBeLessThan(200)
})

test('first, middle and last pages of ten million records come at once', async () => {
  await using emulator = await startAtNow(TEN_MILLION)
  await read(emulator, HISTORIES)
  const pages = [
    `${HISTORIES}?page=1`,
    `${HISTORIES}?page=50000`,
    `${HISTORIES}?page=100000`,
    `${agentHistories(201)}?page=15000`,
    `${agentHistories(203)}?page=12500`,
    `${agentHistories(201)}?page=50000&per_page=30`,
    `${HISTORIES}?starttime=2021-06-01&endtime=2021-06-30&page=300`,
    `${agentHistories(215)}?starttime=2019-1-1&endtime=2020-12-31&page=100`,
  ]
  const readAll = async () => {
    for (const page of pages) {
      const body = await read<ListBody>(emulator, page)
      expect(body.remoterecords.length, page).toBeGreaterThanOrEqual(30)
    }
  }
  expect(await leastOfThree(500, () => cpuMs(readAll))).toBeLessThan(500)
})

test('a hundred holes and late records cost next to nothing', async () => {
  await using emulator = await startAtNow({ ...TEN_MILLION, csIdStep: 10 })
  for (let at = 1; at <= 100; at++) {
    emulator.deleteRange(at * 900_000, at * 900_000 + 499_990)
    emulator.insertRecordAt(at * 900_000 + 5)
  }
  const readAll = async () => {
    const body = await read<ListBody>(emulator, `${HISTORIES}?page=20000`)
    expect(body.count).toBe(10_000_000 - 100 * 50_000 + 100)
    expect(body.remoterecords).toHaveLength(100)
    await read(emulator, `${agentHistories(201)}?page=5000`)
  }
  expect(await leastOfThree(500, () => cpuMs(readAll))).toBeLessThan(500)
})

test("one busy day's pages tile it, whole and per agent", async () => {
  await using emulator = await startAtNow({ ...TEN_MILLION, maxPerPage: 5000 })
  const day = 'starttime=2021-06-01&endtime=2021-06-01&per_page=5000'
  const whole = csIdsOf(await walk(emulator, `${HISTORIES}?${day}`))
  expect(whole.length).toBeGreaterThan(1000)
  expect(whole.every((csId, at) => csId === (whole[0] ?? 0) - at)).toBe(true)
  const agentIds = [201, 202, 203, 204, 205, 206, 207, 208, 211, 215]
  const lists = await Promise.all(
    agentIds.map(id => walk(emulator, `${agentHistories(id)}?${day}`)),
  )
  expect(lists.flatMap(csIdsOf).sort((one, other) => other - one)).toEqual(whole)
})

test('odd pages of ten million records come at once', async () => {
  const oddities: Oddities = {
    lists: {
      ties: 'reversed',
      swapped: neighbour,
      order: 'descending',
      rowsInPage: 'turned',
      hidden: csId => csId % 10 === 0,
      twiceOnPage: csId => csId % 7 === 0,
      pageBeyondEnd: 'last again',
      count: count => count + 1,
      nextPage: 'by count',
    },
  }
  await using emulator = await startAtNow({ ...TEN_MILLION, oddities })
  await read(emulator, HISTORIES)
  const readAll = async () => {
    for (const path of [`${HISTORIES}?page=50000`, `${agentHistories(201)}?page=999999`])
      expect((await read<ListBody>(emulator, path)).remoterecords.length).toBeGreaterThan(90)
  }
  expect(await leastOfThree(500, () => cpuMs(readAll))).toBeLessThan(500)
})
