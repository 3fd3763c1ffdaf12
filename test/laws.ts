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
import { assertSearchIsExact, search } from './history/find.laws.ts'
import { assertChatWalkIsExact, chatWalk } from './history/message-slice.laws.ts'
import { assertWalkIsExact, walk } from './history/numbered-list.laws.ts'
import { assertUnsortedWalkIsExact, unsortedWalk } from './history/unsorted-walk.laws.ts'

/** The laws of numbered lists as the tests check them, for as many runs as one has time for. */
const LAWS = {
  'a walk is exact': fc.asyncProperty(walk, assertWalkIsExact),
  'a walk through a chat is exact': fc.asyncProperty(chatWalk, assertChatWalkIsExact),
  'a search is exact': fc.asyncProperty(search, assertSearchIsExact),
  'a walk over a list by time is exact, or fails': fc.asyncProperty(
    unsortedWalk,
    assertUnsortedWalkIsExact,
  ),
  'a walk is exact, whatever is held': fc.asyncProperty(heldWalk, assertHeldWalkIsExact),
  'a scan is exact, whatever is held': fc.asyncProperty(heldScan, assertHeldScanIsExact),
  'a search is exact, whatever is held': fc.asyncProperty(heldSearch, assertHeldSearchIsExact),
  'a walk through a chat is exact, whatever is held': fc.asyncProperty(
    heldChatWalk,
    assertHeldChatWalkIsExact,
  ),
}

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '10000' },
    seed: { type: 'string' },
    /** Part of the name of the laws to check. */
    only: { type: 'string', default: '' },
  },
})
const numRuns = Number(values.runs)
const seed = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed)

const laws = Object.entries(LAWS).filter(([name]) => name.includes(values.only))
if (laws.length === 0) throw new Error(`no law has ${values.only} in its name`)
for (const [name, law] of laws) {
  const startedAt = performance.now()
  // All take one argument; only its type differs.
  const result = await fc.check(law as fc.IAsyncProperty<[unknown]>, { numRuns, seed })
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  const verdict = result.failed ? `FAILS after ${result.numRuns} runs` : `holds for ${numRuns} runs`
  process.stdout.write(`${name}: ${verdict}, seed ${seed}, ${seconds} s\n`)
  if (result.failed) {
    process.stdout.write(
      `${fc.stringify(result.counterexample)}\n${String(result.errorInstance)}\n`,
    )
    process.exitCode = 1
  }
}
