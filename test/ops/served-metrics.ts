import { startTestedGateway } from '../server/gateway.ts'

interface ServedMetrics {
  readonly names: ReadonlySet<string>
  /** Those of all samples, and what Prometheus adds. */
  readonly labels: ReadonlySet<string>
}

const ADDED = ['instance', 'job', 'alertname']

/** What a gateway serves once an operation, a failing one and an odd one were asked. */
export async function readServedMetrics(): Promise<ServedMetrics> {
  await using gateway = await startTestedGateway({
    metricsPort: 0,
    emulator: { oddities: { lists: { row: row => ({ ...row, csPrice: 'dear' }) } } },
  })
  await gateway.ask('query Odd { remoteRecords(first: 1) { nodes { price } } }')
  const text = await (await fetch(gateway.metricsUrl ?? '')).text()
  const samples = text.split('\n').filter(line => line !== '' && !line.startsWith('#'))
  // A histogram has no samples before something is measured.
  const families = Array.from(text.matchAll(/^# TYPE (\w+) (\w+)$/gm)).flatMap(
    ([, name = '', type]) =>
      type === 'histogram' ? [`${name}_bucket`, `${name}_count`, name] : name,
  )
  return {
    names: new Set([...families, ...samples.flatMap(line => line.match(/^\w+/) ?? [])]),
    labels: new Set([...ADDED, ...samples.flatMap(line => line.match(/\w+(?==")/g) ?? [])]),
  }
}
