import { expect, test } from 'vitest'
import type { Gateway } from '../gateway.ts'
import { startGateway } from '../gateway.ts'
import { csIdsOf, falling, rising } from './cs-ids.ts'
import { ask } from './record-pages.ts'

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
