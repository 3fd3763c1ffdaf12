import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  formatMessageCursor,
  formatRecordCursor,
  InvalidCursorError,
  parseMessageCursor,
  parseRecordCursor,
} from '../../src/history/cursor.ts'

const whole = fc.nat({ max: Number.MAX_SAFE_INTEGER })
const count = fc.option(whole, { nil: undefined })
const hint = fc.record(
  {
    index: whole,
    count,
    isRising: fc.boolean(),
    isSure: fc.boolean(),
    isSortedHere: fc.constant(true),
  },
  { requiredKeys: ['index', 'count', 'isRising', 'isSure'] },
)
const recordCursor = fc.record({ csId: whole, hint })
const mark = fc.nat({ max: 2 ** 32 - 1 }).map(number => number.toString(36))
const neighbour = fc.option(mark, { nil: undefined })
const messageCursor = fc.record({
  csId: whole,
  second: fc.option(whole),
  before: neighbour,
  mark,
  after: neighbour,
  index: whole,
  count,
})

test('what is written is read', () => {
  fc.assert(
    fc.property(recordCursor, cursor => {
      expect(parseRecordCursor(formatRecordCursor(cursor))).toEqual(cursor)
    }),
  )
  fc.assert(
    fc.property(messageCursor, cursor => {
      expect(parseMessageCursor(formatMessageCursor(cursor))).toEqual(cursor)
    }),
  )
})

test('a cursor is short, and safe in an address', () => {
  const hint = { index: 9_999_999, count: 10_000_000, isRising: false, isSure: true }
  const text = formatRecordCursor({ csId: 10_000_999, hint })
  expect(text).toMatch(/^[A-Za-z0-9_-]+$/)
  expect(text.length).toBeLessThan(60)
})

test('a cursor of one kind of list is none of the other', () => {
  fc.assert(
    fc.property(recordCursor, messageCursor, (record, message) => {
      expect(() => parseMessageCursor(formatRecordCursor(record))).toThrow(InvalidCursorError)
      expect(() => parseRecordCursor(formatMessageCursor(message))).toThrow(InvalidCursorError)
    }),
  )
})

test('an edited cursor is refused', () => {
  const alphabet = [...'ABCabc019-_=+/ ']
  fc.assert(
    fc.property(recordCursor, fc.nat(), fc.constantFrom(...alphabet), (cursor, at, character) => {
      const text = formatRecordCursor(cursor)
      const place = at % text.length
      fc.pre(text[place] !== character)
      const edited = text.slice(0, place) + character + text.slice(place + 1)
      expect(() => parseRecordCursor(edited)).toThrow(InvalidCursorError)
    }),
  )
})

test('any other text is refused', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), text => {
      expect(() => parseRecordCursor(text)).toThrow(InvalidCursorError)
      expect(() => parseMessageCursor(text)).toThrow(InvalidCursorError)
    }),
  )
})
