import { firstIndex } from './binary-search.ts'
import type { Ranks } from './survivors.ts'

/** A record that was put in while running. */
export interface Inserted {
  readonly csId: number
  /** How many computed numbers have smaller csIds. */
  readonly below: number
  readonly createdAtMs: number
  readonly agentId: number
  /** Written over the computed fields; undefined leaves a field out. */
  readonly fields: Readonly<Record<string, unknown>>
}

/** Computed numbers and inserted records as one list that rises by csId and time. */
export interface Lane {
  readonly length: number
  /** The number of a computed record, or the inserted record, at a position (from 0, oldest). */
  at(position: number): number | Inserted
  /** How many come before a point, given as the computed and the inserted records before it. */
  countBefore(number: number, inserted: (each: Inserted) => boolean): number
}

/** `inserted` rises by csId; `computedCount` bounds the numbers of `ranks`. */
export function createLane(
  ranks: Ranks,
  computedCount: number,
  inserted: readonly Inserted[],
): Lane {
  const positions = inserted.map((each, at) => ranks.countBelow(each.below) + at)
  return {
    length: ranks.countBelow(computedCount) + inserted.length,
    at(position) {
      const at = firstIndex(positions.length, each => (positions[each] ?? 0) >= position)
      const here = inserted[at]
      return here && positions[at] === position ? here : ranks.numberAt(position - at)
    },
    countBefore(number, isBefore) {
      const before = firstIndex(inserted.length, at => {
        const each = inserted[at]
        return !each || !isBefore(each)
      })
      return ranks.countBelow(number) + before
    },
  }
}
