import type { Log } from '../../log.ts'
import type { OddityKind, OnOddity } from '../../upstream/oddity.ts'

/** Counts oddities by kind, and logs a kind at its 1st, 10th, 100th … sighting. */
export function createOddityLog(log: Log): OnOddity {
  const counts = new Map<OddityKind, number>()
  return oddity => {
    const count = (counts.get(oddity) ?? 0) + 1
    counts.set(oddity, count)
    if (/^10*$/.test(String(count))) log.warn('upstream-oddity', { oddity, count })
  }
}
