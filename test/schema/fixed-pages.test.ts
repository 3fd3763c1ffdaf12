import { describe, expect, test } from 'vitest'
import { type Gateway, startGateway } from '../gateway.ts'
import { numbers } from '../history/lists/placed-pages.ts'

/** Pages have so many rows whatever is asked for, and csIds have gaps: no page shows both sides of a border. */
const startWith = (perPage: number | 'all', order: 'ascending' | 'descending' = 'descending') =>
  startGateway({
    recordCount: 300,
    days: 30,
    csIdStep: 3,
    order,
    oddities: { lists: { perPage } },
  })

const NEWEST = numbers(299, 0).map(at => String(1000 + 3 * at))

const PAGE = `query ($first: Int, $after: String, $order: RecordOrder!) {
  remoteRecords(first: $first, after: $after, order: $order) {
    nodes { csId }
    pageInfo { hasNextPage endCursor }
  }
}`
const OF_AGENT = `query ($after: String) { agent(servicerId: 201) {
  remoteRecords(first: 30, after: $after) {
    nodes { csId agent { servicerId } }
    pageInfo { hasNextPage endCursor }
  }
} }`

async function walk(gateway: Gateway, query: string, variables: Record<string, unknown>) {
  const csIds: string[] = []
  const over: number[] = []
  let after: string | null = null
  do {
    const { data, failures, calls, atMost } = await gateway.ask(query, { ...variables, after })
    expect(failures).toEqual([])
    const page = data.agent?.remoteRecords ?? data.remoteRecords
    for (const { csId } of page.nodes) csIds.push(csId)
    over.push(Math.max(0, calls.length - atMost))
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null
  } while (after !== null)
  return { csIds, over }
}

describe.each([
  [10, 'descending'],
  [20, 'descending'],
  [20, 'ascending'],
  [50, 'descending'],
  ['all', 'descending'],
  ['all', 'ascending'],
] as const)('an upstream that gives pages of %s rows, %s', (perPage, order) => {
  test.each([
    ['NEWEST_FIRST', 100, NEWEST],
    ['OLDEST_FIRST', 20, NEWEST.toReversed()],
  ])('is walked, %s by %d', async (inOrder, first, expected) => {
    await using gateway = await startWith(perPage, order)
    const { csIds } = await walk(gateway, PAGE, { first, order: inOrder })
    expect(csIds).toEqual(expected)
    // What was learnt on the way is known to the next walk.
    const { over } = await walk(gateway, PAGE, { first, order: inOrder })
    expect(over.every(calls => calls === 0)).toBe(true)
  })

  test('is walked through an agent\u2019s records', async () => {
    await using gateway = await startWith(perPage, order)
    const { csIds } = await walk(gateway, OF_AGENT, {})
    gateway.emulator.oddities = {}
    gateway.forget()
    expect(csIds).toEqual((await walk(gateway, OF_AGENT, {})).csIds)
    expect(csIds.length).toBeGreaterThan(30)
  })

  test('is searched, and what is between two records is proven absent', async () => {
    await using gateway = await startWith(perPage, order)
    const csIds = [1003, 1060, 1057, 1600, 1601, 1058, 1059, 1895, 1897, 5000, 1]
    const aliases = csIds.map(csId => `r${csId}: remoteRecord(csId: ${csId}) { csId }`)
    const { data, failures } = await gateway.ask(`{ ${aliases.join(' ')} }`)
    expect(failures).toEqual([])
    const found = csIds.filter(csId => data[`r${csId}`] !== null)
    expect(found).toEqual([1003, 1060, 1057, 1600, 1897])
  })

  test('is counted', async () => {
    await using gateway = await startWith(perPage, order)
    const days = 'createdOn: { from: "2026-10-20", to: "2026-11-23" }'
    const { data, failures } = await gateway.ask(
      `{ remoteRecordStatistics(${days}) { count byStatus { count } }
        remoteRecords(first: 10, ${days}, filter: { isResolved: true }) { totalCount }
        resolved: remoteRecordStatistics(${days}, filter: { isResolved: true }) { count } }`,
    )
    expect(failures).toEqual([])
    const { count, byStatus } = data.remoteRecordStatistics
    const sum = byStatus.reduce((all: number, each: { count: number }) => all + each.count, 0)
    expect([count, sum]).toEqual([300, 300])
    expect(data.remoteRecords.totalCount).toBe(data.resolved.count)
  })
})
