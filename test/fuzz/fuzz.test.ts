import { expect, it } from 'vitest'
import { MODES } from '../server/attacks/modes.ts'
import { fuzzInThread } from './thread.ts'

/** About 100,000 in all modes together. `npm run fuzz` runs any number. */
const RUNS = 33_334

/** It only ends what takes very long: a machine that is so slow tries fewer. */
const TIMEOUT_MS = 150_000

it.concurrent.each(MODES)(
  'whatever is asked of callers that are %s, nothing crashes, leaks, stalls, or reaches the upstream though refused',
  async callers => {
    const report = await fuzzInThread({ runs: RUNS, seed: 1, callers, timeoutMs: TIMEOUT_MS })
    expect(report.findings).toEqual([])
    expect(report.ran).toBeGreaterThan(1000)
    // Some of it runs, so that more is tried than refusals.
    expect(report.statuses[200]).toBeGreaterThan(report.ran / 25)
  },
  2 * TIMEOUT_MS,
)
