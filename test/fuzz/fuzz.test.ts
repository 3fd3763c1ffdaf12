import { expect, it } from 'vitest'
import { fuzz } from './fuzz.ts'

/** As many as fit into this time, as there are slow machines: `npm run fuzz` runs any number. */
const TIMEOUT_MS = 40_000

it('whatever is asked, nothing crashes, leaks, stalls, or reaches the upstream though refused', async () => {
  const report = await fuzz({ runs: 100_000, seed: 1, timeoutMs: TIMEOUT_MS })
  expect(report.findings).toEqual([])
  expect(report.ran).toBeGreaterThan(1000)
  // Some of it runs, so that more is tried than refusals.
  expect(report.statuses[200]).toBeGreaterThan(report.ran / 20)
}, 120_000)
