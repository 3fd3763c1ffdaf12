import type { Log } from '../../log.ts'
import type { OnEndpointOddity } from '../../upstream/oddity.ts'
import type { Metrics } from '../metrics/metrics.ts'

/** Counts oddities, for metrics too, and logs a kind at its 1st, 10th, 100th … sighting at an endpoint. */
export function createOddityLog(log: Log, metrics: Metrics): OnEndpointOddity {
  const counts = new Map<string, number>()
  return (endpoint, oddity, _unreadable, times = 1) => {
    const name = `${endpoint} ${oddity}`
    const before = counts.get(name) ?? 0
    const count = before + times
    counts.set(name, count)
    metrics.onDeviation(endpoint, oddity, times)
    const next = before === 0 ? 1 : 10 ** String(before).length
    if (count >= next) log.warn('upstream-oddity', { endpoint, oddity, count })
  }
}
