import { parseArgs } from 'node:util'
import { startEmulator } from '../src/emulator/emulator.ts'
import { drainOnce } from './drain-once.ts'

// Ends gateways under load, one after the other: npm run drain -- --times 100

const { values } = parseArgs({ options: { times: { type: 'string', default: '5' } } })
const times = Number(values.times)
await using emulator = await startEmulator({ latencyMs: 30 })
const runs = []
for (let run = 1; run <= times; run++) {
  const drained = await drainOnce(emulator.url)
  runs.push(drained)
  const { answered, failures, exitMs, code } = drained
  process.stdout.write(
    `${run}: ${answered} answered, ${failures.length} failed, exit ${code} after ${exitMs} ms\n`,
  )
  for (const failure of failures) process.stdout.write(`   ${failure}\n`)
}
const failed = runs.reduce((sum, { failures }) => sum + failures.length, 0)
const answered = runs.reduce((sum, run) => sum + run.answered, 0)
const slowestMs = Math.max(...runs.map(({ exitMs }) => exitMs))
process.stdout.write(
  `${times} times: ${answered} answered, ${failed} failed, the slowest exit after ${slowestMs} ms\n`,
)
process.exitCode = failed > 0 || slowestMs > 12_000 || runs.some(({ code }) => code !== 0) ? 1 : 0
