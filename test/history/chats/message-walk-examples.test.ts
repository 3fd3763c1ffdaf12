import { describe, expect, test } from 'vitest'
import type { MessagePage } from '../../../src/history/chats/chat-page.ts'
import { lanesOf, offsetAfterCursor } from '../../../src/history/chats/message-place.ts'
import type { MessageCursor } from '../../../src/history/cursor.ts'
import { assertChatWalkIsExact } from './message-slice.laws.ts'
import { type MovingChatOptions, STILL } from './moving-chat.ts'

const LATEST = [90, 91, 92, 93, 94, 95, 96, 97, 98, 99]

interface Walk {
  readonly limits: readonly number[]
  readonly isFromEnd?: boolean
  readonly between?: { sentAfter: 0 }[][]
}

const walkThrough = (
  chat: Partial<MovingChatOptions>,
  { limits, isFromEnd = false, between = [] }: Walk,
) =>
  assertChatWalkIsExact({
    chat: { ...STILL, ...chat } as Parameters<typeof assertChatWalkIsExact>[0]['chat'],
    isFromEnd,
    limits: [...limits],
    between,
  })

const same = (second: number, count: number) => Array<number>(count).fill(second)

/** What random walks found: each failed, or took too many calls. */
describe('a walk through a chat is exact', () => {
  test('if only the middle of the chat shows its order, as the last message has no time', () =>
    walkThrough(
      {
        seconds: [...same(1, 44), ...LATEST],
        maxPerPage: 53,
        withoutTime: message => message % 3 === 2,
      },
      { limits: [74, 20] },
    ))

  test('if pages that are capped end with more messages than there is room for', () =>
    walkThrough(
      {
        seconds: [...same(1, 87), ...LATEST],
        maxPerPage: 68,
        changes: [
          [{ sentAfter: 0 }, { sentAt: 1 }],
          [],
          [{ sentAt: 1 }],
          [{ sentAt: 1 }],
          [],
          [],
          [{ sentAfter: 0 }],
        ],
      },
      { limits: [67] },
    ))

  test('if each call finds as many new messages as the page before had room for', () =>
    walkThrough(
      {
        seconds: [...same(1, 21), ...LATEST],
        maxPerPage: 25,
        isTerse: true,
        changes: [1, 1, 3, 3, 1, 2, 2, 1, 2, 1, 2, 1, 2, 1].map(came =>
          Array.from({ length: came }, () => ({ sentAfter: 0 })),
        ),
      },
      { limits: [1, 54], between: [[{ sentAfter: 0 }]] },
    ))

  test('if `count` is 0 and pages are capped', () =>
    walkThrough(
      {
        seconds: Array.from({ length: 216 }, (_, at) => at + 1),
        maxPerPage: 31,
        says: 'count 0',
      },
      { limits: [7] },
    ))

  test('if a message goes, and the last page is as full as it was asked for', () =>
    walkThrough(
      {
        seconds: [...same(1, 22), ...LATEST],
        maxPerPage: 30,
        says: 'next page',
        changes: [
          [],
          [{ sentAfter: 0 }, { sentAfter: 0 }],
          [{ sentAfter: 0 }],
          [],
          [],
          [{ remove: 0 }],
        ],
      },
      { limits: [36] },
    ))
})

describe('the place after a cursor whose message is gone', () => {
  const at = (mark: string, second: number | null) => ({ message: 0, mark, second })
  const start: MessageCursor = {
    csId: 7,
    mark: 'gone',
    second: 68,
    before: 'before_',
    after: 'after_1w',
    index: 3,
    count: 9,
  }

  const offsetOn = (rows: readonly ReturnType<typeof at>[], isFromEnd: boolean) => {
    const page: MessagePage<number> = {
      answer: {
        at: { page: 1, perPage: 9 },
        rows,
        size: rows.length,
        count: 9,
        hasNext: true,
        order: 0,
        askedAfter: 0,
        isAmid: false,
      },
      messages: rows.map((row, index) => ({ row, index })),
      start: 0,
      end: rows.length,
      isPlaced: true,
      isExact: true,
      hasOldest: true,
      hasNewest: false,
      saysMore: true,
      isRising: true,
    }
    const [lane] = lanesOf([page], isFromEnd)
    return lane && offsetAfterCursor(start, lane, isFromEnd, 0)
  }

  test('is after messages of its second that came where it was, for a walk to older ones', () => {
    const rows = [at('old', 1), at('before', null), at('came', 68), at('after', 68), at('new', 90)]
    expect(offsetOn(rows, true)).toBe(3)
  })

  test('is after older messages that came, but not after one that was there', () => {
    const rows = [at('old', 1), at('before', null), at('after', 68), at('new', 90)]
    expect(offsetOn(rows, true)).toBe(2)
  })
})
