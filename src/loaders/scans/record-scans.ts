import type { Reads } from '../../cache/reads.ts'
import type { AccountMemory } from '../account-memory.ts'
import type { CallAllowance } from '../call-allowance.ts'
import { type RecordListKey, recordListName } from '../remote-record-lists.ts'
import { RecordScan } from './record-scan.ts'
import type { ScanOptions } from './scan-options.ts'
import type { ScanWay } from './scan-way.ts'

/** The scans of one operation. Each way through a list is read once, however many fields need it. */
export class RecordScans {
  readonly #reads: Reads
  readonly #memory: AccountMemory
  readonly #scans = new Map<string, RecordScan>()
  readonly allowance: CallAllowance

  constructor(reads: Reads, memory: AccountMemory, allowance: CallAllowance) {
    this.#reads = reads
    this.#memory = memory
    this.allowance = allowance
  }

  scan(key: RecordListKey, way: ScanWay): RecordScan {
    const { towards, start, stop } = way
    const name = `${recordListName(key)} ${towards} ${start?.csId ?? ''} ${stop?.csId ?? ''}`
    const existing = this.#scans.get(name)
    if (existing) return existing
    const scan = new RecordScan(this.#reads, this.#memory, this.allowance, { key, way })
    this.#scans.set(name, scan)
    return scan
  }

  /** A scan of a whole list for one reader alone, in the upstream's own order. */
  unshared(
    key: RecordListKey,
    options: Pick<ScanOptions, 'notBeforeMs' | 'onOddity'> = {},
  ): RecordScan {
    const way: ScanWay = { towards: undefined, start: undefined, stop: undefined }
    return new RecordScan(this.#reads, this.#memory, this.allowance, { ...options, key, way })
  }
}
