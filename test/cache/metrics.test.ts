import { expect, it } from 'vitest'
import { FAULTS } from '../../src/emulator/odd/faults.ts'
import { startHoldingGateway } from './holding-gateway.ts'

const LIST = '{ remoteRecords(first: 3) { nodes { csId } } }'

it('counts how answers were come by, and how old stale ones were, so that no outage is hidden', async () => {
  await using gateway = await startHoldingGateway({ metricsPort: 0 })
  await gateway.ask(LIST)
  await gateway.ask(LIST)
  gateway.pass(120_000)
  gateway.emulator.oddities = { everywhere: { wire: FAULTS['status-500'].wire } }
  await gateway.ask(LIST)
  const text = await (await fetch(gateway.metricsUrl ?? '')).text()
  const reads = (outcome: string) =>
    `cache_reads_total{kind="list_of_today",outcome="${outcome}"} 1`
  for (const outcome of ['called', 'fresh', 'stale_on_error'])
    expect(text).toContain(reads(outcome))
  expect(text).toContain('upstream_stale_age_seconds_bucket{le="60",kind="list_of_today"} 0')
  expect(text).toContain('upstream_stale_age_seconds_bucket{le="300",kind="list_of_today"} 1')
})
