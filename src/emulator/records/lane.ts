import { firstIndex } from './binary-search.ts'
import type { Range } from './holes.ts'
import type { Ranks } from './survivors.ts'

/** A record that was put in while running. */
export interface Inserted {
  readonly csId: number
  /** When it was created, by a clock that may have been set back. */
  readonly createdAtMs: number
  /** How far that clock was behind. */
  readonly clockBehindMs: number
  readonly agentId: number
  /** Written over the computed fields; undefined leaves a field out. */
  readonly fields: Readonly<Record<string, unknown>>
}

/** An inserted record, and how many computed numbers come before it in the order of a list. */
export interface Placed {
  readonly record: Inserted
  readonly below: number
}

/** Computed numbers and inserted records as one list. */
export interface Lane {
  readonly length: number
  /** The number of a computed record, or the inserted record, at a position (from 0, oldest). */
  at(position: number): number | Inserted
}

/** Of the computed numbers those in `range`. `inserted` is in the order of the list. */
export function createLane(ranks: Ranks, range: Range, inserted: readonly Placed[]): Lane {
  const start = ranks.countBelow(range.from)
  const count = Math.max(0, ranks.countBelow(range.to) - start)
  const positions = inserted.map(({ below }, at) => {
    const computed = ranks.countBelow(below) - start
    return Math.max(0, Math.min(computed, count)) + at
  })
  return {
    length: count + inserted.length,
    at(position) {
      const at = firstIndex(positions.length, each => (positions[each] ?? 0) >= position)
      const here = inserted[at]
      return here && positions[at] === position
        ? here.record
        : ranks.numberAt(start + position - at)
    },
  }
}
