import type { RecordCursor } from '../../history/cursor.ts'
import type { Towards } from '../../history/lists/numbered-list.ts'
import type { RecordWish } from '../remote-record-connection.ts'

/** Which records of a list are read, and which way: from a cursor (or an end) to another. */
export interface ScanWay {
  /** Undefined stands for the order of the upstream, whichever that is. */
  readonly towards: Towards | undefined
  readonly start: RecordCursor | undefined
  readonly stop: RecordCursor | undefined
}

/** A scan from the end reads the list the other way round. */
export const wayOf = ({ order, isFromEnd, after, before }: RecordWish): ScanWay =>
  isFromEnd
    ? { towards: order === 1 ? -1 : 1, start: before, stop: after }
    : { towards: order, start: after, stop: before }
