import { parseArgs } from 'node:util'
import { checkIsolation } from './cache/isolation.ts'

/** Looks for answers of the upstream that reach another account, in as many operations as one has time for. */
const { values } = parseArgs({
  options: { operations: { type: 'string', default: '1000000' }, seed: { type: 'string' } },
})
const seed = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed)
const startedAtMs = performance.now()
const { operations, calls, foreign, outdated } = await checkIsolation(
  Number(values.operations),
  seed,
)
const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1)
process.stdout.write(
  `${operations} operations, seed ${seed}, ${calls} calls, ${foreign} foreign answers, ${outdated} from before a refusal, ${seconds} s\n`,
)
if (foreign + outdated > 0) process.exitCode = 1
