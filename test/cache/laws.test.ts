import fc from 'fast-check'
import { describe, it } from 'vitest'
import { assertHeldChatWalkIsExact, heldChatWalk } from './held-chats.laws.ts'
import {
  assertHeldSearchIsExact,
  assertHeldWalkIsExact,
  heldSearch,
  heldWalk,
} from './held-lists.laws.ts'
import { assertHeldScanIsExact, heldScan } from './held-scans.laws.ts'

/** `npm run laws` runs them as often as one likes. */
const RUNS = { numRuns: 500 }

describe('whatever is held of the pages, and however old it is', () => {
  it('a walk gives each record that exists throughout exactly once', () =>
    fc.assert(fc.asyncProperty(heldWalk, assertHeldWalkIsExact), RUNS))

  it('a scan reads each record that exists throughout exactly once', () =>
    fc.assert(fc.asyncProperty(heldScan, assertHeldScanIsExact), RUNS))

  it('a record that is there when it is asked for is found', () =>
    fc.assert(fc.asyncProperty(heldSearch, assertHeldSearchIsExact), RUNS))

  it('a walk gives each message that exists throughout exactly once', () =>
    fc.assert(fc.asyncProperty(heldChatWalk, assertHeldChatWalkIsExact), RUNS))
})

it('a scan of a list that changed while its first pages were read ends once it stands still', () =>
  assertHeldScanIsExact({
    upstream: {
      list: {
        keys: Array.from({ length: 99 }, (_, at) => at + 1),
        rising: true,
        maxPerPage: 67,
        changes: [
          [{ insert: 100 }, { insert: 101 }],
          [{ append: 1 }, { append: 1 }, { append: 1 }, { remove: 4 }],
          [{ remove: 5 }],
          [],
          [{ remove: 1 }],
          [],
          [],
          [{ append: 1 }, { append: 1 }],
        ],
      },
      callMs: [1],
    },
    visits: [],
    scan: { pauseMs: 0, changes: [], towards: undefined },
  }))
