import { describe, expect, test } from 'vitest'
import { offsetAfter } from '../../../src/history/chats/message-match.ts'

const ok = (second: number | null) => ({ mark: 'ok', second })

/** A cursor's message without a time, and the one before it in the walk. */
const traces = [ok(66), ok(null)]

describe('a walk that is lost goes on at a message without a time', () => {
  const lost = (page: readonly (number | null)[], expected = 2) =>
    offsetAfter({ traces, expected, isExact: false }, page.map(ok), 2)?.offset

  test('if it is the only one on a page that looks so', () => {
    expect(lost([null, 55, 53, 47])).toBe(1)
  })

  test('if the message before it is there, too', () => {
    expect(lost([null, 66, null, 55, null])).toBe(3)
  })

  test('but not at the edge of a page that has others near the expected place', () => {
    expect(lost([null, null, 55, null, 53, null, 47])).toBeUndefined()
  })
})
