import { describe, expect, test } from 'vitest'
import { startGateway } from '../gateway.ts'
import { csIdsOf } from './cs-ids.ts'
import { ask, BAD } from './filtered-page.ts'
import { DAYS, MONTH } from './month.ts'

describe('what a page reads', () => {
  test('a month of 644 records costs its 7 pages, and its count none more', async () => {
    await using gateway = await startGateway()
    const { data, calls } = await gateway.ask(
      `query ($filter: RemoteRecordFilter, $days: DateRange) {
        remoteRecords(first: 100, filter: $filter, createdOn: $days) {
          totalCount nodes { csId } scan { recordsRead callsMade isComplete }
        }
        unresolved: remoteRecords(first: 100, filter: { isResolved: false }, createdOn: $days) {
          totalCount
        }
      }`,
      { filter: BAD, days: MONTH },
    )
    expect(data.remoteRecords.scan).toEqual({ recordsRead: 644, callsMade: 7, isComplete: true })
    expect(data.remoteRecords.totalCount).toBe(data.remoteRecords.nodes.length)
    expect(calls).toHaveLength(7)
    expect(calls.slice(0, 2)).toEqual([
      `histories page=1 per_page=100 ${DAYS}`,
      `histories page=2 per_page=100 ${DAYS}`,
    ])
  })

  test('it stops when it has as many as are wanted, just before the next match', async () => {
    await using gateway = await startGateway()
    const { csIds, info, scan, calls } = await ask(gateway, { first: 3 })
    expect(csIds).toEqual(['2994', '2984', '2983'])
    expect(info).toMatchObject({ hasNextPage: true, hasPreviousPage: false })
    // 2999 down to 2982: the next one that matches is 2981.
    expect(scan).toEqual({ recordsRead: 18, callsMade: 1, isComplete: true })
    expect(calls).toEqual([`histories page=1 per_page=100 ${DAYS}`])
    const next = await ask(gateway, { first: 2, after: info.endCursor })
    expect(next.csIds).toEqual(['2981', '2971'])
    expect(next.info).toMatchObject({ hasNextPage: true, hasPreviousPage: true })
    expect(next.calls).toHaveLength(1)
  })

  test('from the far end it costs one call more, for its length', async () => {
    await using gateway = await startGateway()
    await gateway.ask('{ remoteRecords { nodes { csId } } }')
    const { scan, calls, expected } = await ask(gateway, { first: 100, order: 'OLDEST_FIRST' })
    expect(scan).toEqual({ recordsRead: 644, callsMade: 8, isComplete: true })
    expect(calls[0]).toBe(`histories page=1 per_page=1 ${DAYS}`)
    expect(expected).toBe(2)
  })

  test('backward it gives the last ones, in the order of the list', async () => {
    await using gateway = await startGateway()
    const all = await ask(gateway, { first: 100 })
    const last = await ask(gateway, { last: 2 })
    expect(last.csIds).toEqual(all.csIds.slice(-2))
    expect(last.info).toMatchObject({ hasNextPage: false, hasPreviousPage: true })
    const before = await ask(gateway, { last: 2, before: last.info.startCursor })
    expect(before.csIds).toEqual(all.csIds.slice(-4, -2))
    expect(before.info).toMatchObject({ hasNextPage: true, hasPreviousPage: true })
  })

  test('between two cursors it looks at nothing else', async () => {
    await using gateway = await startGateway()
    const first = await ask(gateway, { first: 1 })
    const third = await ask(gateway, { first: 3 })
    const between = { after: first.info.endCursor, before: third.info.endCursor }
    const { csIds, info, scan } = await ask(gateway, { first: 100, ...between })
    expect(csIds).toEqual(['2984', '2983'])
    expect(info).toMatchObject({ hasNextPage: false, hasPreviousPage: true })
    expect(scan.recordsRead).toBe(third.scan.recordsRead - first.scan.recordsRead - 1)
  })

  test('a list in which nothing matches is read to its end, and has no edge', async () => {
    await using gateway = await startGateway()
    const filter = { companyNames: ['没有这家公司'] }
    const { csIds, info, scan } = await ask(gateway, { first: 5, filter })
    expect(csIds).toEqual([])
    expect(scan).toEqual({ recordsRead: 644, callsMade: 7, isComplete: true })
    expect(info).toMatchObject({ hasNextPage: false, hasPreviousPage: false })
  })

  test('days without records are an empty list', async () => {
    await using gateway = await startGateway()
    const days = { from: '2020-01-01', to: '2020-12-31' }
    const { csIds, info, scan } = await ask(gateway, { first: 5, days })
    expect(csIds).toEqual([])
    expect(scan).toEqual({ recordsRead: 0, callsMade: 1, isComplete: true })
    expect(info).toEqual({
      hasNextPage: false,
      hasPreviousPage: false,
      startCursor: null,
      endCursor: null,
    })
  })

  test('labels of what it found are looked up where the records are', async () => {
    await using gateway = await startGateway()
    const { data, failures } = await gateway.ask(
      `query ($filter: RemoteRecordFilter, $days: DateRange) {
        remoteRecords(first: 100, filter: $filter, createdOn: $days) {
          nodes { problemType { label } }
        }
      }`,
      { filter: BAD, days: MONTH },
    )
    expect(failures).toEqual([])
    const labels = data.remoteRecords.nodes.map(
      ({ problemType }: { problemType: { label: string } }) => problemType.label,
    )
    expect(labels).toHaveLength(55)
    expect(labels).not.toContain(null)
  })
})

describe('one agent alone', () => {
  test("is asked for: the agent's own list, whatever the days", async () => {
    await using gateway = await startGateway()
    const { data, calls, atMost } = await gateway.ask(
      `{ remoteRecords(first: 3, filter: { agentIds: ["215", 215] }) {
        totalCount nodes { csId } scan { recordsRead }
      } }`,
    )
    expect(csIdsOf(data.remoteRecords)).toEqual(['2994', '2956', '2932'])
    expect(data.remoteRecords).toMatchObject({ totalCount: 63, scan: null })
    expect(calls).toEqual(['agent_histories/215 page=1 per_page=4'])
    expect(atMost).toBe(2)
  })

  test('with other conditions too, only the records of the agent are read', async () => {
    await using gateway = await startGateway()
    const filter = { agentIds: ['215'], ratings: ['BAD', 'GOOD'] }
    const { csIds, scan, calls } = await ask(gateway, { first: 100, filter })
    expect(scan).toEqual({ recordsRead: 20, callsMade: 1, isComplete: true })
    expect(csIds.length).toBeGreaterThan(0)
    expect(calls).toEqual([`agent_histories/215 page=1 per_page=100 ${DAYS}`])
  })

  test('a filter on the records of an agent reads these', async () => {
    await using gateway = await startGateway()
    const { data, calls } = await gateway.ask(
      `query ($days: DateRange) { agent(servicerId: 215) {
        remoteRecords(filter: { ratings: [GOOD] }, createdOn: $days) { totalCount nodes { rating } }
      } }`,
      { days: MONTH },
    )
    const { nodes, totalCount } = data.agent.remoteRecords
    expect(nodes).toEqual(new Array(totalCount).fill({ rating: 'GOOD' }))
    expect(calls).toEqual([`agent_histories/215 page=1 per_page=100 ${DAYS}`])
  })
})
