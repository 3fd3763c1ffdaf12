import { expect, it } from 'vitest'
import { MODES } from '../server/attacks/modes.ts'
import { fuzz } from './fuzz.ts'

/** As many as fit into this time, as there are slow machines: `npm run fuzz` runs any number. */
const TIMEOUT_MS = 15_000

it.each(MODES)(
  'whatever is asked of callers that are %s, nothing crashes, leaks, stalls, or reaches the upstream though refused',
  async callers => {
    const report = await fuzz({ runs: 34_000, seed: 1, callers, timeoutMs: TIMEOUT_MS })
    expect(report.findings).toEqual([])
    expect(report.ran).toBeGreaterThan(1000)
    // Some of it runs, so that more is tried than refusals.
    expect(report.statuses[200]).toBeGreaterThan(report.ran / 25)
  },
  120_000,
)
