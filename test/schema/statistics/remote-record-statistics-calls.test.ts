import { describe, expect, test } from 'vitest'
import { startGateway } from '../../gateway.ts'
import { DAYS, MONTH } from '../month.ts'
import { statistics } from './statistics-query.ts'

describe('what statistics cost', () => {
  test('a count alone: one call', async () => {
    await using gateway = await startGateway()
    const { data, calls, expected, atMost } = await gateway.ask(statistics('count asOf'), {
      days: MONTH,
    })
    expect(data.remoteRecordStatistics.count).toBe(644)
    expect(calls).toEqual([`histories page=1 per_page=1 ${DAYS}`])
    expect([expected, atMost]).toEqual([1, 1])
  })

  test('a count of one agent: one call of the own list', async () => {
    await using gateway = await startGateway()
    const { data, calls } = await gateway.ask(statistics('count'), {
      days: MONTH,
      filter: { agentIds: [215] },
    })
    expect(data.remoteRecordStatistics.count).toBe(20)
    expect(calls).toEqual([`agent_histories/215 page=1 per_page=1 ${DAYS}`])
  })

  test('when it was asked, without a call', async () => {
    await using gateway = await startGateway()
    const before = Date.now()
    const { data, calls } = await gateway.ask(statistics('asOf'), { days: MONTH })
    expect(calls).toEqual([])
    const { asOf } = data.remoteRecordStatistics
    expect(asOf).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/)
    expect(Date.parse(asOf)).toBeGreaterThan(before - 1000)
  })

  test('a month of 644 records: its 7 pages, for all groups and filters together', async () => {
    await using gateway = await startGateway()
    const { data, calls } = await gateway.ask(
      `query ($days: DateRange!) {
        remoteRecordStatistics(createdOn: $days) {
          count byDay { day count } byAgent { agent { servicerId } count duration { mean } }
        }
        again: remoteRecordStatistics(createdOn: $days) { byRating { rating count price } }
        bad: remoteRecordStatistics(createdOn: $days, filter: { ratings: [BAD] }) {
          count byCompany(first: 3) { companyName count }
        }
      }`,
      { days: MONTH },
    )
    expect(calls).toHaveLength(7)
    expect(data.remoteRecordStatistics.count).toBe(644)
    expect(data.bad.count).toBe(55)
    expect(data.again.byRating).toContainEqual(
      expect.objectContaining({ rating: 'BAD', count: 55 }),
    )
    expect(data.bad.byCompany).toHaveLength(3)
  })

  test('a week by day: no more than 7', async () => {
    await using gateway = await startGateway()
    const days = { from: '2026-11-17', to: '2026-11-23' }
    const { data, calls } = await gateway.ask(statistics('byDay { day count }'), { days })
    expect(data.remoteRecordStatistics.byDay).toHaveLength(7)
    expect(calls).toHaveLength(2)
  })

  test("an agent's month: the pages of the agent's own list", async () => {
    await using gateway = await startGateway()
    const { data, calls } = await gateway.ask(
      statistics('count byStatus { status count } duration { mean }'),
      { days: MONTH, filter: { agentIds: [215] } },
    )
    expect(data.remoteRecordStatistics.count).toBe(20)
    expect(calls).toEqual([`agent_histories/215 page=1 per_page=100 ${DAYS}`])
  })

  test('names of agents, and labels of options, from the records at hand', async () => {
    await using gateway = await startGateway({ recordCount: 60 })
    const { data, failures, calls, atMost } = await gateway.ask(
      statistics('byAgent { agent { name } count } byProblemType { problemType { label } count }'),
      { days: MONTH },
    )
    expect(failures).toEqual([])
    const { byAgent, byProblemType } = data.remoteRecordStatistics
    expect(JSON.stringify(byAgent)).not.toContain('"name":null')
    expect(JSON.stringify(byProblemType)).not.toContain('"label":null')
    expect(calls.length).toBeLessThanOrEqual(atMost)
    expect(calls.filter(call => call.startsWith('histories'))).toHaveLength(2)
  })
})

describe('what is too dear', () => {
  test('is refused after one call, with its price, and then for none', async () => {
    await using gateway = await startGateway({ maxUpstreamCalls: 6 })
    const price = { calls: 7, limit: 6, records: 644 }
    const first = await gateway.ask(statistics('price'), { days: MONTH })
    expect(first.failures).toEqual(['UPSTREAM_CALL_LIMIT remoteRecordStatistics'])
    expect(first.errors?.[0]?.extensions).toMatchObject(price)
    expect(first.data).toEqual({ remoteRecordStatistics: null })
    expect(first.calls).toHaveLength(1)
    const second = await gateway.ask(statistics('price'), { days: MONTH })
    expect(second.errors?.[0]?.extensions).toMatchObject(price)
    expect(second.calls).toEqual([])
    expect(second.expected).toBe(7)
  })

  test('is not what has just enough calls, beside a page of the same days', async () => {
    await using gateway = await startGateway({ maxUpstreamCalls: 7 })
    const source = `query ($days: DateRange!) {
      remoteRecords(filter: { ratings: [BAD] }, createdOn: $days, first: 100) {
        totalCount nodes { csId }
      }
    }`
    for (let turn = 0; turn < 2; turn++) {
      const { data, failures, calls } = await gateway.ask(source, { days: MONTH })
      expect(failures).toEqual([])
      expect(data.remoteRecords.totalCount).toBe(55)
      expect(calls).toHaveLength(7)
    }
  })
})
