/** A row on one side of the wanted place, in list order: keys rise with the index. */
export interface Bearing {
  readonly key: number
  readonly index: number
  /** Rows for each key around it: 1 where no key is missing. */
  readonly density: number
}

/** Above this, keys are taken for an auto-increment's with some of them deleted. */
const DENSE = 0.9
/** Counting on is worth a try while less than the fourth part of the keys in between is missing. */
const FEW_MISSING = 4
/** From this round on, guesses by proportion take turns with halving, which always ends. */
const HALVING_FROM_ROUND = 3

/** Whether so many keys between two rows have none that counting on from either leads nowhere. */
export function areManyMissing(before: Bearing, after: Bearing): boolean {
  const rows = Math.max(0, after.index - before.index - 1)
  return (after.key - before.key - 1 - rows) * FEW_MISSING > rows
}

/**
 * Where between two rows a key should be, as the index of the first row after it.
 *
 * Among ids that a counter gave, rows are missing in holes. Beside a hole, counting on from one of
 * the two rows leads there at once, and else to a nearer row. Where too many are missing, counting
 * leads nowhere, and what is left is halved.
 */
export function guessBetween(
  boundary: number,
  before: Bearing,
  after: Bearing,
  round: number,
): number {
  const rows = Math.max(0, after.index - before.index - 1)
  const ahead = boundary - before.key
  const behind = after.key - boundary
  const share = ahead / (ahead + behind)
  const middle = before.index + 1 + Math.floor(rows / 2)
  if (Math.min(before.density, after.density) < DENSE) {
    const isHalving = round >= HALVING_FROM_ROUND && round % 2 === 1
    return isHalving ? middle : before.index + 1 + Math.round(rows * share)
  }
  if (areManyMissing(before, after)) {
    return round % 2 === 0 ? middle : before.index + 1 + Math.round(rows * share)
  }
  const isFromBefore = round % 2 === 0 ? ahead <= behind : ahead > behind
  const counted = isFromBefore
    ? before.index + Math.ceil(ahead)
    : after.index - Math.ceil(behind) + 1
  return Math.min(Math.max(counted, before.index + 1), after.index)
}
