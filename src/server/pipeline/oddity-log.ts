import type { Log } from '../../log.ts'
import type { OddityKind, OnOddity } from '../../upstream/oddity.ts'
import type { Metrics } from '../metrics/metrics.ts'

/** Counts oddities by kind, for metrics too, and logs a kind at its 1st, 10th, 100th … sighting. */
export function createOddityLog(log: Log, metrics: Metrics): OnOddity {
  const counts = new Map<OddityKind, number>()
  return oddity => {
    const count = (counts.get(oddity) ?? 0) + 1
    counts.set(oddity, count)
    metrics.onDeviation(oddity)
    if (/^10*$/.test(String(count))) log.warn('upstream-oddity', { oddity, count })
  }
}
