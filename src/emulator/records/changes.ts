import { DAY_MS, wholeSeconds } from '../china-time.ts'
import type { RecordList } from './record-list.ts'

/** What a test may say about a record it puts in; the rest is computed. */
interface Insertion {
  readonly agentId?: number
  /** Must lie between the neighbours' times, as the clock shows them. */
  readonly createdAt?: Date
  /** Written over the computed fields of both lists; undefined leaves a field out. */
  readonly fields?: Readonly<Record<string, unknown>>
}

/** Changes to the records while the emulator runs. Lists and counts follow at once. */
export interface Changes {
  /** Adds the newest record, by default created now, and returns its csId. */
  insertRecord(insertion?: Insertion): number
  /**
   * Adds a record with a csId among the existing ones (or of a deleted one), by default created
   * midway between its neighbours. Throws RangeError if the csId is taken or was never due.
   */
  insertRecordAt(csId: number, insertion?: Insertion): void
  /** False if there was no such record. */
  deleteRecord(csId: number): boolean
  /** Deletes all records with csIds from `from` to `to`, both included. */
  deleteRange(from: number, to: number): void
  /**
   * Sets the clock back by so many days: records put in from now on keep their csIds, and bear
   * times and days too early. 0 puts it right again.
   */
  setClockBack(days: number): void
}

interface ChangesOptions {
  readonly recordCount: number
  readonly firstCsId: number
  readonly csIdStep: number
  readonly now: () => Date
}

export function createChanges(records: RecordList, options: ChangesOptions): Changes {
  const { recordCount, firstCsId, csIdStep } = options
  let nextCsId = firstCsId + recordCount * csIdStep

  let clockBehindMs = 0

  const insert = (csId: number, insertion: Insertion) => {
    const createdAtMs = timeFor(csId, insertion.createdAt) - clockBehindMs
    const agentId = insertion.agentId ?? records.agentIdFor(csId)
    records.add({ csId, createdAtMs, clockBehindMs, agentId, fields: insertion.fields ?? {} })
  }

  /** The real time. `wanted` is a time of the clock, which may have been set back. */
  const timeFor = (csId: number, wanted: Date | undefined) => {
    const { olderMs = Number.NEGATIVE_INFINITY, newerMs } = records.neighbours(csId)
    const nowMs = wholeSeconds(options.now().getTime())
    const mostMs = newerMs ?? Math.max(nowMs, olderMs)
    if (!wanted) {
      const isBetween = newerMs !== undefined && Number.isFinite(olderMs)
      return isBetween ? wholeSeconds((olderMs + mostMs) / 2) : mostMs
    }
    const wantedMs = wholeSeconds(wanted.getTime()) + clockBehindMs
    if (wantedMs < olderMs || (newerMs !== undefined && wantedMs > mostMs))
      throw new RangeError(`record ${csId} cannot be created at ${wanted.toISOString()}`)
    return wantedMs
  }

  return {
    insertRecord(insertion = {}) {
      const csId = nextCsId
      insert(csId, insertion)
      nextCsId += csIdStep
      return csId
    },
    insertRecordAt(csId, insertion = {}) {
      if (!Number.isSafeInteger(csId) || csId < firstCsId || csId >= nextCsId)
        throw new RangeError(`csId ${csId} is not between ${firstCsId} and ${nextCsId - 1}`)
      if (records.find(csId)) throw new RangeError(`csId ${csId} is taken`)
      insert(csId, insertion)
    },
    deleteRecord(csId) {
      if (!records.find(csId)) return false
      records.remove(csId, csId)
      return true
    },
    deleteRange: (from, to) => records.remove(from, to),
    setClockBack(days) {
      clockBehindMs = days * DAY_MS
    },
  }
}
