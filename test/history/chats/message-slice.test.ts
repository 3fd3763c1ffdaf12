import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ChatTraits } from '../../../src/history/chats/chat-traits.ts'
import { MessageList } from '../../../src/history/chats/message-list.ts'
import { sliceMessages } from '../../../src/history/chats/message-slice.ts'
import { parseMessageCursor } from '../../../src/history/cursor.ts'
import { countedChat } from './counted-chat.ts'
import { assertChatWalkIsExact, chatWalk } from './message-slice.laws.ts'
import type { MovingChatOptions } from './moving-chat.ts'
import { MovingChat, STILL } from './moving-chat.ts'

test('the law of walks holds for messages that share seconds, whatever comes and goes', async () => {
  // The same ones each time; `npm run laws` takes others, and as many as one likes.
  const runs = { numRuns: 2000, seed: 4 }
  await fc.assert(fc.asyncProperty(chatWalk, assertChatWalkIsExact), runs)
})

const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => from + at)

const chatOf = (seconds: readonly number[], more: Partial<MovingChatOptions> = {}) =>
  new MovingChat({ ...STILL, seconds, ...more })

interface Ask {
  readonly limit: number
  readonly isFromEnd?: boolean
  readonly after?: string
  readonly before?: string
}

/** One request: the messages by the number by which they were sent, and the calls that it took. */
async function ask(chat: MovingChat, { limit, isFromEnd = false, after, before }: Ask) {
  const { list, calls } = countedChat(chat)
  const { edges, hasNext, hasPrevious } = await sliceMessages(list, 7, {
    limit,
    isFromEnd,
    after: after === undefined ? undefined : parseMessageCursor(after),
    before: before === undefined ? undefined : parseMessageCursor(before),
  })
  return {
    messages: edges.map(({ row }) => row.row.message),
    first: edges[0]?.cursor ?? '',
    last: edges.at(-1)?.cursor ?? '',
    pageInfo: [await hasPrevious(), await hasNext()],
    calls,
  }
}

describe('a page may end amid a second', () => {
  const chat = chatOf([10, 11, 11, 11, 12])

  test('and the next one begins there', async () => {
    const { messages, last } = await ask(chat, { limit: 2 })
    expect(messages).toEqual([0, 1])
    expect((await ask(chat, { limit: 2, after: last })).messages).toEqual([2, 3])
  })

  test('backward too', async () => {
    const { messages, first } = await ask(chat, { limit: 2, isFromEnd: true })
    expect(messages).toEqual([3, 4])
    const before = await ask(chat, { limit: 2, isFromEnd: true, before: first })
    expect(before.messages).toEqual([1, 2])
    expect(before.pageInfo).toEqual([true, true])
  })

  test('and so may both ends of a part between two cursors', async () => {
    const { first: after } = await ask(chat, {
      limit: 1,
      after: (await ask(chat, { limit: 1 })).last,
    })
    const { first: before } = await ask(chat, { limit: 1, isFromEnd: true })
    for (const isFromEnd of [false, true]) {
      const { messages } = await ask(chat, { limit: 9, isFromEnd, after, before })
      expect(messages).toEqual([2, 3])
    }
  })
})

describe('a cursor is recognised', () => {
  test('by its place among messages that look alike', async () => {
    const chat = chatOf([11, 11, 11], { isTerse: true })
    const { last } = await ask(chat, { limit: 2 })
    expect((await ask(chat, { limit: 9, after: last })).messages).toEqual([2])
  })

  test('by what it says, if messages before it are gone', async () => {
    const chat = chatOf([10, 11, 12, 13])
    const { last } = await ask(chat, { limit: 2 })
    chat.change([{ remove: 0 }])
    expect((await ask(chat, { limit: 9, after: last })).messages).toEqual([2, 3])
  })

  test('by its neighbours, if its own message is gone', async () => {
    const chat = chatOf([10, 11, 11, 12])
    const { last } = await ask(chat, { limit: 2 })
    chat.change([{ remove: 1 }])
    expect((await ask(chat, { limit: 9, after: last })).messages).toEqual([2, 3])
  })

  test('by the message after it, if its own one is gone and nothing has a time', async () => {
    const chat = chatOf([10, 11, 12], { withoutTime: () => true })
    const { first } = await ask(chat, { limit: 2 })
    chat.change([{ remove: 0 }])
    expect((await ask(chat, { limit: 9, after: first })).messages).toEqual([1, 2])
  })

  test('by its second, if its neighbours are gone too', async () => {
    const chat = chatOf([10, 11, 12, 13, 14])
    const { last } = await ask(chat, { limit: 2 })
    chat.change([{ remove: 0 }, { remove: 0 }])
    expect((await ask(chat, { limit: 9, after: last })).messages).toEqual([2, 3, 4])
  })

  test('though it has no time', async () => {
    const chat = chatOf([10, 11, 12], { withoutTime: message => message === 1 })
    const { last } = await ask(chat, { limit: 2 })
    chat.change([{ remove: 0 }])
    expect((await ask(chat, { limit: 9, after: last })).messages).toEqual([2])
  })
})

test('a message of the same second that came since is after the cursor', async () => {
  const chat = chatOf([10, 11])
  const { last, pageInfo } = await ask(chat, { limit: 2 })
  expect(pageInfo).toEqual([false, false])
  chat.change([{ sentAt: 11 }])
  expect((await ask(chat, { limit: 2, after: last })).messages).toEqual([2])
})

test('a cursor counts from the oldest message on, though later ones look the same', async () => {
  await assertChatWalkIsExact({
    chat: {
      ...STILL,
      isTerse: true,
      maxPerPage: 25,
      changes: [[{ sentAfter: 0 }, { sentAfter: 0 }]],
    },
    isFromEnd: true,
    limits: [1],
    between: [[{ sentAfter: 0 }, { sentAfter: 0 }]],
  })
})

test('a cursor among messages that look alike goes on once, though they come while it is read', async () => {
  await assertChatWalkIsExact({
    chat: {
      ...STILL,
      says: 'next page',
      isTerse: true,
      maxPerPage: 34,
      withoutTime: message => message % 3 === 2,
      seconds: [...numbers(1, 21).fill(1), ...numbers(90, 99)],
      changes: [
        [{ sentAfter: 0 }, { sentAfter: 0 }],
        [{ sentAfter: 0 }, { sentAfter: 0 }],
        [{ sentAfter: 0 }],
        [{ sentAfter: 0 }],
      ],
    },
    isFromEnd: false,
    limits: [19],
    between: [],
  })
})

test('an empty page far beyond the length ends no chat of fixed pages', async () => {
  const chat = { ...STILL, fixedPage: 20, areRowsTurned: true, seconds: numbers(1, 29) }
  await assertChatWalkIsExact({ chat, isFromEnd: false, limits: [20, 49], between: [] })
})

test.each([
  ['whose last ones are later', [...numbers(1, 40).fill(1), ...numbers(90, 99)]],
  ['all of one second', numbers(1, 60).fill(1)],
])('the end of a chat without length is found: messages %s', async (_, seconds) => {
  const chat = chatOf(seconds, { says: 'next page', maxPerPage: 25 })
  const { messages, calls } = await ask(chat, { limit: 1, isFromEnd: true })
  expect(messages).toEqual([seconds.length - 1])
  expect(calls.length).toBeLessThan(12)
})

test.each([10, 12, 25, 40])('pages of %i messages hide none of a long chat', async maxPerPage => {
  for (const ofSecond of [1, 2, 3]) {
    for (const isFromEnd of [false, true]) {
      const seconds = numbers(0, 159).map(at => Math.floor(at / ofSecond))
      const chat = { ...STILL, seconds, maxPerPage }
      await assertChatWalkIsExact({ chat, isFromEnd, limits: [7, 20], between: [] })
    }
  }
})

describe('messages come oldest first', () => {
  test.each([
    ['pages begin with the newest', { isNewestFirst: true }],
    ['each page lists them newest first', { areRowsTurned: true }],
    ['both', { isNewestFirst: true, areRowsTurned: true }],
  ])('though %s', async (_, oddity) => {
    for (const length of [5, 230]) {
      const chat = chatOf(numbers(1, length), oddity)
      const { messages, last } = await ask(chat, { limit: 3 })
      expect(messages).toEqual([0, 1, 2])
      expect((await ask(chat, { limit: 1, after: last })).messages).toEqual([3])
      const newest = await ask(chat, { limit: 2, isFromEnd: true })
      expect(newest.messages).toEqual([length - 2, length - 1])
    }
  })
})

describe('a chat that fits on a page takes one call', () => {
  test.each([
    ['its first messages', { limit: 3 }, [0, 1, 2], '1/8'],
    ['its last messages', { limit: 2, isFromEnd: true }, [3, 4], '1/8'],
    ['all of them', { limit: 50 }, [0, 1, 2, 3, 4], '1/51'],
  ])('%s', async (_, wish, messages, call) => {
    const answer = await ask(chatOf([1, 2, 3, 4, 5]), wish)
    expect(answer).toMatchObject({ messages, calls: [call] })
  })
})

test('an empty chat has no messages, and none before or after', async () => {
  const answer = await ask(chatOf([]), { limit: 5 })
  expect(answer).toMatchObject({ messages: [], pageInfo: [false, false] })
})

test('the length of a chat is as stated, for the smallest page', async () => {
  const calls: number[] = []
  const chat = chatOf(numbers(1, 101))
  const fetchPage: MovingChat['fetchPage'] = at => {
    calls.push(at.perPage)
    return chat.fetchPage(at)
  }
  expect(await new MessageList<number>({ fetchPage }, new ChatTraits()).count()).toBe(101)
  expect(calls).toEqual([1])
})
