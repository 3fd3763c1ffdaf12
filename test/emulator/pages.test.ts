import { expect, test } from 'vitest'
import {
  agentHistories,
  call,
  csIdsOf,
  HISTORIES,
  type ListBody,
  read,
  startAtNow,
  walk,
} from './calling.ts'

test('page 1 of 100 is the default, newest first', async () => {
  await using emulator = await startAtNow({ recordCount: 250 })
  const body = await read<ListBody>(emulator, HISTORIES)
  expect(csIdsOf(body.remoterecords)).toEqual(Array.from({ length: 100 }, (_, at) => 1249 - at))
  expect(body).toMatchObject({
    count: 250,
    next_page: `${emulator.url}${HISTORIES}?per_page=100&page=2`,
    previous_page: null,
  })
})

test('the last page is short, has no next page, and what lies beyond it is empty', async () => {
  await using emulator = await startAtNow({ recordCount: 95 })
  const last = await read<ListBody>(emulator, `${HISTORIES}?per_page=40&page=3`)
  expect(csIdsOf(last.remoterecords)).toHaveLength(15)
  expect(last.next_page).toBeNull()
  expect(last.previous_page).toBe(`${emulator.url}${HISTORIES}?per_page=40&page=2`)
  const beyond = await read<ListBody>(emulator, `${HISTORIES}?per_page=40&page=4`)
  expect(beyond).toMatchObject({ remoterecords: [], count: 95, next_page: null })
})

test('a last page that is just full has no next page either', async () => {
  await using emulator = await startAtNow({ recordCount: 80 })
  const last = await read<ListBody>(emulator, `${HISTORIES}?per_page=40&page=2`)
  expect(last.remoterecords).toHaveLength(40)
  expect(last.next_page).toBeNull()
})

test('ascending order is descending order reversed', async () => {
  await using newestFirst = await startAtNow({ recordCount: 130 })
  await using oldestFirst = await startAtNow({ recordCount: 130, order: 'ascending' })
  const descending = csIdsOf(await walk(newestFirst, `${HISTORIES}?per_page=30`))
  const ascending = csIdsOf(await walk(oldestFirst, `${HISTORIES}?per_page=40`))
  expect(ascending).toEqual(descending.reverse())
  expect(ascending).toEqual(ascending.toSorted((one, other) => one - other))
})

test('maxPerPage quietly caps what is asked for, and the links say so', async () => {
  await using emulator = await startAtNow({ maxPerPage: 50 })
  const body = await read<ListBody>(emulator, `${HISTORIES}?per_page=500`)
  expect(body.remoterecords).toHaveLength(50)
  expect(body.next_page).toContain('per_page=50&page=2')
  await using usual = await startAtNow()
  const capped = await read<ListBody>(usual, `${HISTORIES}?per_page=500`)
  expect(capped.remoterecords).toHaveLength(100)
})

test('page links keep the days that were asked for', async () => {
  await using emulator = await startAtNow()
  const path = `${HISTORIES}?starttime=2026-3-2&endtime=2026-03-13&per_page=7`
  const body = await read<ListBody>(emulator, path)
  expect(body.next_page).toBe(
    `${emulator.url}${HISTORIES}?starttime=2026-3-2&endtime=2026-03-13&per_page=7&page=2`,
  )
  expect(await walk(emulator, path)).toHaveLength(body.count)
})

test("the agents' lists partition the whole list", async () => {
  await using emulator = await startAtNow({ recordCount: 700 })
  const whole = csIdsOf(await walk(emulator, HISTORIES))
  const agentIds = [201, 202, 203, 204, 205, 206, 207, 208, 211, 215]
  const lists = await Promise.all(agentIds.map(id => walk(emulator, agentHistories(id))))
  for (const list of lists) expect(list.length).toBeGreaterThan(10)
  const joined = lists.flatMap(csIdsOf).sort((one, other) => other - one)
  expect(joined).toEqual(whole)
})

test('an agent without records has an empty list', async () => {
  await using emulator = await startAtNow()
  expect(await read(emulator, agentHistories(999))).toEqual({
    remoterecords: [],
    count: 0,
    next_page: null,
    previous_page: null,
  })
})

test('answers are JSON with a length, on a connection that is kept', async () => {
  await using emulator = await startAtNow()
  const response = await call(emulator, HISTORIES)
  const bytes = (await response.arrayBuffer()).byteLength
  expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8')
  expect(response.headers.get('content-length')).toBe(String(bytes))
  expect(response.headers.get('connection')).toBe('keep-alive')
})
