import { describe, expect, test } from 'vitest'
import { crossingOf } from '../../../src/history/chats/hidden-pages.ts'
import { sliceMessages } from '../../../src/history/chats/message-slice.ts'
import { countedChat } from './counted-chat.ts'
import { assertChatIsWalked, assertChatWalkIsExact } from './message-slice.laws.ts'
import type { MovingChatOptions } from './moving-chat.ts'
import { MovingChat, STILL } from './moving-chat.ts'

const LENGTH = 300

const hiddenFrom = (from: number, run: number) => (message: number) =>
  message >= from && message < from + run

const KINDS: Readonly<Record<string, Partial<MovingChatOptions>>> = {
  'as documented': {},
  'at most 50 messages a page': { maxPerPage: 50 },
  'always 20 messages a page': { fixedPage: 20 },
  'no next_page': { says: 'count' },
  'no count': { says: 'next page' },
  'newest first': { isNewestFirst: true },
  'newest first, no count': { isNewestFirst: true, says: 'next page' },
}

describe.each(Object.entries(KINDS))('a chat with many hidden messages in a row, %s', (_, kind) => {
  test.each([
    ['at its start', 0, 60],
    ['at its start, more than a page has', 0, 129],
    ['amid', 50, 100],
    ['from page to page', 100, 100],
    ['amid, more than a page has', 101, 129],
    ['at its end', 200, 100],
  ])('%s: all others come', async (_, from, run) => {
    const seconds = Array.from({ length: LENGTH }, (_, at) => at)
    const chat = { ...STILL, ...kind, seconds, hidden: hiddenFrom(from, run) }
    for (const isFromEnd of [false, true])
      for (const limit of [10, 100])
        await assertChatIsWalked({ chat, isFromEnd, limits: [limit], between: [] })
  })
})

test('a chat of which half is hidden has no pages of a fixed size, though no next_page says so', async () => {
  const seconds = Array.from({ length: 130 }, (_, at) => at)
  for (const hidden of [
    (message: number) => message % 2 === 0,
    (message: number) => message % 10 < 5,
  ]) {
    const chat = { ...STILL, seconds, hidden, says: 'count' as const }
    await assertChatIsWalked({ chat, isFromEnd: false, limits: [50], between: [] })
  }
})

test('pages of a fixed size that lack messages join only if they show one moment', async () => {
  for (let call = 3; call < 8; call++) {
    const changes = Array.from({ length: call + 1 }, (_, at) =>
      at === call ? [{ remove: 0 }, { sentAfter: 1 }] : [],
    )
    const seconds = Array.from({ length: 80 }, (_, at) => at)
    const chat = { ...STILL, fixedPage: 20, seconds, hidden: hiddenFrom(5, 5), changes }
    for (const limit of [30, 50])
      await assertChatWalkIsExact({
        chat: { ...chat } as Parameters<typeof assertChatWalkIsExact>[0]['chat'],
        isFromEnd: false,
        limits: [limit],
        between: [],
      })
  }
})

test('a chat without count and pages that begin with the newest message goes on from a cursor', async () => {
  const seconds = Array.from({ length: LENGTH }, (_, at) => at)
  const chat = { ...STILL, seconds, isNewestFirst: true, says: 'next page' as const }
  for (const limit of [10, 100])
    await assertChatIsWalked({ chat, isFromEnd: true, limits: [limit], between: [] })
})

test('next_page is not believed of an empty page, if one far beyond any end states it, too', async () => {
  const seconds = Array.from({ length: 30 }, (_, at) => at)
  const chat = new MovingChat({ ...STILL, seconds, says: 'always a next page, no count' })
  const { list, calls } = countedChat(chat)
  const wish = { limit: 40, isFromEnd: false, after: undefined, before: undefined }
  const { edges, hasNext } = await sliceMessages(list, 7, wish)
  expect([edges.length, await hasNext()]).toEqual([30, false])
  expect(calls).toContain('1000000/41')
})

test('a walk that cannot be pinned down, though nothing changed, is not to be tried again', async () => {
  const chat = {
    ...STILL,
    seconds: Array.from({ length: 130 }, (_, at) => at),
    says: 'next page' as const,
    hidden: hiddenFrom(0, 99),
  }
  const walk = assertChatIsWalked({ chat, isFromEnd: false, limits: [10], between: [] })
  await expect(walk).rejects.toMatchObject({
    name: 'ListInconclusiveError',
    isRetryable: false,
    message: expect.stringContaining('do not show how they follow each other'),
  })
})

describe('pages without messages between two others', () => {
  const answer = (page: number, texts: string, order: number, askedAfter = order, count = 30) => ({
    at: { page, perPage: 10 },
    rows: [...texts].map(mark => ({ message: 0, mark, second: 1 })),
    size: texts.length,
    count: count === 0 ? undefined : count,
    hasNext: true,
    order,
    askedAfter,
    isAmid: texts === '',
  })
  const toRead = (...answers: readonly ReturnType<typeof answer>[]) =>
    crossingOf({ perPage: 10, from: 1, step: 1 }, answers).toRead

  test('are read one by one at first, then ever more of them side by side', () => {
    expect(toRead(answer(1, 'ab', 0))).toEqual([2])
    expect(toRead(answer(1, 'ab', 0), answer(2, '', 1))).toEqual([3])
    expect(toRead(answer(1, 'ab', 0), answer(2, '', 1), answer(3, '', 2))).toEqual([4, 5])
  })

  test('are one moment if the first page is the same after them', () => {
    const read = [answer(1, 'ab', 0), answer(2, '', 1), answer(3, 'cd', 2)]
    expect(toRead(...read)).toEqual([1])
    expect(toRead(...read, answer(1, 'ab', 3))).toEqual([])
  })

  test('are read again if the first page has changed, or the length of the chat', () => {
    const read = [answer(1, 'ab', 0), answer(2, '', 1), answer(3, 'cd', 2)]
    expect(toRead(...read, answer(1, 'bc', 3))).toEqual([2, 3])
    expect(toRead(...read, answer(1, 'ab', 3, 3, 31))).toEqual([2, 3])
  })

  test('are read again, too, if no length is stated', () => {
    const read = [answer(1, 'ab', 0, 0, 0), answer(2, '', 1, 1, 0), answer(3, 'cd', 2, 2, 0)]
    expect(toRead(...read)).toEqual([1, 2])
    expect(toRead(...read, answer(1, 'ab', 3, 3, 0), answer(2, '', 4, 3, 0))).toEqual([])
  })

  test('that were asked for before the first page are read again', () => {
    const read = [answer(2, '', 0), answer(1, 'ab', 1), answer(3, 'cd', 2)]
    expect(toRead(...read)).toEqual([1, 2])
  })
})

describe.each([
  ['true claims', undefined],
  ['no next_page', 'count' as const],
  ['a next_page that is always null', 'next page null' as const],
])('a chat that shows none of its messages, with %s', (_, says) => {
  test.each([1, 3, 5])('of %i: it is empty, for one call', async length => {
    const seconds = Array.from({ length }, (_, at) => at)
    for (const isFromEnd of [false, true]) {
      const moving = new MovingChat({ ...STILL, says, seconds, hidden: () => true })
      const { list, calls } = countedChat(moving)
      const wish = { limit: 10, isFromEnd, after: undefined, before: undefined }
      const { edges } = await sliceMessages(list, 2999, wish)
      expect({ edges, calls: calls.length }).toEqual({ edges: [], calls: 1 })
    }
  })
})
