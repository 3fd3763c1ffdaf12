import fc from 'fast-check'
import { parseRecordCursor, type RecordCursor } from '../../src/history/cursor.ts'
import { createLoaders } from '../../src/loaders/loaders.ts'
import type { Change } from '../history/lists/moving-list.ts'
import { MovingUpstream } from './moving-upstream.ts'

export const ALL = { servicerId: undefined, createdOn: undefined }

const key = fc.integer({ min: 1, max: 400 })

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ insert: key }),
  fc.record({ remove: key }),
  fc.record({ append: fc.integer({ min: 1, max: 5 }) }),
)
export const changes = fc.array(change, { maxLength: 4 })

export const heldUpstream = fc.record({
  list: fc.record({
    keys: fc.oneof(
      fc.uniqueArray(key, { maxLength: 250 }),
      fc.integer({ min: 0, max: 250 }).map(length => Array.from({ length }, (_, at) => at + 1)),
    ),
    rising: fc.boolean(),
    maxPerPage: fc.oneof(fc.constant(100), fc.integer({ min: 30, max: 100 })),
    changes: fc.array(changes, { maxLength: 30 }),
  }),
  callMs: fc.array(fc.integer({ min: 1, max: 2000 }), { minLength: 1, maxLength: 7 }),
})

/** So long between two requests: within what is fresh, what is stale, and what is expired. */
export const pauseMs = fc.oneof(
  fc.integer({ min: 0, max: 3000 }),
  fc.integer({ min: 0, max: 60_000 }),
  fc.integer({ min: 0, max: 100_000 }),
)

/** A part of the list that a request before has read. */
export const visit = fc.record({
  pauseMs,
  changes,
  order: fc.constantFrom(1 as const, -1 as const),
  limits: fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 3 }),
  wanted: fc.array(key, { maxLength: 3 }),
})

export type Visit = typeof visit extends fc.Arbitrary<infer Value> ? Value : never

export const heldWalk = fc.record({
  upstream: heldUpstream,
  visits: fc.array(visit, { maxLength: 6 }),
  walk: visit,
  pausesMs: fc.array(pauseMs, { minLength: 1, maxLength: 6 }),
  between: fc.array(changes, { maxLength: 10 }),
})

type HeldWalk = typeof heldWalk extends fc.Arbitrary<infer Value> ? Value : never

/**
 * Whatever is held of it: each record that exists since the oldest page was asked for is returned
 * exactly once and in order, and one that came or went meanwhile at most once.
 */
export async function assertHeldWalkIsExact(test: HeldWalk): Promise<void> {
  const moving = new MovingUpstream(test.upstream)
  for (const each of test.visits) await visitOnce(moving, each)
  await moving.upstream.pass(test.walk.pauseMs)
  const { returned, oldestMs } = await walkThrough(moving, test)
  if (new Set(returned).size < returned.length) throw new Error(`a record came twice: ${returned}`)
  // One that came meanwhile may come after others that it should have come before.
  const throughout = returned.filter(each => moving.wasThereSince(oldestMs, each))
  assertOrdered(throughout, test.walk.order)
  const seen = new Set(returned)
  for (const each of moving.everyKey) {
    if (!seen.has(each) && moving.wasThereSince(oldestMs, each))
      throw new Error(`record ${each} was there throughout and was not returned`)
  }
  for (const each of returned) {
    if (!moving.wasEverThere(each)) throw new Error(`record ${each} never existed`)
  }
}

/** One after the other, as far as a visitor looks. */
export async function visitOnce(moving: MovingUpstream, visit: Visit): Promise<void> {
  await moving.upstream.pass(visit.pauseMs)
  moving.change(visit.changes)
  let after: RecordCursor | undefined
  for (const limit of visit.limits) {
    const { recordConnections } = createLoaders(
      moving.upstream.openReads(),
      moving.upstream.memory,
      0,
    )
    const wish = { limit, isFromEnd: false, after, before: undefined, order: visit.order }
    const { edges } = await recordConnections.slice(ALL, wish)
    const last = edges.at(-1)
    if (!last) break
    after = parseRecordCursor(last.cursor)
  }
  const { remoteRecords } = createLoaders(moving.upstream.openReads(), moving.upstream.memory, 0)
  await Promise.all(visit.wanted.map(csId => remoteRecords.load({ csId })))
}

async function walkThrough(moving: MovingUpstream, { walk, pausesMs, between }: HeldWalk) {
  const { order, limits } = walk
  const returned: number[] = []
  let oldestMs = Number.POSITIVE_INFINITY
  let after: RecordCursor | undefined
  for (let turn = 0; turn < 500; turn++) {
    const reads = moving.upstream.openReads()
    const { recordConnections } = createLoaders(reads, moving.upstream.memory, 0)
    const limit = limits[turn % limits.length] ?? 1
    const wish = { limit, isFromEnd: false, after, before: undefined, order }
    const { edges, hasNext } = await recordConnections.slice(ALL, wish)
    returned.push(...edges.map(({ node }) => node.resource.csId))
    const hasMore = await hasNext()
    oldestMs = Math.min(oldestMs, reads.oldestMs)
    if (edges.length < limit && hasMore) throw new Error('a short answer says that there is more')
    const last = edges.at(-1)
    if (!last || !hasMore) return { returned, oldestMs }
    after = parseRecordCursor(last.cursor)
    await moving.upstream.pass(pausesMs[turn % pausesMs.length] ?? 0)
    moving.change(between[turn] ?? [])
  }
  throw new Error('the walk did not end')
}

export const heldSearch = fc.record({
  upstream: heldUpstream,
  visits: fc.array(visit, { minLength: 1, maxLength: 8 }),
})

type HeldSearch = typeof heldSearch extends fc.Arbitrary<infer Value> ? Value : never

/** A record that is there when it is asked for is found, and one that never was is not there. */
export async function assertHeldSearchIsExact({ upstream, visits }: HeldSearch): Promise<void> {
  const moving = new MovingUpstream(upstream)
  for (const each of visits) {
    await visitOnce(moving, { ...each, wanted: [] })
    for (const wanted of each.wanted) {
      const reads = moving.upstream.openReads()
      const { remoteRecords } = createLoaders(reads, moving.upstream.memory, 0)
      const found = await remoteRecords.load({ csId: wanted })
      if (!found && moving.wasThereSince(reads.beganAtMs, wanted))
        throw new Error(`record ${wanted} was there and was not found`)
      if (found && !moving.wasEverThere(wanted)) throw new Error(`record ${wanted} never existed`)
    }
  }
}

export function assertOrdered(csIds: readonly number[], order: 1 | -1): void {
  csIds.slice(1).forEach((csId, at) => {
    const before = csIds[at] ?? 0
    if (Math.sign(csId - before) !== order)
      throw new Error(`record ${csId} came after record ${before}`)
  })
}
