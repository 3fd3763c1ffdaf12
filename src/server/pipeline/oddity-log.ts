import type { Log } from '../../log.ts'
import type { OnEndpointOddity } from '../../upstream/oddity.ts'
import type { Metrics } from '../metrics/metrics.ts'

/** Counts oddities, for metrics too, and logs a kind at its 1st, 10th, 100th … sighting at an endpoint. */
export function createOddityLog(log: Log, metrics: Metrics): OnEndpointOddity {
  const counts = new Map<string, number>()
  return (endpoint, oddity) => {
    const name = `${endpoint} ${oddity}`
    const count = (counts.get(name) ?? 0) + 1
    counts.set(name, count)
    metrics.onDeviation(endpoint, oddity)
    if (/^10*$/.test(String(count))) log.warn('upstream-oddity', { endpoint, oddity, count })
  }
}
