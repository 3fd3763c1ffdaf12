import { crc32 } from 'node:zlib'
import type { PlaceHint } from './list-guess.ts'

/** The text is no cursor of this kind of list: cut, edited, or of another one. */
export class InvalidCursorError extends Error {
  override readonly name = 'InvalidCursorError'
}

/** Stands at a record: "the records after this csId". The hint only saves upstream calls. */
export interface RecordCursor {
  readonly csId: number
  readonly hint: PlaceHint
}

/**
 * Stands at a message of a chat. Messages have no id: the place is the second in which it was sent
 * and the marks of the messages of that second up to and including it, in the order listed.
 */
export interface MessageCursor {
  readonly csId: number
  readonly second: number
  readonly marks: readonly string[]
  readonly hint: PlaceHint
}

export const formatRecordCursor = ({ csId, hint }: RecordCursor) =>
  seal('r', [csId, ...hintParts(hint)])

export function parseRecordCursor(text: string): RecordCursor {
  const [csId, ...hint] = unseal('r', text)
  return { csId: wholeNumber(csId), hint: parseHint(hint) }
}

export const formatMessageCursor = ({ csId, second, marks, hint }: MessageCursor) =>
  seal('m', [csId, second, marks.join('-'), ...hintParts(hint)])

export function parseMessageCursor(text: string): MessageCursor {
  const [csId, second, marks = '', ...hint] = unseal('m', text)
  return {
    csId: wholeNumber(csId),
    second: wholeNumber(second),
    marks: marks.split('-'),
    hint: parseHint(hint),
  }
}

const hintParts = ({ index, count, rising, isSortedHere }: PlaceHint) => [
  index,
  count ?? '',
  rising ? 1 : 0,
  ...(isSortedHere ? ['s'] : []),
]

const parseHint = ([index, count, rising, sorted]: readonly string[]): PlaceHint => ({
  index: wholeNumber(index),
  count: count === '' ? undefined : wholeNumber(count),
  rising: rising === '1',
  ...(sorted === 's' && { isSortedHere: true }),
})

// The checksum tells an edited cursor from ours. It is no secret: a forged hint costs calls only.
const checksum = (text: string) => crc32(text).toString(36)

function seal(kind: string, parts: readonly (string | number)[]): string {
  const text = [kind, ...parts].join('.')
  return Buffer.from(`${text}.${checksum(text)}`).toString('base64url')
}

function unseal(kind: string, cursor: string): string[] {
  const sealed = Buffer.from(cursor, 'base64url').toString('latin1')
  const text = sealed.slice(0, sealed.lastIndexOf('.'))
  const [actualKind, ...parts] = text.split('.')
  const isWhole = cursor === Buffer.from(`${text}.${checksum(text)}`).toString('base64url')
  if (!isWhole || actualKind !== kind) throw new InvalidCursorError('not a cursor of this list')
  return parts
}

function wholeNumber(text: string | undefined): number {
  const number = Number(text)
  if (!text || !Number.isSafeInteger(number)) throw new InvalidCursorError('not a cursor')
  return number
}
