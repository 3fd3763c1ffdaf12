import { firstIndex } from './binary-search.ts'
import type { Range } from './holes.ts'

/** A rising list of record numbers, known by rank (from 0) without being held. */
export interface Ranks {
  countBelow(number: number): number
  numberAt(rank: number): number
}

/** The list without the numbers that lie in holes; again a list known by rank. */
export function withoutHoles(ranks: Ranks, holes: readonly Range[]): Ranks {
  const froms = holes.map(hole => ranks.countBelow(hole.from))
  const tos = holes.map(hole => ranks.countBelow(hole.to))
  const removedBefore = [0]
  for (let at = 0; at < holes.length; at++)
    removedBefore.push((removedBefore[at] ?? 0) + (tos[at] ?? 0) - (froms[at] ?? 0))
  const removed = (count: number) => removedBefore[count] ?? 0
  const from = (at: number) => froms[at] ?? 0

  return {
    countBelow(number) {
      const rank = ranks.countBelow(number)
      const begun = firstIndex(holes.length, at => from(at) >= rank)
      if (begun === 0) return rank
      const ofLast = Math.min(rank, tos[begun - 1] ?? 0) - from(begun - 1)
      return rank - removed(begun - 1) - ofLast
    },
    numberAt(rank) {
      const passed = firstIndex(holes.length, at => from(at) - removed(at) > rank)
      return ranks.numberAt(rank + removed(passed))
    },
  }
}
