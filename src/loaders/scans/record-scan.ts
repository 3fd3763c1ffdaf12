import { isDeepStrictEqual } from 'node:util'
import { directReads, type Reading, type Reads } from '../../cache/reads.ts'
import type { RecordCursor } from '../../history/cursor.ts'
import { parseRecordCursor } from '../../history/cursor.ts'
import { ListInconclusiveError } from '../../history/list-errors.ts'
import type { Towards } from '../../history/lists/numbered-list.ts'
import { countKnownRecords } from '../../history/lists/record-slice.ts'
import { UpstreamError } from '../../upstream/errors.ts'
import type { AccountMemory } from '../account-memory.ts'
import { type CallAllowance, CallAllowanceError } from '../call-allowance.ts'
import { scannedList, traitsOf } from '../expectations.ts'
import { ReadAhead } from '../read-ahead.ts'
import { locate } from '../remote-record.ts'
import { LocatedEdge, type RecordSlice } from '../remote-record-connection.ts'
import {
  endpointOf,
  type RecordListKey,
  RemoteRecordLists,
  recordListName,
} from '../remote-record-lists.ts'
import { passOnUnlessUsedUp, sliceOrKnown } from '../slice-or-known.ts'
import { type ScanOptions, type ScanPrice, withOddities } from './scan-options.ts'
import { type ScannedList, ScanPages } from './scan-pages.ts'
import type { ScanWay } from './scan-way.ts'

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
  readonly #reading: Reading
  #lists: RemoteRecordLists
  readonly #parts: Promise<ScanPart>[] = []
  #pages: ScanPages | undefined
  /** What the pages were planned for. */
  #planned: object | undefined
  /** Where the parts that were read end. */
  #end: RecordCursor | undefined
  /** Set when the first part is read: the scan goes on as it began, whichever order pages show later. */
  #ownOrder: Towards | undefined
  #callsMade = 0
  /** Those that the parts took that were read. */
  #callsOfParts = 0

  constructor(
    reads: Reads,
    memory: AccountMemory,
    allowance: CallAllowance,
    { key, way, notBeforeMs, onOddity }: ScanOptions,
  ) {
    const calls = allowance.limited(reads.calls, () => {
      this.#callsMade += 1
    })
    this.#reading = reads.open({ calls, ...(notBeforeMs !== undefined && { notBeforeMs }) })
    // Pages that are joined by reading them in turn must not be asked for side by side.
    const isInTurn = () => this.#lists.list(this.#key).isReadInTurn
    this.#ahead = new ReadAhead(this.#reading, () => !isInTurn())
    const session = onOddity ? withOddities(this.#ahead.session, onOddity) : this.#ahead.session
    this.#lists = new RemoteRecordLists(directReads(session), memory, { isAskedAhead: true })
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
    const records = this.#length
    if (records === undefined) return undefined
    const pages = this.#pagesOnTheWay
    const next = pageBehind(this.#end, pages)
    const further = next ? pages.countFrom(next) : 0
    const underWay = this.#callsMade - this.#callsOfParts
    return { records, made: this.#callsMade, further: Math.max(0, further - underWay) }
  }

  /** What it was given of what is held, or by calls. */
  get given(): Reading['given'] {
    return this.#reading.given
  }

  /** Reads further pages side by side, because all of them are wanted. */
  readAhead(): void {
    this.#ahead.start()
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
    const after = cursorBehind(before) ?? this.#way.start
    const list = this.#lists.list(this.#key)
    const wish = { isFromEnd: false, after, before: this.#way.stop }
    const countKnown = () => countKnownRecords(list, this.#towards, wish)
    await this.#see(list, after, countKnown).catch(passOnUnlessUsedUp)
    this.#ownOrder ??= this.#towards
    const limit = countKnown() || this.#rowsOfAPage
    const { slice, interruption } = await sliceOrKnown(list, this.#towards, { ...wish, limit })
    const records = slice.edges.map(
      edge => new LocatedEdge(edge, locate(edge.row, this.#key, list)),
    )
    const isLast = interruption === undefined && !(await slice.hasNext())
    const { hasPrevious } = slice
    const part = { records, isLast, callsMade: this.#callsMade, hasPrevious, interruption }
    this.#end = cursorBehind(part) ?? this.#end
    this.#callsOfParts = this.#callsMade - this.#ahead.pending
    return part
  }

  /** Reads the page that shows most of what comes behind a cursor. */
  async #see(list: List, after: RecordCursor | undefined, countKnown: () => number) {
    const hint = after?.hint
    if (this.#isForward === undefined) await list.see({ page: 1, perPage: this.#rowsOfAPage }, hint)
    if (this.#isForward === false && !hint && this.#length === undefined) await list.count()
    const pages = this.#pagesOnTheWay
    const page = pageBehind(after, pages)
    if (page && countKnown() === 0) await list.see(page, hint)
    const next = page && pages.following(page)
    if (next && list.isOrderDoubtful) await list.see(next, hint)
  }

  /** The pages of the whole list in the order of the way; the first one, if no length is known. */
  get #pagesOnTheWay(): ScanPages {
    const length = this.#length ?? this.#way.start?.hint.count ?? 1
    const list = this.#scannedList(length)
    const isForward = this.#isForward ?? true
    const planned = { ...list, isForward }
    if (this.#pages && isDeepStrictEqual(planned, this.#planned)) return this.#pages
    const pages = new ScanPages(list, isForward)
    this.#pages = pages
    this.#planned = planned
    this.#ahead.foresee(pages)
    return pages
  }

  get #length(): number | undefined {
    return this.#memory.listLengths.get(recordListName(this.#key))
  }

  #scannedList(length: number): ScannedList {
    return scannedList(this.#memory, endpointOf(this.#key), length)
  }

  get #rowsOfAPage(): number {
    return this.#scannedList(0).sizes.cap
  }

  /** Whether csIds rise through the upstream's list; undefined if that is not known. */
  get #isRising(): boolean | undefined {
    return traitsOf(this.#memory, endpointOf(this.#key)).isRising
  }

  get #towards(): Towards {
    return this.#way.towards ?? this.#ownOrder ?? (this.#isRising ? 1 : -1)
  }

  /** Whether the upstream lists records in the order of the way; undefined if that is not known. */
  get #isForward(): boolean | undefined {
    const isRising = this.#isRising ?? this.#way.start?.hint.isRising
    return isRising === undefined ? undefined : isRising === (this.#towards === 1)
  }
}

const pageBehind = (after: RecordCursor | undefined, pages: ScanPages) =>
  after ? pages.behind(after.hint.index) : pages.first

type List = ReturnType<RemoteRecordLists['list']>

function cursorBehind(part: ScanPart | undefined): RecordCursor | undefined {
  const last = part?.records.at(-1)
  return last && parseRecordCursor(last.cursor)
}

/**
 * Whether the records read before an error are still right, so that a later request may go on from
 * there.
 */
export const isInterruption = (error: unknown): boolean =>
  error instanceof CallAllowanceError ||
  error instanceof UpstreamError ||
  error instanceof ListInconclusiveError
