import { createMatcher, type Matcher, type RecordFilter } from '../../questions/record-filter.ts'
import type { RecordSlice, RecordWish } from '../remote-record-connection.ts'
import type { RecordListKey } from '../remote-record-lists.ts'
import {
  isInterruption,
  type RecordScan,
  type ScannedRecord,
  type ScanPart,
} from './record-scan.ts'
import type { RecordScans } from './record-scans.ts'
import { type ScanWay, wayOf } from './scan-way.ts'
import { wholeScan } from './whole-scan.ts'

/** How far a page under a filter has looked. */
export interface ScanProgress {
  readonly recordsRead: number
  readonly callsMade: number
  readonly isComplete: boolean
}

export interface FilteredSlice extends RecordSlice {
  /** The cursors of the first and the last record that was looked at, in the order of the list. */
  readonly bounds: { readonly start: string | undefined; readonly end: string | undefined }
  readonly scan: ScanProgress
}

/**
 * Parts and lengths of lists under a filter. The upstream knows no such filter, so all records are
 * read and checked.
 */
export class FilteredConnections {
  readonly #scans: RecordScans

  constructor(scans: RecordScans) {
    this.#scans = scans
  }

  /**
   * The first matches on the way, in the order of the list. It stops before them if the calls are
   * used up or the upstream fails, as long as any record was read: then it says how far it came.
   */
  async slice(key: RecordListKey, wish: RecordWish, filter: RecordFilter): Promise<FilteredSlice> {
    const scan = this.#scans.scan(key, wayOf(wish))
    const look = await lookFor(scan, createMatcher(filter), wish.limit)
    const { first, last, isAtEnd } = look
    const hasMore = async () => !isAtEnd
    const hasBehind = async () => (await scan.part(0)).hasPrevious()
    const { isFromEnd } = wish
    return {
      edges: isFromEnd ? look.matches.toReversed() : look.matches,
      hasNext: isFromEnd ? hasBehind : hasMore,
      hasPrevious: isFromEnd ? hasMore : hasBehind,
      bounds: isFromEnd ? { start: last, end: first } : { start: first, end: last },
      scan: look.progress,
    }
  }

  /**
   * How many records of the whole list match. Throws CallAllowanceError after the first call if
   * there are too many to look at.
   */
  async count(key: RecordListKey, wish: RecordWish, filter: RecordFilter): Promise<number> {
    const way: ScanWay = { ...wayOf(wish), start: undefined, stop: undefined }
    const scan = this.#scans.scan(key, way)
    const matches = createMatcher(filter)
    let count = 0
    for await (const { records } of wholeScan(scan, this.#scans.allowance)) {
      count += records.filter(({ node }) => matches(node.resource)).length
    }
    return count
  }
}

interface Look {
  readonly matches: readonly ScannedRecord[]
  /** The cursors of the first and the last record that was looked at. */
  readonly first: string | undefined
  readonly last: string | undefined
  /** Whether it is proven that no match is behind the last one. */
  readonly isAtEnd: boolean
  readonly progress: ScanProgress
}

/**
 * Checks one record after another, up to the next match beyond `limit` or to the end of what was
 * read.
 */
async function lookFor(scan: RecordScan, matches: Matcher, limit: number): Promise<Look> {
  const found: ScannedRecord[] = []
  let [first, last]: (ScannedRecord | undefined)[] = []
  let recordsRead = 0
  let callsMade = 0
  const looked = (isAtEnd: boolean, isComplete = true): Look => ({
    matches: found,
    first: first?.cursor,
    last: last?.cursor,
    isAtEnd,
    progress: { recordsRead, callsMade, isComplete },
  })

  for (let index = 0; ; index++) {
    const part = await partOrInterruption(scan, index)
    if (!part) return looked(false, false)
    callsMade = part.callsMade
    for (const record of part.records) {
      const isMatch = matches(record.node.resource)
      if (isMatch && found.length === limit) return looked(false)
      if (isMatch) found.push(record)
      first ??= record
      last = record
      recordsRead += 1
    }
    if (part.interruption) return looked(false, false)
    if (part.isLast) return looked(true)
    if (found.length === limit) return looked(false)
  }
}

/**
 * Undefined if a part after the first could not be read, because the records read before it are
 * still right.
 */
async function partOrInterruption(scan: RecordScan, index: number): Promise<ScanPart | undefined> {
  try {
    return await scan.part(index)
  } catch (error) {
    if (index === 0 || !isInterruption(error)) throw error
    return undefined
  }
}
