import fc from 'fast-check'
import { CallAllowance } from '../../src/loaders/call-allowance.ts'
import type { RecordScan } from '../../src/loaders/scans/record-scan.ts'
import { RecordScans } from '../../src/loaders/scans/record-scans.ts'
import { wholeScan } from '../../src/loaders/scans/whole-scan.ts'
import {
  ALL,
  assertOrdered,
  changes,
  heldUpstream,
  pauseMs,
  visit,
  visitOnce,
} from './held-lists.laws.ts'
import { MovingUpstream } from './moving-upstream.ts'

/** A reading of all records: in the upstream's own order, or in one that is wanted. */
const scan = fc.record({
  pauseMs,
  changes,
  towards: fc.constantFrom(undefined, 1 as const, -1 as const),
})

type Scan = typeof scan extends fc.Arbitrary<infer Value> ? Value : never

export const heldScan = fc.record({
  upstream: heldUpstream,
  visits: fc.array(fc.oneof(visit, scan), { maxLength: 6 }),
  scan,
})

type HeldScan = typeof heldScan extends fc.Arbitrary<infer Value> ? Value : never

/**
 * Whatever is held of it, and though pages are read side by side: each record that exists since the
 * oldest page was asked for is read exactly once, and one that came or went meanwhile at most once.
 */
export async function assertHeldScanIsExact({ upstream, visits, scan }: HeldScan): Promise<void> {
  const moving = new MovingUpstream(upstream)
  for (const each of visits) {
    if ('limits' in each) await visitOnce(moving, { ...each, wanted: [] })
    else await scanAll(moving, each)
  }
  const { read, oldestMs } = await scanAll(moving, scan)
  if (new Set(read).size < read.length) throw new Error(`a record was read twice: ${read}`)
  const throughout = read.filter(csId => moving.wasThereSince(oldestMs, csId))
  const [first = 0, last = 0] = [throughout[0], throughout.at(-1)]
  assertOrdered(throughout, scan.towards ?? (first < last ? 1 : -1))
  const seen = new Set(read)
  for (const csId of moving.everyKey) {
    if (!seen.has(csId) && moving.wasThereSince(oldestMs, csId))
      throw new Error(`record ${csId} was there throughout and was not read`)
  }
  for (const csId of read) {
    if (!moving.wasEverThere(csId)) throw new Error(`record ${csId} never existed`)
  }
}

async function scanAll(moving: MovingUpstream, { pauseMs, changes, towards }: Scan) {
  await moving.upstream.pass(pauseMs)
  moving.change(changes)
  const reads = moving.upstream.openReads()
  const scans = new RecordScans(reads, moving.upstream.memory, new CallAllowance(1000))
  const read: number[] = []
  const open = (): RecordScan =>
    towards === undefined
      ? scans.unshared(ALL)
      : scans.scan(ALL, { towards, start: undefined, stop: undefined })
  for await (const { records } of wholeScan(open(), scans.allowance))
    read.push(...records.map(({ node }) => node.resource.csId))
  return { read, oldestMs: reads.oldestMs }
}
