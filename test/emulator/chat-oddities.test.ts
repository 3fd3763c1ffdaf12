import { expect, test } from 'vitest'
import type { Emulator } from '../../src/emulator/emulator.ts'
import { handOver, robot, untimedLast } from '../../src/emulator/odd/odd-chats.ts'
import type { ChatOddities } from '../../src/emulator/odd/oddities.ts'
import { type ChatBody, chatRecords, read, startAtNow } from './calling.ts'

type Message = ChatBody['remote_chatrecords']['contents'][number]

const CHAT = 1013
const startOdd = (chatrecords: ChatOddities = {}) =>
  startAtNow({ recordCount: 100, oddities: { chatrecords } })

const page = (emulator: Emulator, number = 1, perPage = 100, csId = CHAT) =>
  read<ChatBody>(emulator, `${chatRecords(csId)}?page=${number}&per_page=${perPage}`)

async function messages(emulator: Emulator, number = 1, perPage = 100): Promise<Message[]> {
  return (await page(emulator, number, perPage)).remote_chatrecords.contents
}

/** The chat as it is without any oddity: 17 messages. */
async function usual(): Promise<Message[]> {
  await using emulator = await startOdd()
  const whole = await messages(emulator)
  expect(whole).toHaveLength(17)
  return whole
}

const textsOf = (contents: readonly Message[]) => contents.map(message => message.msg)

test.each([
  ['ascending', undefined],
  ['ascending', 'turned'],
  ['descending', undefined],
  ['descending', 'turned'],
] as const)('pages %s, rows %s', async (order, rowsInPage) => {
  const all = await usual()
  await using emulator = await startOdd({ order, ...(rowsInPage && { rowsInPage }) })
  if (order === 'descending') all.reverse()
  for (const number of [1, 2, 3]) {
    const expected = all.slice((number - 1) * 6, number * 6)
    if (rowsInPage) expected.reverse()
    expect(await messages(emulator, number, 6)).toEqual(expected)
  }
})

test('messages that are no text are missing, and counted', async () => {
  const all = await usual()
  await using emulator = await startOdd({ hidden: ({ number }) => number === 2 })
  expect(await messages(emulator, 1, 5)).toEqual(all.slice(0, 5).toSpliced(1, 1))
  expect(await messages(emulator, 2, 5)).toEqual(all.slice(5, 10))
  expect((await page(emulator)).count).toBe(17)
})

test('two messages stand in each other’s place, across a border too', async () => {
  const all = await usual()
  await using emulator = await startOdd({ swapped: [[5, 6]] })
  const texts = [...(await messages(emulator, 1, 5)), ...(await messages(emulator, 2, 5))]
  expect(textsOf(texts)).toEqual(textsOf([0, 1, 2, 3, 5, 4, 6, 7, 8, 9].map(at => all[at] ?? {})))
})

test('the last messages have no time', async () => {
  const all = await usual()
  await using emulator = await startOdd({ time: untimedLast(10) })
  expect((await messages(emulator)).map(message => message.time)).toEqual([
    ...all.slice(0, 7).map(message => message.time),
    ...new Array(10).fill(null),
  ])
  emulator.oddities = { chatrecords: { time: untimedLast(17, '') } }
  expect(new Set((await messages(emulator)).map(message => message.time))).toEqual(new Set(['']))
})

const spokesmen = (contents: readonly Message[]) =>
  contents
    .filter(message => Number(message.spokesman_identity) === 1)
    .map(message => message.spokesman)

test('a robot greets, and the chat is handed over, by name or by number', async () => {
  const own = spokesmen(await usual())[0]
  await using emulator = await startOdd({
    spokesman: message => robot(1, '小帮')(message) ?? handOver(8, 207)(message),
  })
  const spoke = spokesmen(await messages(emulator))
  expect([...new Set(spoke)]).toEqual(['小帮', own, 207])
  expect(spoke[0]).toBe('小帮')
  expect(spoke.at(-1)).toBe(207)
})

test('a chat has only the client’s lines', async () => {
  await using emulator = await startOdd({ without: message => message.byAgent })
  const body = await page(emulator)
  expect(spokesmen(body.remote_chatrecords.contents)).toEqual([])
  expect(body.count).toBe(body.remote_chatrecords.contents.length)
  expect(body.count).toBeGreaterThan(0)
})

test('most of a chat vanishes amid a walk', async () => {
  const all = await usual()
  await using emulator = await startOdd({ pageBeyondEnd: 'last again' })
  expect(await messages(emulator, 2, 5)).toEqual(all.slice(5, 10))
  emulator.oddities = {
    chatrecords: { pageBeyondEnd: 'last again', without: ({ number }) => number > 2 },
  }
  expect(await messages(emulator, 3, 5)).toEqual(all.slice(0, 2))
})

test('the chat of another record comes, and says so', async () => {
  await using emulator = await startOdd({ answersFor: csId => csId - 1 })
  const other = await page(emulator, 1, 100, CHAT + 1)
  expect(other.remote_chatrecords.csId).toBe(String(CHAT))
  expect(other.remote_chatrecords.contents).toEqual(await usual())
})

test('a chat has as many messages as are wished for', async () => {
  const messageCount = (csId: number) => (csId === CHAT ? 105 : undefined)
  await using emulator = await startAtNow({ recordCount: 100, messageCount })
  expect(await page(emulator, 2)).toMatchObject({ count: 105, next_page: null })
  expect(await messages(emulator, 2)).toHaveLength(5)
  expect((await page(emulator, 1, 100, CHAT + 1)).count).toBeLessThan(100)
})

test('the chat of a record that there is not is empty', async () => {
  await using emulator = await startOdd({ unknownRecord: 'empty' })
  expect(await page(emulator, 1, 100, 5)).toEqual({
    remote_chatrecords: { csId: '5', contents: [] },
    count: 0,
    next_page: null,
    previous_page: null,
  })
  expect((await page(emulator)).count).toBe(17)
})
