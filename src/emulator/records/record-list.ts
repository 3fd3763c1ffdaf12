import { type Day, dayOf } from '../china-time.ts'
import { type Assignment, createAssignment } from '../content/agents.ts'
import type { RowList } from '../row-list.ts'
import { firstIndex } from './binary-search.ts'
import { hasNumber, type Range, withRange } from './holes.ts'
import { createLane, type Inserted, type Placed } from './lane.ts'
import { createNumbering, type Numbering } from './numbering.ts'
import { type Ranks, withoutHoles } from './survivors.ts'
import { createTimeline, type Timeline } from './timeline.ts'

/** What is known of a record before its fields are computed. */
export interface RecordEntry {
  readonly csId: number
  readonly createdAtMs: number
  readonly agentId: number
  /** How many of the computed records are newer. */
  readonly age: number
  /** Written over the computed fields; undefined leaves a field out. */
  readonly fields: Readonly<Record<string, unknown>>
}

/** What record lists are sorted by; records of one second by csId. */
export type SortBy = 'csId' | 'time'

/** Which records a list has: one agent's or all, of the days from `from` to `to` inclusive. */
export interface Selection {
  readonly agentId?: number | undefined
  readonly from?: Day | undefined
  readonly to?: Day | undefined
  readonly sortBy: SortBy
}

interface RecordListOptions {
  readonly seed: number
  readonly recordCount: number
  readonly days: number
  readonly endMs: number
  readonly firstCsId: number
  readonly csIdStep: number
}

/** One agent's records or all, of all days. */
interface Records {
  readonly ranks: Ranks
  readonly inserted: readonly Placed[]
}

export const RECORDS = {
  keyOf: (entry: RecordEntry) => entry.csId,
  timeOf: (entry: RecordEntry) => entry.createdAtMs,
  spotOf: (entry: RecordEntry) => entry.csId,
}

const ALL: Ranks = { countBelow: number => number, numberAt: rank => rank }

/**
 * The records: computed ones known by number, less holes, plus those inserted while running.
 * Every question is answered by binary search; memory depends on the changes alone.
 */
export class RecordList {
  readonly #recordCount: number
  readonly #timeline: Timeline
  readonly #assignment: Assignment
  readonly #numbering: Numbering
  readonly #records: Readonly<Record<SortBy, Map<number | undefined, Records>>> = {
    csId: new Map(),
    time: new Map(),
  }
  #holes: readonly Range[] = []
  /** By rising csId. */
  #inserted: readonly Inserted[] = []

  constructor(options: RecordListOptions) {
    this.#recordCount = options.recordCount
    this.#timeline = createTimeline(options)
    this.#assignment = createAssignment(options.seed)
    this.#numbering = createNumbering(options)
  }

  /** The oldest record comes first, or that of the least csId. */
  list(selection: Selection): RowList<RecordEntry> {
    const { ranks, inserted } = this.#recordsOf(selection)
    const isShown = shownBy(selection)
    const shown = inserted.filter(({ record }) => isShown(dayOf(record.createdAtMs)))
    const lane = createLane(ranks, this.#numbersOn(selection), shown)
    return {
      length: lane.length,
      at: position => this.#toEntry(lane.at(position)),
      find: csId => {
        const entry = this.find(csId)
        const isOfAgent = selection.agentId === undefined || selection.agentId === entry?.agentId
        return entry && isOfAgent && isShown(dayOf(entry.createdAtMs)) ? entry : undefined
      },
    }
  }

  find(csId: number): RecordEntry | undefined {
    const inserted = this.#inserted[this.#insertedBelow(csId)]
    if (inserted?.csId === csId) return this.#insertedEntry(inserted)
    const number = this.#numbering.numberOf(csId)
    return number === undefined || hasNumber(this.#holes, number)
      ? undefined
      : this.#computedEntry(number)
  }

  /** When the records next to a csId really were created; undefined at either end. */
  neighbours(csId: number): { olderMs: number | undefined; newerMs: number | undefined } {
    const below = this.#numbering.countBelow(csId)
    const at = this.#insertedBelow(csId)
    const survivors = withoutHoles(ALL, this.#holes)
    const rank = survivors.countBelow(below)
    const computedMs = (each: number) =>
      each >= 0 && each < survivors.countBelow(this.#recordCount)
        ? this.#timeline.createdAtMs(survivors.numberAt(each))
        : undefined
    const insertedMs = (each: Inserted | undefined) => each && each.createdAtMs + each.clockBehindMs
    const older = [computedMs(rank - 1), insertedMs(this.#inserted[at - 1])]
    const newer = [computedMs(rank), insertedMs(this.#inserted[at])]
    return { olderMs: most(older, Math.max), newerMs: most(newer, Math.min) }
  }

  /** The agent who has, or by the usual turns would have, the record of this csId. */
  agentIdFor(csId: number): number {
    return this.#assignment.agentOf(this.#numbering.countBelow(csId)).id
  }

  /** Expects a csId that no record has, and a real time between its neighbours'. */
  add(record: Inserted): void {
    this.#inserted = this.#inserted.toSpliced(this.#insertedBelow(record.csId), 0, record)
    this.#forgetRecords()
  }

  /** Removes all records with csIds from `from` to `to`, both included. */
  remove(from: number, to: number): void {
    const { countBelow } = this.#numbering
    this.#holes = withRange(this.#holes, { from: countBelow(from), to: countBelow(to + 1) })
    this.#inserted = this.#inserted.filter(each => each.csId < from || each.csId > to)
    this.#forgetRecords()
  }

  #forgetRecords(): void {
    for (const records of Object.values(this.#records)) records.clear()
  }

  #recordsOf({ agentId, sortBy }: Selection): Records {
    const known = this.#records[sortBy].get(agentId)
    if (known) return known
    const ofAgent = this.#inserted.filter(each => agentId === undefined || each.agentId === agentId)
    const ranks = withoutHoles(this.#ranks(agentId), this.#holes)
    const records = { ranks, inserted: this.#inOrder(ofAgent, sortBy) }
    // Callers choose agent ids at will: only those with records may take up memory.
    const hasRecords = ofAgent.length > 0 || ranks.countBelow(this.#recordCount) > 0
    if (hasRecords) this.#records[sortBy].set(agentId, records)
    return records
  }

  #inOrder(inserted: readonly Inserted[], sortBy: SortBy): readonly Placed[] {
    if (sortBy === 'csId')
      return inserted.map(record => ({ record, below: this.#numbering.countBelow(record.csId) }))
    const byTime = inserted.toSorted((one, other) => one.createdAtMs - other.createdAtMs)
    return byTime.map(record => ({ record, below: this.#countBefore(record) }))
  }

  /** How many computed records come before one in a list that is sorted by time. */
  #countBefore({ createdAtMs, csId }: Inserted): number {
    return firstIndex(this.#recordCount, number => {
      const ms = this.#timeline.createdAtMs(number)
      return ms > createdAtMs || (ms === createdAtMs && this.#numbering.csIdOf(number) > csId)
    })
  }

  #ranks(agentId: number | undefined): Ranks {
    if (agentId === undefined) return ALL
    return {
      countBelow: number => this.#assignment.countBelow(agentId, number),
      numberAt: rank => this.#assignment.numberAt(agentId, rank),
    }
  }

  #numbersOn({ from, to }: Selection): Range {
    const { countBefore } = this.#timeline
    return {
      from: from === undefined ? 0 : countBefore(from),
      to: to === undefined ? this.#recordCount : countBefore(to + 1),
    }
  }

  #insertedBelow(csId: number): number {
    return firstIndex(this.#inserted.length, at => (this.#inserted[at]?.csId ?? 0) >= csId)
  }

  #toEntry(record: number | Inserted): RecordEntry {
    return typeof record === 'number' ? this.#computedEntry(record) : this.#insertedEntry(record)
  }

  #computedEntry(number: number): RecordEntry {
    return {
      csId: this.#numbering.csIdOf(number),
      createdAtMs: this.#timeline.createdAtMs(number),
      agentId: this.#assignment.agentOf(number).id,
      age: this.#recordCount - 1 - number,
      fields: {},
    }
  }

  #insertedEntry({ csId, createdAtMs, agentId, fields }: Inserted): RecordEntry {
    const below = this.#numbering.countBelow(csId)
    const age = Math.max(0, this.#recordCount - 1 - below)
    return { csId, createdAtMs, agentId, age, fields }
  }
}

const shownBy =
  ({ from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY }: Selection) =>
  (day: Day) =>
    from <= day && day <= to

function most(times: readonly (number | undefined)[], pick: (...of: number[]) => number) {
  const known = times.filter(time => time !== undefined)
  return known.length > 0 ? pick(...known) : undefined
}
