import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { assertHeldChatWalkIsExact, heldChatWalk } from './cache/held-chats.laws.ts'
import {
  assertHeldSearchIsExact,
  assertHeldWalkIsExact,
  heldSearch,
  heldWalk,
} from './cache/held-lists.laws.ts'
import { assertHeldScanIsExact, heldScan } from './cache/held-scans.laws.ts'
import { assertChatWalkIsExact, chatWalk } from './history/chats/message-slice.laws.ts'
import { assertWalkIsExact, walk } from './history/lists/numbered-list.laws.ts'
import { assertUnsortedWalkIsExact, unsortedWalk } from './history/lists/unsorted-walk.laws.ts'
import { assertSearchIsExact, search } from './history/search/find.laws.ts'

interface Runs {
  readonly numRuns: number
  readonly seed: number
}

/** Checks what is asserted of random values; `run` makes each assertion. */
const lawOf =
  <Value>(values: fc.Arbitrary<Value>, assert: (value: Value) => Promise<void>) =>
  (runs: Runs, run = (assertion: () => Promise<void>) => assertion()) =>
    fc.check(
      fc.asyncProperty(values, value => run(() => assert(value))),
      runs,
    )

/** The laws of numbered lists as the tests check them, for as many runs as one has time for. */
const LAWS = {
  'a walk is exact': lawOf(walk, assertWalkIsExact),
  'a walk through a chat is exact': lawOf(chatWalk, assertChatWalkIsExact),
  'a search is exact': lawOf(search, assertSearchIsExact),
  'a walk over a list by time is exact, or fails': lawOf(unsortedWalk, assertUnsortedWalkIsExact),
  'a walk is exact, whatever is held': lawOf(heldWalk, assertHeldWalkIsExact),
  'a scan is exact, whatever is held': lawOf(heldScan, assertHeldScanIsExact),
  'a search is exact, whatever is held': lawOf(heldSearch, assertHeldSearchIsExact),
  'a walk through a chat is exact, whatever is held': lawOf(
    heldChatWalk,
    assertHeldChatWalkIsExact,
  ),
}

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '10000' },
    seed: { type: 'string' },
    /** The name of the law to check, or part of the names of several. */
    only: { type: 'string', default: '' },
    /** Counts what goes wrong in all runs, in place of stopping there with a small example. */
    tally: { type: 'boolean', default: false },
  },
})
const runs = {
  numRuns: Number(values.runs),
  seed: values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed),
}

type Law = (typeof LAWS)[keyof typeof LAWS]

const like = Object.entries(LAWS).filter(([name]) => name.includes(values.only))
const named = like.filter(([name]) => name === values.only)
const laws = named.length > 0 ? named : like
if (laws.length === 0) throw new Error(`no law has ${values.only} in its name`)
for (const [name, law] of laws) {
  const startedAt = performance.now()
  const { verdict, failures } = await (values.tally ? tallied(law) : checked(law))
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  const lines = [`${name}: ${verdict}, seed ${runs.seed}, ${seconds} s`, ...failures]
  process.stdout.write(`${lines.join('\n')}\n`)
  if (failures.length > 0) process.exitCode = 1
}

async function checked(law: Law) {
  const { failed, numRuns, counterexample, errorInstance } = await law(runs)
  return failed
    ? {
        verdict: `FAILS after ${numRuns} runs`,
        failures: [fc.stringify(counterexample), String(errorInstance)],
      }
    : { verdict: `holds for ${numRuns} runs`, failures: [] }
}

async function tallied(law: Law) {
  const counts = new Map<string, number>()
  let failed = 0
  await law(runs, async assertion => {
    try {
      await assertion()
    } catch (error) {
      failed++
      const kind = String(error).replaceAll(/\d+(,\d+)*/g, 'N')
      counts.set(kind, (counts.get(kind) ?? 0) + 1)
    }
  })
  const failures = [...counts].map(([kind, count]) => `${count} times: ${kind}`)
  const holds = `holds for ${runs.numRuns} runs`
  return { verdict: failed > 0 ? `FAILS in ${failed} of ${runs.numRuns} runs` : holds, failures }
}
