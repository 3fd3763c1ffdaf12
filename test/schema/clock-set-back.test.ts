import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Gateway, GatewayOptions } from '../gateway.ts'
import { startGateway } from '../gateway.ts'
import { csIdsOf } from './cs-ids.ts'

const FIRST = 1000

/** 2,000 records, of which 20 were created with a clock that was 100 days behind. */
async function startWithClockSetBack(options: GatewayOptions) {
  const gateway = await startGateway(options)
  gateway.emulator.deleteRange(1500, 1529)
  gateway.emulator.setClockBack(100)
  for (let csId = 1500; csId < 1520; csId++) gateway.emulator.insertRecordAt(csId)
  gateway.emulator.setClockBack(0)
  return gateway
}

test('in a list by csId the clock does not matter: records are found, and absences proven', async () => {
  await using gateway = await startWithClockSetBack({ sortBy: 'csId' })
  for (const [csId, found] of [
    [1510, { csId: '1510' }],
    [1525, null],
    [1700, { csId: '1700' }],
    [3000, null],
  ] as const) {
    const { data } = await gateway.ask(
      'query ($csId: ID!) { remoteRecord(csId: $csId) { csId } }',
      { csId },
    )
    expect([csId, data.remoteRecord]).toEqual([csId, found])
  }
})

test('a list by time is refused as soon as a page shows that it is in no order, and says what helps', async () => {
  await using gateway = await startWithClockSetBack({ sortBy: 'time' })
  let after: string | null = null
  for (;;) {
    const { data, errors, failures } = await gateway.ask(WALK, {
      first: 100,
      after,
      order: 'NEWEST_FIRST',
    })
    if (failures.length > 0) {
      expect(failures[0]).toMatch(/^LOOKUP_INCONCLUSIVE remoteRecords/)
      expect(errors?.[0]?.extensions).toMatchObject({ retryable: false })
      expect(errors?.[0]?.message).toContain('Narrow the days')
      return
    }
    after = data.remoteRecords.pageInfo.endCursor
  }
})

test('a short list is sorted here, as one page has all of it', async () => {
  await using gateway = await startWithClockSetBack({ sortBy: 'time' })
  const { data, failures } = await gateway.ask(
    `{ remoteRecords(first: 100, createdOn: { from: "2026-06-01", to: "2026-06-11" }) {
      nodes { csId }
    } }`,
  )
  expect(failures).toEqual([])
  const csIds = csIdsOf(data.remoteRecords).map(Number)
  expect(csIds).toContain(1510)
  expect(csIds).toEqual(csIds.toSorted((one, other) => other - one))
})

/** Records that were created while the clock was set back, and others that are gone. */
const history = fc.record({
  upstream: fc.record({
    recordCount: fc.integer({ min: 120, max: 420 }),
    days: fc.integer({ min: 5, max: 40 }),
    order: fc.constantFrom('ascending' as const, 'descending' as const),
    sortBy: fc.constantFrom('csId' as const, 'time' as const, 'time' as const),
    maxPerPage: fc.constantFrom(100, 100, 40),
  }),
  setBackAt: fc.double({ min: 0, max: 1, noNaN: true }),
  setBackFor: fc.integer({ min: 1, max: 60 }),
  setBackByDays: fc.integer({ min: 1, max: 45 }),
  /** Where a stretch is empty, the records of the wrong clock stand among themselves. */
  hole: fc.option(fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), size: fc.nat(120) })),
  deleted: fc.array(fc.nat({ max: 450 }), { maxLength: 30 }),
})

type History = typeof history extends fc.Arbitrary<infer Value> ? Value : never

/** Lets it happen; gives the csIds that are there. */
function happen(
  { emulator }: Gateway,
  { upstream, setBackAt, setBackFor, setBackByDays, hole, deleted }: History,
): ReadonlySet<number> {
  const last = FIRST + upstream.recordCount - 1
  const present = new Set(Array.from({ length: upstream.recordCount }, (_, at) => FIRST + at))
  const remove = (from: number, to: number) => {
    emulator.deleteRange(from, to)
    for (let csId = from; csId <= to; csId++) present.delete(csId)
  }
  const at = (share: number) => FIRST + Math.floor(share * (upstream.recordCount - 1))
  if (hole) remove(at(hole.at), Math.min(last, at(hole.at) + hole.size))
  const from = at(setBackAt)
  const to = Math.min(last, from + setBackFor - 1)
  remove(from, to)
  emulator.setClockBack(setBackByDays)
  for (let csId = from; csId <= to; csId++) {
    emulator.insertRecordAt(csId)
    present.add(csId)
  }
  emulator.setClockBack(0)
  for (const each of deleted) remove(FIRST + each, FIRST + each)
  return present
}

/** What is in no order takes calls until that is seen. */
const INCONCLUSIVE = /^(LOOKUP_INCONCLUSIVE|UPSTREAM_CALL_LIMIT) /

const WALK = `query ($first: Int, $after: String, $order: RecordOrder!) {
  remoteRecords(first: $first, after: $after, order: $order) {
    pageInfo { hasNextPage endCursor } nodes { csId id }
  }
}`

type Order = 'NEWEST_FIRST' | 'OLDEST_FIRST'

/** The csIds of a whole walk; undefined where it fails as inconclusive. */
async function walk(
  gateway: Gateway,
  order: Order,
  sizes: readonly number[],
): Promise<readonly number[] | undefined> {
  const csIds: number[] = []
  let after: string | null = null
  for (let turn = 0; ; turn++) {
    const { data, failures } = await gateway.ask(WALK, {
      first: sizes[turn % sizes.length],
      after,
      order,
    })
    for (const failure of failures) expect(failure).toMatch(INCONCLUSIVE)
    if (failures.length > 0) return undefined
    csIds.push(...csIdsOf(data.remoteRecords).map(Number))
    const { hasNextPage, endCursor } = data.remoteRecords.pageInfo
    if (!hasNextPage) return csIds
    after = endCursor
  }
}

test('a walk that ends has returned each record once, in order', async () => {
  const sizes = fc.array(fc.integer({ min: 5, max: 100 }), { minLength: 1, maxLength: 4 })
  const order = fc.constantFrom<Order>('NEWEST_FIRST', 'OLDEST_FIRST')
  await fc.assert(
    fc.asyncProperty(history, sizes, order, async (past, limits, by) => {
      await using gateway = await startGateway(past.upstream)
      const expected = [...happen(gateway, past)].sort((a, b) => a - b)
      if (by === 'NEWEST_FIRST') expected.reverse()
      const walked = await walk(gateway, by, limits)
      if (walked) expect(walked).toEqual(expected)
    }),
    { numRuns: 100 },
  )
})
