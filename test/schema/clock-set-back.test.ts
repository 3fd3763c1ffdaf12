import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatGlobalId } from '../../src/schema/global-id.ts'
import type { Gateway, GatewayOptions } from '../gateway.ts'
import { startGateway } from '../gateway.ts'
import { csIdsOf, falling } from './cs-ids.ts'

const FIRST = 1000

const LOOKUP = 'query ($csId: ID!) { remoteRecord(csId: $csId) { csId startedAt } }'

/** 2,000 records, of which 20 were created with a clock that was 100 days behind. */
async function startWithClockSetBack(options: GatewayOptions) {
  const gateway = await startGateway(options)
  gateway.emulator.deleteRange(1500, 1529)
  gateway.emulator.setClockBack(100)
  for (let csId = 1500; csId < 1520; csId++) gateway.emulator.insertRecordAt(csId)
  gateway.emulator.setClockBack(0)
  return gateway
}

test('in a list by time a record hides among others; its chat tells its day', async () => {
  await using gateway = await startWithClockSetBack({ sortBy: 'time' })
  const { data, calls } = await gateway.ask(LOOKUP, { csId: 1510 })
  expect(data.remoteRecord).toEqual({ csId: '1510', startedAt: '2026-06-10T14:55:10+08:00' })
  expect(calls).toEqual([
    'histories page=1 per_page=100',
    'histories page=16 per_page=98',
    'histories page=15 per_page=100',
    'chatrecords/1510 page=1 per_page=1',
    'histories page=1 per_page=100 starttime=2026-06-09 endtime=2026-06-10',
  ])
})

test('one that is gone is told by its chat too, which there is not', async () => {
  await using gateway = await startWithClockSetBack({ sortBy: 'time' })
  const { data, failures, calls } = await gateway.ask(LOOKUP, { csId: 1525 })
  expect(data).toEqual({ remoteRecord: null })
  expect(failures).toEqual([])
  expect(calls.at(-1)).toBe('chatrecords/1525 page=1 per_page=1')
})

test('one without a chat is not told from one that is gone by its list: inconclusive', async () => {
  await using gateway = await startWithClockSetBack({
    sortBy: 'time',
    distort: (body: Record<string, unknown>, path) =>
      path.includes('chatrecords') && 'remote_chatrecords' in body
        ? { ...body, count: 0, remote_chatrecords: { contents: [] } }
        : body,
  })
  const { data, errors, failures, calls } = await gateway.ask(LOOKUP, { csId: 1510 })
  expect(data).toEqual({ remoteRecord: null })
  expect(failures).toEqual(['LOOKUP_INCONCLUSIVE remoteRecord'])
  expect(errors?.[0]?.extensions).toMatchObject({ retryable: false })
  // The last one sees what the upstream answers for a chat that cannot be.
  expect(calls.slice(-2)).toEqual([
    'chatrecords/1510 page=1 per_page=1',
    'chatrecords/999999999999999 page=1 per_page=1',
  ])
})

test('where chats that there are not are empty, one of them tells it for all', async () => {
  const empty = { remote_chatrecords: { contents: [] }, count: 0, next_page: null }
  let isOut = true
  await using gateway = await startGateway({
    distort: (body: object, path) => {
      if (!path.includes('chatrecords') || 'remote_chatrecords' in body) return body
      return isOut ? Response.json({ status: '404' }, { status: 404 }) : Response.json(empty)
    },
  })
  const absent = [4000, 4001, 4002, 4003]
  const lookUp = () =>
    gateway.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
      ids: absent.map(csId => formatGlobalId({ typename: 'RemoteRecord', parts: [`${csId}`] })),
    })
  await lookUp()
  isOut = false
  for (const chats of [[...absent, 999_999_999_999_999], absent]) {
    const { data, failures, calls } = await lookUp()
    expect(failures).toEqual([])
    expect(data).toEqual({ nodes: [null, null, null, null] })
    expect(calls.filter(call => call.startsWith('chat'))).toEqual(
      chats.map(csId => `chatrecords/${csId} page=1 per_page=1`),
    )
  }
})

test.each([
  ['with a code of its own', Response.json({ status: '120003', message: 'no such service' })],
  ['as forbidden', Response.json({ status: '403', message: 'no' }, { status: 403 })],
])('a chat that is refused %s leaves an absence to the list', async (_, refusal) => {
  await using gateway = await startGateway({
    distort: (body: object, path) => (path.includes('chatrecords') ? refusal.clone() : body),
  })
  const { data, failures, calls } = await gateway.ask(LOOKUP, { csId: 4000 })
  expect(data).toEqual({ remoteRecord: null })
  expect(failures).toEqual([])
  expect(calls).toEqual(['histories page=1 per_page=100', 'chatrecords/4000 page=1 per_page=1'])
})

test('a list that is seen to go by csId proves an absence alone', async () => {
  await using gateway = await startWithClockSetBack({ sortBy: 'csId' })
  for (const [csId, found] of [
    [1510, { csId: '1510' }],
    [1525, null],
    [1700, { csId: '1700' }],
    [3000, null],
  ] as const) {
    const { data, calls } = await gateway.ask(
      'query ($csId: ID!) { remoteRecord(csId: $csId) { csId } }',
      { csId },
    )
    expect([csId, data.remoteRecord]).toEqual([csId, found])
    expect(calls.filter(call => call.startsWith('chat'))).toEqual([])
  }
})

test('a walk that comes to records of a wrong clock fails; the next one reads the list whole', async () => {
  await using gateway = await startWithClockSetBack({ sortBy: 'time', recordCount: 900 })
  expect(await walk(gateway, 'NEWEST_FIRST', [100])).toBeUndefined()
  expect(await walk(gateway, 'NEWEST_FIRST', [100])).toEqual(
    falling(1899, 1000)
      .map(Number)
      .filter(csId => csId < 1520 || csId > 1529),
  )
})

test('a list that takes more calls to read whole than an operation may make is refused, never cut', async () => {
  await using gateway = await startWithClockSetBack({ sortBy: 'time', recordCount: 1900 })
  expect(await walk(gateway, 'NEWEST_FIRST', [100])).toBeUndefined()
  expect(await walk(gateway, 'NEWEST_FIRST', [100])).toBeUndefined()
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

/** A list that has to be read whole to be sorted may need more calls than an operation may make. */
const INCONCLUSIVE = /^(LOOKUP_INCONCLUSIVE|UPSTREAM_CALL_LIMIT) /

const LOOKUPS = `query ($nodes: [ID!]!, $entities: [_Any!]!) {
  nodes(ids: $nodes) { ... on RemoteRecord { csId } }
  _entities(representations: $entities) { ... on RemoteRecord { csId companyName } }
}`

/** Wrong is what is neither the record, nor null where there is none, nor inconclusive. */
function expectRight(
  { data, failures }: Awaited<ReturnType<Gateway['ask']>>,
  field: string,
  csIds: readonly number[],
  present: ReadonlySet<number>,
): number {
  const settled = csIds.filter((csId, at) => {
    const failed = failures.filter(failure => failure.endsWith(` ${field} ${at}`))
    for (const failure of failed) expect(failure).toMatch(INCONCLUSIVE)
    if (failed.length > 0) return false
    const found = data[field][at]?.csId ?? null
    expect([csId, found]).toEqual([csId, present.has(csId) ? String(csId) : null])
    return true
  })
  return settled.length
}

test('with days that do not rise with ids, a look-up is right, null or inconclusive', async () => {
  const wanted = fc.uniqueArray(fc.integer({ min: FIRST - 5, max: FIRST + 430 }), {
    minLength: 1,
    maxLength: 12,
  })
  let asked = 0
  let settled = 0
  await fc.assert(
    fc.asyncProperty(history, fc.array(wanted, { maxLength: 4 }), async (past, batches) => {
      await using gateway = await startGateway(past.upstream)
      const present = happen(gateway, past)
      for (const csIds of batches) {
        const node = (csId: number) =>
          formatGlobalId({ typename: 'RemoteRecord', parts: [`${csId}`] })
        const answer = await gateway.ask(LOOKUPS, {
          nodes: csIds.map(node),
          entities: csIds.map(csId => ({ __typename: 'RemoteRecord', csId: String(csId) })),
        })
        for (const field of ['nodes', '_entities']) {
          settled += expectRight(answer, field, csIds, present)
          asked += csIds.length
        }
      }
    }),
    { numRuns: 100 },
  )
  expect(settled / asked).toBeGreaterThan(0.9)
})

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
      const first = await walk(gateway, by, limits)
      if (first) expect(first).toEqual(expected)
      // What went wrong is remembered: then the list is read whole from its start.
      if (!first) expect(await walk(gateway, by, limits)).toEqual(expected)
    }),
    { numRuns: 100 },
  )
})
