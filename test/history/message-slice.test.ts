import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseMessageCursor } from '../../src/history/cursor.ts'
import { createListTraits } from '../../src/history/list-page.ts'
import type { NumberedListSource } from '../../src/history/list-source.ts'
import type { PlacedMessage } from '../../src/history/message-slice.ts'
import { sliceMessages } from '../../src/history/message-slice.ts'
import { NumberedList } from '../../src/history/numbered-list.ts'
import { assertChatWalkIsExact, chatWalk } from './message-slice.laws.ts'
import { MovingChat } from './moving-chat.ts'

test('the law of walks holds for messages that share seconds, whatever comes and goes', async () => {
  await fc.assert(fc.asyncProperty(chatWalk, assertChatWalkIsExact), { numRuns: 2000 })
})

const chatOf = (seconds: readonly number[], isTerse = false) =>
  new MovingChat({ seconds, isTerse, maxPerPage: 100, changes: [] })

interface Ask {
  readonly limit: number
  readonly isFromEnd?: boolean
  readonly after?: string
  readonly before?: string
}

async function ask(chat: MovingChat, { limit, isFromEnd = false, after, before }: Ask) {
  const list = new NumberedList<PlacedMessage<number>>(chat, createListTraits())
  const wish = {
    limit,
    isFromEnd,
    after: after === undefined ? undefined : parseMessageCursor(after),
    before: before === undefined ? undefined : parseMessageCursor(before),
  }
  const { edges, hasNext, hasPrevious } = await sliceMessages(list, 7, wish)
  return {
    messages: edges.map(({ row }) => row.row.message),
    first: edges[0]?.cursor ?? '',
    last: edges.at(-1)?.cursor ?? '',
    pageInfo: [await hasPrevious(), await hasNext()],
  }
}

test.each([10, 12, 25, 40])('pages of %i messages hide none of a long chat', async maxPerPage => {
  for (const ofSecond of [1, 2, 3]) {
    for (const isFromEnd of [false, true]) {
      const seconds = Array.from({ length: 160 }, (_, at) => Math.floor(at / ofSecond))
      const chat = { seconds, maxPerPage, isTerse: false, changes: [] }
      await assertChatWalkIsExact({ chat, isFromEnd, limits: [7, 20], between: [] })
    }
  }
})

test('a chat is counted where no length is stated, though its last message has a page of its own', async () => {
  const seconds = Array.from({ length: 101 }, (_, at) => at)
  const chat = new MovingChat({ seconds, maxPerPage: 10, isTerse: false, changes: [] })
  let calls = 0
  const uncounted: NumberedListSource<PlacedMessage<number>> = {
    hasUniqueKeys: false,
    keyOf: row => chat.keyOf(row),
    async fetchPage(at) {
      calls++
      return { ...(await chat.fetchPage(at)), count: undefined }
    },
  }
  expect(await new NumberedList(uncounted, createListTraits()).count()).toBe(101)
  expect(calls).toBeLessThanOrEqual(10)
})

test('a page may end amid a second, and the next begins there', async () => {
  const chat = chatOf([10, 11, 11, 11, 12])
  const { messages, last } = await ask(chat, { limit: 2 })
  expect(messages).toEqual([0, 1])
  expect((await ask(chat, { limit: 2, after: last })).messages).toEqual([2, 3])
})

test('backward too', async () => {
  const chat = chatOf([10, 11, 11, 11, 12])
  const { messages, first } = await ask(chat, { limit: 2, isFromEnd: true })
  expect(messages).toEqual([3, 4])
  const before = await ask(chat, { limit: 2, isFromEnd: true, before: first })
  expect(before.messages).toEqual([1, 2])
  expect(before.pageInfo).toEqual([true, true])
})

test('between two cursors of one second', async () => {
  const chat = chatOf([11, 11, 11, 11])
  const { first: after } = await ask(chat, { limit: 1 })
  const { first: before } = await ask(chat, { limit: 1, isFromEnd: true })
  expect((await ask(chat, { limit: 9, after, before })).messages).toEqual([1, 2])
  expect((await ask(chat, { limit: 9, isFromEnd: true, after, before })).messages).toEqual([1, 2])
})

test('messages that look alike are counted', async () => {
  const chat = chatOf([11, 11, 11], true)
  const { last } = await ask(chat, { limit: 2 })
  expect((await ask(chat, { limit: 9, after: last })).messages).toEqual([2])
})

test("where the cursor's own message is gone, the next ones come", async () => {
  const chat = chatOf([10, 11, 11, 12])
  const { last } = await ask(chat, { limit: 2 })
  chat.change([{ remove: 1 }])
  expect((await ask(chat, { limit: 9, after: last })).messages).toEqual([2, 3])
})

test('a message of the same second that came since is after the cursor', async () => {
  const chat = chatOf([10, 11])
  const { last, pageInfo } = await ask(chat, { limit: 2 })
  expect(pageInfo).toEqual([false, false])
  chat.change([{ sentAt: 11 }])
  expect((await ask(chat, { limit: 2, after: last })).messages).toEqual([2])
})

test('a cursor counts its second from the start, though later messages look the same', async () => {
  await assertChatWalkIsExact({
    chat: {
      isTerse: true,
      seconds: [],
      maxPerPage: 25,
      changes: [[{ sentAfter: 0 }, { sentAfter: 0 }]],
    },
    isFromEnd: true,
    limits: [1],
    between: [[{ sentAfter: 0 }, { sentAfter: 0 }]],
  })
})
