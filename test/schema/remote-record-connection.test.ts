import { describe, expect, test } from 'vitest'
import type { Gateway } from '../gateway.ts'
import { startGateway } from '../gateway.ts'
import { csIdsOf, falling, rising } from './cs-ids.ts'

const PAGE = `query (
  $first: Int, $after: String, $last: Int, $before: String
  $createdOn: DateRange, $order: RecordOrder! = NEWEST_FIRST
) {
  remoteRecords(
    first: $first, after: $after, last: $last, before: $before
    createdOn: $createdOn, order: $order
  ) {
    totalCount
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { cursor node { csId } }
    nodes { csId }
  }
}`

async function ask(gateway: Gateway, variables: Readonly<Record<string, unknown>>) {
  const { data, failures, calls } = await gateway.ask(PAGE, variables)
  if (failures.length > 0) throw new Error(failures.join())
  const page = data.remoteRecords
  return { page, csIds: csIdsOf(page), calls, info: page.pageInfo }
}

const cursorOf = async (gateway: Gateway, csId: number): Promise<string> => {
  const { page } = await ask(gateway, { first: 100 })
  return page.edges[2999 - csId].cursor
}

test('without arguments: the latest twenty', async () => {
  await using gateway = await startGateway()
  const { page, csIds, calls } = await ask(gateway, {})
  expect(csIds).toEqual(falling(2999, 2980))
  expect(csIdsOf({ nodes: page.edges.map(({ node }: { node: never }) => node) })).toEqual(csIds)
  expect(page.totalCount).toBe(2000)
  expect(page.pageInfo).toEqual({
    hasNextPage: true,
    hasPreviousPage: false,
    startCursor: page.edges[0].cursor,
    endCursor: page.edges[19].cursor,
  })
  expect(calls).toEqual(['histories page=1 per_page=21'])
})

test.each([
  ['descending', 'histories page=2 per_page=100'],
  ['ascending', 'histories page=19 per_page=100'],
] as const)('after a cursor, on an upstream that is %s', async (order, call) => {
  await using gateway = await startGateway({ order })
  const first = await ask(gateway, { first: 100 })
  const { csIds, info, calls } = await ask(gateway, { first: 100, after: first.info.endCursor })
  expect(csIds).toEqual(falling(2899, 2800))
  expect(info).toMatchObject({ hasNextPage: true, hasPreviousPage: true })
  expect(calls).toEqual([call])
})

test('before a cursor come the last ones before it, in the order of the list', async () => {
  await using gateway = await startGateway()
  const before = await cursorOf(gateway, 2950)
  const { csIds, info, calls } = await ask(gateway, { last: 10, before })
  expect(csIds).toEqual(falling(2960, 2951))
  expect(info).toMatchObject({ hasNextPage: true, hasPreviousPage: true })
  expect(calls).toEqual(['histories page=3 per_page=19'])
})

test.each([
  [
    { first: 5 },
    falling(2998, 2994),
    { hasNextPage: true, hasPreviousPage: true },
    '1 per_page=12',
  ],
  [{ last: 5 }, falling(2985, 2981), { hasNextPage: true, hasPreviousPage: true }, '2 per_page=13'],
  [
    { first: 18 },
    falling(2998, 2981),
    { hasNextPage: false, hasPreviousPage: true },
    '1 per_page=25',
  ],
  [
    { last: 100 },
    falling(2998, 2981),
    { hasNextPage: true, hasPreviousPage: false },
    '1 per_page=26',
  ],
])('between two cursors: %j', async (size, expected, pageInfo, page) => {
  await using gateway = await startGateway()
  const after = await cursorOf(gateway, 2999)
  const before = await cursorOf(gateway, 2980)
  const { csIds, info, calls } = await ask(gateway, { ...size, after, before })
  expect(csIds).toEqual(expected)
  expect(info).toMatchObject(pageInfo)
  expect(calls).toEqual([`histories page=${page}`])
})

test('cursors the wrong way round have nothing between them', async () => {
  await using gateway = await startGateway()
  const after = await cursorOf(gateway, 2980)
  const before = await cursorOf(gateway, 2990)
  const { csIds, info } = await ask(gateway, { first: 5, after, before })
  expect(csIds).toEqual([])
  expect(info).toMatchObject({ hasNextPage: false, startCursor: before, endCursor: after })
})

test.each(['descending', 'ascending'] as const)(
  'oldest first, on an upstream that is %s',
  async order => {
    await using gateway = await startGateway({ order })
    const first = await ask(gateway, { first: 3, order: 'OLDEST_FIRST' })
    expect(first.csIds).toEqual(rising(1000, 1002))
    expect(first.info).toMatchObject({ hasNextPage: true, hasPreviousPage: false })
    const next = await ask(gateway, {
      first: 3,
      order: 'OLDEST_FIRST',
      after: first.info.endCursor,
    })
    expect(next.csIds).toEqual(rising(1003, 1005))
    const last = await ask(gateway, { last: 3, order: 'OLDEST_FIRST' })
    expect(last.csIds).toEqual(rising(2997, 2999))
    expect(last.info).toMatchObject({ hasNextPage: false, hasPreviousPage: true })
  },
)

test('a cursor serves either order', async () => {
  await using gateway = await startGateway()
  const after = await cursorOf(gateway, 2990)
  const { csIds } = await ask(gateway, { first: 3, after, order: 'OLDEST_FIRST' })
  expect(csIds).toEqual(rising(2991, 2993))
})

test('the last page says that there is none after it', async () => {
  await using gateway = await startGateway()
  const { csIds, info } = await ask(gateway, { last: 20 })
  expect(csIds).toEqual(falling(1019, 1000))
  expect(info).toMatchObject({ hasNextPage: false, hasPreviousPage: true })
})

test('a last page that is exactly full ends the list', async () => {
  await using gateway = await startGateway({ recordCount: 200 })
  const first = await ask(gateway, { first: 100 })
  expect(first.info).toMatchObject({ hasNextPage: true })
  const last = await ask(gateway, { first: 100, after: first.info.endCursor })
  expect(last.csIds).toEqual(falling(1099, 1000))
  expect(last.info).toMatchObject({ hasNextPage: false, hasPreviousPage: true })
})

test('after the last record there is nothing', async () => {
  await using gateway = await startGateway({ recordCount: 30 })
  const { info } = await ask(gateway, { last: 1 })
  const { page, csIds } = await ask(gateway, { first: 10, after: info.endCursor })
  expect(csIds).toEqual([])
  expect(page.totalCount).toBe(30)
  expect(page.pageInfo).toEqual({
    hasNextPage: false,
    hasPreviousPage: true,
    startCursor: null,
    endCursor: info.endCursor,
  })
})

test('an empty page gives the cursor back from which what is new is found later', async () => {
  await using gateway = await startGateway({ recordCount: 30 })
  const walk = (after: string) => ask(gateway, { order: 'OLDEST_FIRST', after })
  const { info } = await ask(gateway, { first: 1 })
  const { csIds, info: empty } = await walk(info.endCursor)
  expect(csIds).toEqual([])
  for (let added = 0; added < 2; added++) gateway.emulator.insertRecord()
  expect((await walk(empty.endCursor)).csIds).toEqual(rising(1030, 1031))
})

test('before the first record there is nothing', async () => {
  await using gateway = await startGateway({ recordCount: 30 })
  const { info } = await ask(gateway, { first: 1 })
  const { csIds, info: empty } = await ask(gateway, { before: info.startCursor })
  expect(csIds).toEqual([])
  expect(empty).toEqual({
    hasNextPage: true,
    hasPreviousPage: false,
    startCursor: info.startCursor,
    endCursor: null,
  })
})

test('before a cursor alone come the last twenty before it', async () => {
  await using gateway = await startGateway()
  const before = await cursorOf(gateway, 2950)
  const { csIds, info } = await ask(gateway, { before })
  expect(csIds).toEqual(falling(2970, 2951))
  expect(info).toMatchObject({ hasNextPage: true, hasPreviousPage: true })
})

test('a cursor after and one before, without a size, count from the start', async () => {
  await using gateway = await startGateway()
  const [after, before] = [await cursorOf(gateway, 2999), await cursorOf(gateway, 2950)]
  expect((await ask(gateway, { after, before })).csIds).toEqual(falling(2998, 2979))
})

test('an empty cursor counts as none', async () => {
  await using gateway = await startGateway()
  expect((await ask(gateway, { after: '', first: 3 })).csIds).toEqual(falling(2999, 2997))
  expect((await ask(gateway, { before: '', first: 3 })).csIds).toEqual(falling(2999, 2997))
  expect((await ask(gateway, { before: '' })).csIds).toEqual(falling(2999, 2980))
  expect((await ask(gateway, { before: '', last: 3 })).csIds).toEqual(falling(1002, 1000))
  const { page } = await ask(gateway, { before: '', after: '', createdOn: { from: '2027-01-01' } })
  expect(page.pageInfo).toMatchObject({ startCursor: null, endCursor: null })
})

describe('a part without rows', () => {
  test.each(['first', 'last'])('has no edges, and costs nothing: %s: 0', async size => {
    await using gateway = await startGateway()
    const records = `remoteRecords(${size}: 0) {
      edges { cursor node { problemType { label } chatMessages { totalCount } } }
      nodes { serviceSummary { state } }
      pageInfo { startCursor endCursor }
    }`
    const { data, calls, atMost } = await gateway.ask(
      `{ ${records} agent(servicerId: "201") { ${records} } }`,
    )
    const nothing = { edges: [], nodes: [], pageInfo: { startCursor: null, endCursor: null } }
    expect(data).toEqual({ remoteRecords: nothing, agent: { remoteRecords: nothing } })
    expect([calls, atMost]).toEqual([[], 0])
  })

  test('costs the call that counts the list, if its length is asked for', async () => {
    await using gateway = await startGateway()
    const { data, calls, atMost } = await gateway.ask(
      '{ remoteRecords(first: 0) { totalCount nodes { csId } } }',
    )
    expect(data.remoteRecords).toEqual({ totalCount: 2000, nodes: [] })
    expect(calls).toHaveLength(1)
    expect(atMost).toBe(1)
  })

  test.each([
    [{ first: 0 }, {}, { hasNextPage: true, hasPreviousPage: false }],
    [{ last: 0 }, {}, { hasNextPage: false, hasPreviousPage: true }],
    [{ first: 0 }, { after: 1000 }, { hasNextPage: false, hasPreviousPage: true }],
    [{ last: 0 }, { before: 1029 }, { hasNextPage: true, hasPreviousPage: false }],
    [{ first: 0 }, { after: 1010 }, { hasNextPage: true, hasPreviousPage: true }],
  ])('says what is around it, if that is asked: %j %j', async (size, at, expected) => {
    await using gateway = await startGateway({ recordCount: 30 })
    const { page } = await ask(gateway, { first: 100 })
    const cursors = Object.entries(at).map(([name, csId]) => [name, page.edges[1029 - csId].cursor])
    const { info, csIds } = await ask(gateway, { ...size, ...Object.fromEntries(cursors) })
    expect(csIds).toEqual([])
    expect(info).toMatchObject(expected)
  })
})

test('an empty list is empty, either way, and remembered as such', async () => {
  await using gateway = await startGateway({ recordCount: 0 })
  for (const [size, rows] of [
    [{ first: 5 }, 6],
    [{ last: 5 }, 100],
  ] as const) {
    const { page, calls } = await ask(gateway, size)
    expect(page).toEqual({
      totalCount: 0,
      edges: [],
      nodes: [],
      pageInfo: {
        hasNextPage: false,
        hasPreviousPage: false,
        startCursor: null,
        endCursor: null,
      },
    })
    expect(calls).toEqual([`histories page=1 per_page=${rows}`])
  }
})

test.each([
  [
    { from: '2026-11-20', to: '2026-11-20' },
    34,
    falling(2972, 2963),
    'starttime=2026-11-20 endtime=2026-11-20',
  ],
  [{ from: '2026-11-22' }, 18, falling(2999, 2990), 'starttime=2026-11-22'],
  [{ to: '2026-11-20' }, 1973, falling(2972, 2963), 'endtime=2026-11-20'],
  [{ from: '2027-01-01' }, 0, [], 'starttime=2027-01-01'],
])('days %j', async (createdOn, totalCount, expected, sent) => {
  await using gateway = await startGateway()
  const { page, csIds, calls } = await ask(gateway, { first: 10, createdOn })
  expect(csIds).toEqual(expected)
  expect(page.totalCount).toBe(totalCount)
  expect(calls).toEqual([`histories page=1 per_page=11 ${sent}`])
})

test('a range without a bound is the whole list', async () => {
  await using gateway = await startGateway()
  const { page, calls } = await ask(gateway, { createdOn: {} })
  expect(page.totalCount).toBe(2000)
  expect(calls).toEqual(['histories page=1 per_page=21'])
})
