import { describe, expect, test } from 'vitest'
import { type Gateway, startGateway } from '../gateway.ts'
import { ask, BAD, PAGE } from './filtered-page.ts'
import { MONTH } from './month.ts'

const COUNT = `query ($filter: RemoteRecordFilter, $days: DateRange) {
  remoteRecords(filter: $filter, createdOn: $days) { totalCount }
}`

describe('when the calls are used up', () => {
  test('a page has fewer edges, and says how far it came', async () => {
    await using gateway = await startGateway({ maxUpstreamCalls: 3 })
    const { csIds, info, scan, calls } = await ask(gateway, { first: 100 })
    expect(scan).toEqual({ recordsRead: 300, callsMade: 3, isComplete: false })
    expect(info.hasNextPage).toBe(true)
    expect(calls).toHaveLength(3)
    const next = await ask(gateway, { first: 100, after: info.endCursor })
    expect(next.scan).toEqual({ recordsRead: 300, callsMade: 3, isComplete: false })
    const rest = await ask(gateway, { first: 100, after: next.info.endCursor })
    expect(rest.scan).toEqual({ recordsRead: 44, callsMade: 1, isComplete: true })
    expect(rest.info.hasNextPage).toBe(false)
    expect([...csIds, ...next.csIds, ...rest.csIds]).toHaveLength(55)
  })

  test('a page gives what small pages showed until then, on a process that knows nothing', async () => {
    await using gateway = await startGateway({ maxPerPage: 7, maxUpstreamCalls: 8 })
    const { csIds, info, scan } = await ask(gateway, { first: 100 })
    expect(scan.isComplete).toBe(false)
    expect(scan.recordsRead).toBeGreaterThanOrEqual(25)
    expect(csIds.slice(0, 3)).toEqual(['2994', '2984', '2983'])
    expect(info.hasNextPage).toBe(true)
    const next = await ask(gateway, { first: 100, after: info.endCursor })
    expect(next.scan.recordsRead).toBeGreaterThan(0)
  })

  test('a page that finds nothing still comes further', async () => {
    await using gateway = await startGateway({ maxUpstreamCalls: 3 })
    const filter = { companyNames: ['没有这家公司'] }
    const { csIds, info, scan } = await ask(gateway, { first: 5, filter })
    expect(csIds).toEqual([])
    expect(scan.isComplete).toBe(false)
    expect(info.hasNextPage).toBe(true)
    const next = await ask(gateway, { first: 5, filter, after: info.endCursor })
    expect(next.scan.recordsRead).toBe(300)
  })

  test('other fields of the operation keep their calls', async () => {
    await using gateway = await startGateway({ maxUpstreamCalls: 8 })
    const { data, failures, calls, atMost } = await gateway.ask(
      `query ($filter: RemoteRecordFilter, $days: DateRange) {
        remoteRecords(first: 100, filter: $filter, createdOn: $days) {
          nodes { csId } scan { recordsRead isComplete }
        }
        serviceSummary(csId: 2999) { state }
      }`,
      { filter: { companyNames: ['没有这家公司'] }, days: MONTH },
    )
    expect(failures).toEqual([])
    expect(data.serviceSummary).not.toBeNull()
    expect(data.remoteRecords.scan).toEqual({ recordsRead: 500, isComplete: false })
    expect(calls.length).toBeLessThanOrEqual(atMost)
  })

  test('a count that is too dear is refused after one call, with its price', async () => {
    await using gateway = await startGateway({ maxUpstreamCalls: 6 })
    const answer = await gateway.ask(COUNT, { filter: BAD, days: MONTH })
    expect(answer.failures).toEqual(['UPSTREAM_CALL_LIMIT remoteRecords totalCount'])
    expect(answer.errors?.[0]).toMatchObject({
      message:
        'This needs 7 upstream calls, to read 644 records; 6 are allowed for it. Ask for fewer days.',
      extensions: { calls: 7, limit: 6, records: 644, retryable: false },
    })
    expect(answer.data).toEqual({ remoteRecords: { totalCount: null } })
    expect(answer.calls).toHaveLength(1)
  })

  test('a count for which there are just enough calls is exact', async () => {
    await using gateway = await startGateway({ maxUpstreamCalls: 7 })
    const { data, calls } = await gateway.ask(COUNT, { filter: BAD, days: MONTH })
    expect(data.remoteRecords.totalCount).toBe(55)
    expect(calls).toHaveLength(7)
  })
})

describe('when the upstream fails on the way', () => {
  const failFrom = (gateway: Gateway, number: number) => {
    let calls = 0
    gateway.emulator.beforeAnswer = () => {
      calls += 1
      if (calls >= number) throw new Error('down')
    }
  }

  test('what a page has read before holds', async () => {
    await using gateway = await startGateway()
    failFrom(gateway, 3)
    const { csIds, info, scan } = await ask(gateway, { first: 100 })
    expect(scan).toMatchObject({ recordsRead: 200, isComplete: false })
    expect(info.hasNextPage).toBe(true)
    expect(csIds.length).toBeGreaterThan(0)
  })

  test('a page that has read nothing is an error', async () => {
    await using gateway = await startGateway()
    failFrom(gateway, 1)
    const { failures } = await gateway.ask(PAGE, { filter: BAD, days: MONTH })
    expect(new Set(failures.map(failure => failure.split(' ')[0]))).toEqual(
      new Set(['UPSTREAM_UNAVAILABLE']),
    )
  })

  test('a count is an error: a part of it is none', async () => {
    await using gateway = await startGateway()
    failFrom(gateway, 3)
    const { data, failures } = await gateway.ask(COUNT, { filter: BAD, days: MONTH })
    expect(failures).toEqual(['UPSTREAM_UNAVAILABLE remoteRecords totalCount'])
    expect(data.remoteRecords.totalCount).toBeNull()
  })
})
