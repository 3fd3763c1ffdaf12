import { crc32 } from 'node:zlib'

/** The text is no cursor of this kind of list: cut, edited, or of another one. */
export class InvalidCursorError extends Error {
  override readonly name = 'InvalidCursorError'
}

/** Where a row was when something was learnt of it, and how long the list was then. */
export interface PlaceHint {
  readonly index: number
  readonly count: number | undefined
  /** Whether keys rose through the list. */
  readonly isRising: boolean
  /** Whether the place was seen, not estimated from other rows' places. */
  readonly isSure: boolean
  /** Whether the order is a guess, as nothing has shown it. */
  readonly isOrderUnknown?: boolean
  /** Whether the keys next to it are the next whole numbers. */
  readonly isDense?: boolean
  /** Whether the list was sorted here, as it was seen whole, in no order by key. */
  readonly isSortedHere?: boolean
}

/** Stands at a record: "the records after this csId". The hint only saves upstream calls. */
export interface RecordCursor {
  readonly csId: number
  readonly hint: PlaceHint
  /** The csId behind which a walk goes on; undefined if that is the record's own. */
  readonly proven?: number | undefined
  /** A csId beyond it that was given already. */
  readonly leftOut?: number | undefined
}

/** Marks of who said what: of a message, and of the ones next to it if they are known. */
export interface MessageMarks {
  readonly before: string | undefined
  readonly mark: string
  readonly after: string | undefined
}

/**
 * Stands at a message of a chat. Messages have no id: it is recognised by the second in which it was
 * sent, if it has one, and its mark; of messages that look alike, by its place.
 */
export interface MessageCursor extends MessageMarks {
  readonly csId: number
  readonly second: number | null
  /** Counted from the oldest message on, when the chat had so many. */
  readonly index: number
  readonly count: number | undefined
}

export const formatRecordCursor = ({ csId, hint, proven, leftOut }: RecordCursor) =>
  seal('r', [csId, ...hintParts(hint), proven ?? '', leftOut ?? ''])

export function parseRecordCursor(text: string): RecordCursor {
  const [csId, index, count, flags, proven, leftOut] = unseal('r', text)
  return {
    csId: wholeNumber(csId),
    hint: parseHint([index, count, flags]),
    ...(proven && { proven: wholeNumber(proven) }),
    ...(leftOut && { leftOut: wholeNumber(leftOut) }),
  }
}

export const formatMessageCursor = ({
  csId,
  second,
  before = '',
  mark,
  after = '',
  index,
  count,
}: MessageCursor) => seal('m', [csId, second ?? '', before, mark, after, index, count ?? ''])

export function parseMessageCursor(text: string): MessageCursor {
  const [csId, second, before, mark = '', after, index, count] = unseal('m', text)
  return {
    csId: wholeNumber(csId),
    second: second === '' ? null : wholeNumber(second),
    before: before || undefined,
    mark,
    after: after || undefined,
    index: wholeNumber(index),
    count: count === '' ? undefined : wholeNumber(count),
  }
}

/** Of what a hint says in a word, the bits. */
const FLAGS = {
  isRising: 1,
  isSure: 2,
  isSortedHere: 4,
  isDense: 8,
  isOrderUnknown: 16,
} as const

type Flag = keyof typeof FLAGS
const FLAG_NAMES = Object.keys(FLAGS) as Flag[]

const hintParts = (hint: PlaceHint) => [
  hint.index,
  hint.count ?? '',
  FLAG_NAMES.reduce((flags, name) => flags + (hint[name] ? FLAGS[name] : 0), 0),
]

function parseHint([index, count, bits]: readonly (string | undefined)[]): PlaceHint {
  const flags = wholeNumber(bits)
  const isSet = (name: Flag) => (flags & FLAGS[name]) !== 0
  const rare = FLAG_NAMES.slice(2).filter(isSet)
  return {
    index: wholeNumber(index),
    count: count === '' ? undefined : wholeNumber(count),
    isRising: isSet('isRising'),
    isSure: isSet('isSure'),
    ...Object.fromEntries(rare.map(name => [name, true])),
  }
}

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
