import { expect, test } from 'vitest'
import { startEmulator } from '../src/emulator/emulator.ts'
import { drainOnce, SENDERS } from './drain-once.ts'

test('SIGTERM under load fails no request, five times', { timeout: 300_000 }, async () => {
  await using emulator = await startEmulator({ latencyMs: 30 })
  for (let time = 0; time < 5; time++) {
    const { answered, failures, exitMs, code } = await drainOnce(emulator.url)
    expect({ failures, code }).toEqual({ failures: [], code: 0 })
    expect(answered).toBeGreaterThanOrEqual(SENDERS)
    expect(exitMs).toBeLessThan(20_000)
  }
})
