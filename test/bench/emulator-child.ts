import { startEmulator } from '../../src/emulator/emulator.ts'
import type { EmulatorOptions } from '../../src/emulator/options.ts'

// The emulator in a process of its own, which tells by IPC where it is and what was asked of it.
let calls = 0
const options = JSON.parse(process.argv[2] ?? '{}') as EmulatorOptions
const emulator = await startEmulator({
  ...options,
  recordedCallLimit: 0,
  beforeAnswer() {
    calls += 1
  },
})

process.on('message', () => process.send?.(calls))
process.once('disconnect', () => emulator.close())
process.send?.(emulator.url)
