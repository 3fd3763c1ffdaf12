import { directReads, type Reads } from '../cache/reads.ts'
import type { RecordCursor } from '../history/cursor.ts'
import { parseRecordCursor } from '../history/cursor.ts'
import { ListInconclusiveError } from '../history/list-errors.ts'
import type { Towards } from '../history/numbered-list.ts'
import { type SliceWish, sliceRecords } from '../history/record-slice.ts'
import { UpstreamError } from '../upstream/errors.ts'
import type { AccountMemory } from './account-memory.ts'
import { type CallAllowance, CallAllowanceError } from './call-allowance.ts'
import { expectationsFrom } from './expectations.ts'
import { ReadAhead } from './read-ahead.ts'
import { locate } from './remote-record.ts'
import { LocatedEdge, type RecordSlice, type RecordWish } from './remote-record-connection.ts'
import { type RecordListKey, RemoteRecordLists, recordListName } from './remote-record-lists.ts'

/** Which records of a list are read, and which way: from a cursor (or an end) to another. */
export interface ScanWay {
  readonly towards: Towards
  readonly start: RecordCursor | undefined
  readonly stop: RecordCursor | undefined
}

/** A scan from the end reads the list the other way round. */
export const wayOf = ({ order, isFromEnd, after, before }: RecordWish): ScanWay =>
  isFromEnd
    ? { towards: order === 1 ? -1 : 1, start: before, stop: after }
    : { towards: order, start: after, stop: before }

export type ScannedRecord = RecordSlice['edges'][number]

/** Records that follow each other on the way of a scan. */
export interface ScanPart {
  readonly records: readonly ScannedRecord[]
  /** Whether no record follows them on the way. */
  readonly isLast: boolean
  /** How many upstream calls the scan has made up to here. */
  readonly callsMade: number
  /** Whether there are records before the part. Finding out can cost a call. */
  hasPrevious(): Promise<boolean>
  /**
   * Why nothing can be read behind the part. Undefined if more can be read, or if nothing is there.
   */
  readonly interruption: CallAllowanceError | undefined
}

/** The price in upstream calls: those that were made, and those that are still needed. */
interface ScanPrice {
  readonly records: number
  readonly made: number
  readonly further: number
}

/** After so many parts the scan reads the list anew, so that the pages that it keeps stay few. */
const PARTS_OF_A_LIST = 4

/**
 * Reads a list from one end of its way to the other, part by part, and only as far as somebody
 * asks. All who ask share its parts. Each part goes on behind the last record of the one before, so
 * that a record which exists throughout is in exactly one.
 */
export class RecordScan {
  readonly #key: RecordListKey
  readonly #way: ScanWay
  readonly #memory: AccountMemory
  readonly #ahead: ReadAhead
  #lists: RemoteRecordLists
  readonly #parts: Promise<ScanPart>[] = []
  #recordsRead = 0
  #callsMade = 0
  /** The last records of the parts that were read. */
  #callsOfParts = 0

  constructor(
    reads: Reads,
    memory: AccountMemory,
    allowance: CallAllowance,
    { key, way }: { readonly key: RecordListKey; readonly way: ScanWay },
  ) {
    const calls = allowance.limited(reads.calls, () => {
      this.#callsMade += 1
    })
    this.#ahead = new ReadAhead(reads.open({ calls }))
    this.#lists = new RemoteRecordLists(directReads(this.#ahead.session), memory)
    this.#memory = memory
    this.#key = key
    this.#way = way
  }

  /**
   * The part with that number, from 0. Rejects like the part before it, if that could not be read.
   */
  part(index: number): Promise<ScanPart> {
    const existing = this.#parts[index]
    if (existing) return existing
    const part = this.#read(index)
    this.#parts[index] = part
    return part
  }

  /** Forgets a part: nobody may ask for it, or for one before it, any more. */
  forget(index: number): void {
    delete this.#parts[index]
  }

  /** The price of reading the whole list. Undefined if its length is not known. */
  get price(): ScanPrice | undefined {
    const records = this.#memory.listLengths.get(recordListName(this.#key))
    if (records === undefined) return undefined
    const pages = Math.ceil((records - this.#recordsRead) / this.#rowsOfAPage)
    const underWay = this.#callsMade - this.#callsOfParts
    return { records, made: this.#callsMade, further: Math.max(0, pages - underWay) }
  }

  /** Reads further pages side by side, because all of them are wanted. */
  readAhead(first: ScanPart): void {
    const length = this.#memory.listLengths.get(recordListName(this.#key))
    const isForward = isForwardIn(first) ?? this.#isForward
    if (length === undefined || isForward === undefined) return
    this.#ahead.start({ isForward, length, rows: this.#rowsOfAPage })
  }

  /** Takes the list's length from its latest page. */
  async learnLength(): Promise<void> {
    await this.#count()
  }

  #count(): Promise<number> {
    return this.#lists.list(this.#key).count()
  }

  async #read(index: number): Promise<ScanPart> {
    const before = index === 0 ? undefined : await this.part(index - 1)
    if (before?.isLast) return { ...before, records: [] }
    if (before?.interruption) throw before.interruption
    if (index > 0 && index % PARTS_OF_A_LIST === 0) this.#lists = this.#lists.anew()
    const { towards, start, stop } = this.#way
    const after = cursorBehind(before) ?? start
    const list = this.#lists.list(this.#key)
    const wish = {
      limit: await this.#sizeOfPart(before, after),
      isFromEnd: false,
      after,
      before: stop,
    }
    const { slice, interruption } = await sliceOrKnown(list, towards, wish)
    const records = slice.edges.map(
      edge => new LocatedEdge(edge, locate(edge.row, this.#key, list)),
    )
    const isLast = interruption === undefined && !(await slice.hasNext())
    this.#recordsRead += records.length
    this.#callsOfParts = this.#callsMade - this.#ahead.pending
    const { hasPrevious } = slice
    return { records, isLast, callsMade: this.#callsMade, hasPrevious, interruption }
  }

  /** Parts end at the ends of upstream pages, so that each part takes one page. */
  async #sizeOfPart(before: ScanPart | undefined, after: RecordCursor | undefined) {
    const rows = this.#rowsOfAPage
    const isForward = (before && isForwardIn(before)) ?? this.#isForward
    if (isForward === undefined) return rows
    if (after) return rowsToPageEnd(after.hint.index, isForward, rows)
    const count = isForward ? rows : await this.#count()
    return count <= rows ? rows : count % rows || rows
  }

  get #rowsOfAPage(): number {
    return expectationsFrom(this.#memory).rowsOfAPage
  }

  /** Whether the upstream lists records in the order of the way; undefined if that is not known. */
  get #isForward(): boolean | undefined {
    const isRising = expectationsFrom(this.#memory).isRising(endpointOf(this.#key))
    return isRising === undefined ? undefined : isRising === (this.#way.towards === 1)
  }
}

type List = ReturnType<RemoteRecordLists['list']>

/**
 * Reads the records wanted. If the calls are used up before, gives the records that the pages read
 * for it show: small pages may be more than there are calls for.
 */
async function sliceOrKnown(list: List, towards: Towards, wish: SliceWish<RecordCursor>) {
  let interruption: CallAllowanceError | undefined
  for (let limit = wish.limit; ; limit >>= 1) {
    try {
      return { slice: await sliceRecords(list, towards, { ...wish, limit }), interruption }
    } catch (error) {
      if (!(error instanceof CallAllowanceError) || limit === 1) throw error
      interruption = error
    }
  }
}

export const endpointOf = ({ servicerId }: RecordListKey) =>
  servicerId === undefined ? 'histories' : 'agent_histories'

function cursorBehind(part: ScanPart | undefined): RecordCursor | undefined {
  const last = part?.records.at(-1)
  return last && parseRecordCursor(last.cursor)
}

/** Whether the upstream lists records in the order in which a part has them; undefined if unknown. */
function isForwardIn({ records }: ScanPart): boolean | undefined {
  const [first, last] = [records[0], records.at(-1)]
  if (!first || !last || first === last) return undefined
  return first.node.place.index < last.node.place.index
}

/** How many rows there are from the one behind a row up to the end of its page. */
function rowsToPageEnd(index: number, isForward: boolean, rows: number): number {
  if (isForward) return rows - ((index + 1) % rows)
  return index === 0 ? rows : ((index - 1) % rows) + 1
}

/**
 * Whether the records read before an error are still right, so that a later request may go on from
 * there.
 */
export const isInterruption = (error: unknown): boolean =>
  error instanceof CallAllowanceError ||
  error instanceof UpstreamError ||
  error instanceof ListInconclusiveError
