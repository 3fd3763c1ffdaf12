import { type Assignment, createAssignment } from './agents.ts'
import { firstIndex } from './binary-search.ts'
import { type Day, startOfDay } from './china-time.ts'
import { hasNumber, type Range, withRange } from './holes.ts'
import { createLane, type Inserted, type Lane } from './lane.ts'
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

/** Which records a list shows: one agent's or all, of the days from `from` to `to` inclusive. */
export interface Selection {
  readonly agentId?: number | undefined
  readonly from?: Day | undefined
  readonly to?: Day | undefined
}

/** A slice of a list: `offset` and `limit` count rows in the list's order. */
export interface Slice {
  readonly offset: number
  readonly limit: number
  readonly descending: boolean
}

export interface RecordListOptions {
  readonly seed: number
  readonly recordCount: number
  readonly days: number
  readonly endMs: number
  readonly firstCsId: number
  readonly csIdStep: number
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
  readonly #lanes = new Map<number | undefined, Lane>()
  #holes: readonly Range[] = []
  #inserted: readonly Inserted[] = []

  constructor(options: RecordListOptions) {
    this.#recordCount = options.recordCount
    this.#timeline = createTimeline(options)
    this.#assignment = createAssignment(options.seed)
    this.#numbering = createNumbering(options)
  }

  page(selection: Selection, slice: Slice): { count: number; entries: RecordEntry[] } {
    const lane = this.#lane(selection.agentId)
    const start = selection.from === undefined ? 0 : this.#countBefore(lane, selection.from)
    const end = selection.to === undefined ? lane.length : this.#countBefore(lane, selection.to + 1)
    const count = Math.max(0, end - start)
    const rows = Math.max(0, Math.min(slice.limit, count - slice.offset))
    const entries = Array.from({ length: rows }, (_, row) => {
      const rank = slice.offset + row
      return this.#entryAt(lane, slice.descending ? end - 1 - rank : start + rank)
    })
    return { count, entries }
  }

  find(csId: number): RecordEntry | undefined {
    const inserted = this.#inserted[this.#insertedBelow(csId)]
    if (inserted?.csId === csId) return this.#insertedEntry(inserted)
    const number = this.#numbering.numberOf(csId)
    return number === undefined || hasNumber(this.#holes, number)
      ? undefined
      : this.#computedEntry(number)
  }

  /** The records next to where a csId is or would be; undefined at either end. */
  neighbours(csId: number): { older: RecordEntry | undefined; newer: RecordEntry | undefined } {
    const lane = this.#lane(undefined)
    const below = this.#numbering.countBelow(csId)
    const position = lane.countBefore(below, each => each.csId < csId)
    const entryAt = (at: number) =>
      at >= 0 && at < lane.length ? this.#entryAt(lane, at) : undefined
    return { older: entryAt(position - 1), newer: entryAt(position) }
  }

  /** The agent who has, or by the usual turns would have, the record of this csId. */
  agentIdFor(csId: number): number {
    return this.#assignment.agentOf(this.#numbering.countBelow(csId)).id
  }

  /** Expects a csId that no record has, and a time between its neighbours'. */
  add(record: Omit<Inserted, 'below'>): void {
    const at = this.#insertedBelow(record.csId)
    const below = this.#numbering.countBelow(record.csId)
    this.#inserted = this.#inserted.toSpliced(at, 0, { ...record, below })
    this.#lanes.clear()
  }

  /** Removes all records with csIds from `from` to `to`, both included. */
  remove(from: number, to: number): void {
    const { countBelow } = this.#numbering
    this.#holes = withRange(this.#holes, { from: countBelow(from), to: countBelow(to + 1) })
    this.#inserted = this.#inserted.filter(each => each.csId < from || each.csId > to)
    this.#lanes.clear()
  }

  #lane(agentId: number | undefined): Lane {
    const known = this.#lanes.get(agentId)
    if (known) return known
    const inserted = this.#inserted.filter(
      each => agentId === undefined || each.agentId === agentId,
    )
    const ranks = withoutHoles(this.#ranks(agentId), this.#holes)
    const lane = createLane(ranks, this.#recordCount, inserted)
    // Callers choose agent ids at will: only those with records may take up memory.
    if (lane.length > 0) this.#lanes.set(agentId, lane)
    return lane
  }

  #ranks(agentId: number | undefined): Ranks {
    if (agentId === undefined) return ALL
    return {
      countBelow: number => this.#assignment.countBelow(agentId, number),
      numberAt: rank => this.#assignment.numberAt(agentId, rank),
    }
  }

  #countBefore(lane: Lane, day: Day): number {
    const startMs = startOfDay(day)
    return lane.countBefore(this.#timeline.countBefore(day), each => each.createdAtMs < startMs)
  }

  #insertedBelow(csId: number): number {
    return firstIndex(this.#inserted.length, at => (this.#inserted[at]?.csId ?? 0) >= csId)
  }

  #entryAt(lane: Lane, position: number): RecordEntry {
    const record = lane.at(position)
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

  #insertedEntry({ below, ...record }: Inserted): RecordEntry {
    return { ...record, age: Math.max(0, this.#recordCount - 1 - below) }
  }
}
