import { expect, test } from 'vitest'
import type { Emulator } from '../../../src/emulator/emulator.ts'
import {
  type ChatBody,
  chatRecords,
  HISTORIES,
  type ListBody,
  type Row,
  read,
  startAtNow,
} from '../calling.ts'

const chat = (emulator: Emulator, csId: number, query = '') =>
  read<ChatBody>(emulator, chatRecords(csId) + query)

async function newestRows(emulator: Emulator): Promise<Row[]> {
  return (await read<ListBody>(emulator, `${HISTORIES}?per_page=100`)).remoterecords
}

async function longChat(emulator: Emulator): Promise<number> {
  for (let csId = 2999; csId >= 1000; csId--)
    if ((await chat(emulator, csId, '?per_page=1')).count > 30) return csId
  throw new Error('there is no long chat')
}

const instant = (message: Record<string, unknown> | undefined) => {
  const parts = String(message?.time).split(/\D/).map(Number)
  const [year = 0, month = 0, ...rest] = parts
  return Date.UTC(year, month - 1, ...rest)
}

test('a chat tells the problem: client and agent speak, by number and by name', async () => {
  await using emulator = await startAtNow()
  for (const row of (await newestRows(emulator)).slice(0, 60)) {
    const { contents } = (await chat(emulator, row.csId)).remote_chatrecords
    for (const message of contents) {
      const byAgent = Number(message.spokesman_identity) === 1
      const expected = byAgent ? /^[\u4e00-\u9fff]{2,3}$/ : /^\d{9}$/
      expect(String(message.spokesman)).toMatch(expected)
      if (!byAgent && row.uniqueNumber)
        expect(String(message.spokesman)).toBe(String(row.uniqueNumber))
    }
    if (contents.length > 0 && row.note)
      expect(contents.map(message => message.msg)).toContain(row.note)
  }
})

test('there is a chat exactly where the record says so', async () => {
  await using emulator = await startAtNow()
  const counts = new Set<number>()
  for (const row of await newestRows(emulator)) {
    const body = await chat(emulator, row.csId)
    expect(body.remote_chatrecords.csId).toBe(String(row.csId))
    counts.add(body.count)
    if (row.ChatRecord === undefined || row.ChatRecord === null) continue
    expect(body.count > 0).toBe(Number(row.ChatRecord) === 1)
  }
  expect(counts).toContain(0)
  expect(counts.size).toBeGreaterThan(10)
})

test('identities and client numbers come as strings and as numbers', async () => {
  await using emulator = await startAtNow()
  const kinds = new Set<string>()
  for (const row of (await newestRows(emulator)).slice(0, 30))
    for (const message of (await chat(emulator, row.csId)).remote_chatrecords.contents)
      kinds.add(`${typeof message.spokesman} ${typeof message.spokesman_identity}`)
  expect(kinds).toEqual(
    new Set(['string string', 'string number', 'number string', 'number number']),
  )
})

test('a long chat: times never fall, some share a second, and pages tile it', async () => {
  await using emulator = await startAtNow({ maxPerPage: 300 })
  const csId = await longChat(emulator)
  const whole = await chat(emulator, csId, '?per_page=300')
  expect(whole.count).toBeGreaterThanOrEqual(120)
  expect(whole.count).toBeLessThanOrEqual(260)
  const times = whole.remote_chatrecords.contents.map(instant)
  expect(times).toEqual(times.toSorted((one, other) => one - other))
  expect(new Set(times).size).toBeLessThan(times.length)

  const pages = []
  for (let page = 1; page <= Math.ceil(whole.count / 50); page++)
    pages.push(await chat(emulator, csId, `?per_page=50&page=${page}`))
  expect(pages.flatMap(page => page.remote_chatrecords.contents)).toEqual(
    whole.remote_chatrecords.contents,
  )
  expect(pages[0]?.next_page).toBe(`${emulator.url}${chatRecords(csId)}?per_page=50&page=2`)
  expect(pages.at(-1)?.next_page).toBeNull()
})

test('days partition a chat, both inclusive', async () => {
  await using emulator = await startAtNow({ maxPerPage: 300 })
  const csId = await longChat(emulator)
  const { contents } = (await chat(emulator, csId, '?per_page=300')).remote_chatrecords
  const days = [...new Set(contents.map(message => String(message.time).split(' ')[0] ?? ''))]
  const first = new Date(instant(contents[0])).toISOString().slice(0, 10)
  const last = new Date(instant(contents.at(-1))).toISOString().slice(0, 10)
  const counts = await Promise.all(
    [...new Set(days.map(day => new Date(`${day} UTC`).toISOString().slice(0, 10)))].map(
      async day => (await chat(emulator, csId, `?time_start=${day}&time_end=${day}`)).count,
    ),
  )
  expect(counts.reduce((sum, count) => sum + count)).toBe(contents.length)
  expect((await chat(emulator, csId, `?time_start=${first}&time_end=${last}`)).count).toBe(
    contents.length,
  )
  expect((await chat(emulator, csId, '?time_start=2001-1-1&time_end=2001-1-2')).count).toBe(0)
})
