import { parseArgs } from 'node:util'
import { MODES, type Mode } from '../server/attacks/modes.ts'
import type { FuzzReport } from './fuzz.ts'
import { fuzzInThread } from './thread.ts'

/** Asks a gateway what nobody should, as often as one has time for. */
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '10000' },
    seed: { type: 'string' },
    from: { type: 'string', default: '0' },
    callers: { type: 'string', default: 'all' },
  },
})
const modes = MODES.filter(mode => values.callers === 'all' || values.callers === mode)
if (modes.length === 0)
  throw new Error(`Expected --callers to be all or one of ${MODES.join(', ')}.`)
const seed = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed)
const runs = Math.ceil(Number(values.runs) / modes.length)
const startedAtMs = performance.now()

function print(callers: Mode, { ran, findings, statuses, slowestMs }: FuzzReport): void {
  for (const { case: at, kind, faults, request } of findings)
    process.stdout.write(`case ${at}, ${kind}: ${faults.join('; ')}\n  ${request}\n`)
  const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1)
  const byStatus = Object.entries(statuses).map(([status, count]) => `${status}: ${count}`)
  process.stdout.write(
    `${ran} requests, callers ${callers}, seed ${seed}, ${findings.length} findings, ${seconds} s; at most ${slowestMs.toFixed(0)} ms of CPU for one; ${byStatus.join(', ')}\n`,
  )
  if (findings.length > 0) process.exitCode = 1
}

await Promise.all(
  modes.map(async callers =>
    print(callers, await fuzzInThread({ runs, seed, callers, from: Number(values.from) })),
  ),
)
