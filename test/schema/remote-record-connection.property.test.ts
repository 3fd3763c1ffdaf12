import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Gateway } from '../gateway.ts'
import { startGateway } from '../gateway.ts'
import { csIdsOf } from './cs-ids.ts'

const SLICE = `query (
  $first: Int, $after: String, $last: Int, $before: String, $order: RecordOrder! = NEWEST_FIRST
) {
  remoteRecords(first: $first, after: $after, last: $last, before: $before, order: $order) {
    totalCount
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { cursor node { csId } }
    nodes { csId }
  }
}`

const upstream = fc.record({
  recordCount: fc.nat({ max: 45 }),
  csIdStep: fc.constantFrom(1, 3),
  order: fc.constantFrom('ascending' as const, 'descending' as const),
  // Lists of smaller pages need more calls than an operation may make: see lying-upstream.test.ts.
  maxPerPage: fc.oneof(fc.constant(100), fc.integer({ min: 20, max: 50 })),
})

const slice = fc.record({
  order: fc.constantFrom('NEWEST_FIRST' as const, 'OLDEST_FIRST' as const),
  isFromEnd: fc.boolean(),
  size: fc.integer({ min: 0, max: 60 }),
  after: fc.option(fc.nat({ max: 50 }), { nil: undefined }),
  before: fc.option(fc.nat({ max: 50 }), { nil: undefined }),
})

type Slice = typeof slice extends fc.Arbitrary<infer Value> ? Value : never

/** All records as one caller walks through them, each with its cursor. */
async function walkAll(gateway: Gateway): Promise<{ csId: string; cursor: string }[]> {
  const edges: { csId: string; cursor: string }[] = []
  for (;;) {
    const { data } = await gateway.ask(SLICE, { first: 100, after: edges.at(-1)?.cursor })
    const page = data.remoteRecords
    for (const { cursor, node } of page.edges) edges.push({ cursor, csId: node.csId })
    if (!page.pageInfo.hasNextPage) return edges
  }
}

/** The slice as Relay's specification words it. */
function expected(all: readonly string[], { isFromEnd, size }: Slice, from?: string, to?: string) {
  const start = from === undefined ? 0 : all.indexOf(from) + 1
  const end = to === undefined ? all.length : all.indexOf(to)
  const between = start < end ? all.slice(start, end) : []
  return {
    csIds: isFromEnd ? between.slice(Math.max(0, between.length - size)) : between.slice(0, size),
    hasMore: between.length > size,
  }
}

test('any slice is the slice of the whole list', async () => {
  const slices = fc.array(slice, { minLength: 1, maxLength: 8 })
  await fc.assert(
    fc.asyncProperty(upstream, slices, fc.boolean(), async (options, wishes, forgets) => {
      await using gateway = await startGateway(options)
      const edges = await walkAll(gateway)
      expect(edges).toHaveLength(options.recordCount)
      for (const wish of wishes) {
        const [after, before] = [edges[wish.after ?? -1], edges[wish.before ?? -1]]
        if (forgets) gateway.forget()
        const { data, failures } = await gateway.ask(SLICE, {
          [wish.isFromEnd ? 'last' : 'first']: wish.size,
          after: after?.cursor,
          before: before?.cursor,
          order: wish.order,
        })
        expect(failures).toEqual([])
        const newestFirst = edges.map(({ csId }) => csId)
        const all = wish.order === 'NEWEST_FIRST' ? newestFirst : newestFirst.toReversed()
        const { csIds, hasMore } = expected(all, wish, after?.csId, before?.csId)
        const page = data.remoteRecords
        expect(csIdsOf(page)).toEqual(csIds)
        expect(page.totalCount).toBe(options.recordCount)
        expect(page.pageInfo[wish.isFromEnd ? 'hasPreviousPage' : 'hasNextPage']).toBe(hasMore)
        const isBehind = (wish.isFromEnd ? before : after) !== undefined
        expect(page.pageInfo[wish.isFromEnd ? 'hasNextPage' : 'hasPreviousPage']).toBe(isBehind)
        expect(page.pageInfo.startCursor).toBe(page.edges[0]?.cursor ?? before?.cursor ?? null)
        expect(page.pageInfo.endCursor).toBe(page.edges.at(-1)?.cursor ?? after?.cursor ?? null)
      }
    }),
    { numRuns: 150 },
  )
})
