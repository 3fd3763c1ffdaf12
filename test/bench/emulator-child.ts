import type { RecordedCall } from '../../src/emulator/answers/calls.ts'
import { startEmulator } from '../../src/emulator/emulator.ts'
import type { EmulatorOptions } from '../../src/emulator/options.ts'
import type { Traffic } from './upstream.ts'

// The emulator in a process of its own, which says by IPC where it is and what it was asked for.
const KEPT_CALLS = 1000
let calls = 0
let rows = 0
let unanswered: RecordedCall[] = []

/** A call has its rows once it is answered. Nothing announces that, so calls are kept until then. */
function countRows(): void {
  for (const call of unanswered) if (call.status !== 0) rows += call.rows
  unanswered = unanswered.filter(({ status }) => status === 0)
}

const options = JSON.parse(process.argv[2] ?? '{}') as EmulatorOptions
const emulator = await startEmulator({
  ...options,
  recordedCallLimit: 0,
  beforeAnswer(call) {
    calls += 1
    unanswered.push(call)
    if (unanswered.length > KEPT_CALLS) countRows()
  },
})

process.on('message', () => {
  countRows()
  process.send?.({ calls, rows } satisfies Traffic)
})
process.once('disconnect', () => emulator.close())
process.send?.(emulator.url)
