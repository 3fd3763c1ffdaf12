import { describe, expect, test } from 'vitest'
import { SUMMARY_AGENT } from '../../src/emulator/accounts.ts'
import { startGateway } from '../gateway.ts'

/** 644 records of the 2,000. */
const MONTH = { from: '2026-10-24', to: '2026-11-23' }
const DAYS = 'starttime=2026-10-24 endtime=2026-11-23'

const statistics = (selection: string) =>
  `query ($days: DateRange!, $filter: RemoteRecordFilter) {
    remoteRecordStatistics(createdOn: $days, filter: $filter) { ${selection} }
  }`

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

describe('what is counted', () => {
  async function count(selection: string, ...all: readonly Readonly<Record<string, unknown>>[]) {
    await using gateway = await startGateway({ recordCount: 0 })
    for (const fields of all) gateway.emulator.insertRecord({ fields })
    const days = { from: '2026-11-22', to: '2026-11-23' }
    const { data, failures } = await gateway.ask(statistics(selection), { days })
    expect(failures).toEqual([])
    return data.remoteRecordStatistics
  }

  test('of no records: nothing, and each day and hour', async () => {
    const FIGURES = 'count price duration { count sum min max mean percentile(p: 50) }'
    const none = {
      count: 0,
      price: '0.00',
      duration: { count: 0, sum: 0, min: null, max: null, mean: null, percentile: null },
    }
    const { byDay, byHour, ...figures } = await count(
      `${FIGURES} byDay { day ${FIGURES} } byHour { hour count } byAgent { count } byCompany { count }`,
    )
    expect(figures).toEqual({ ...none, byAgent: [], byCompany: [] })
    expect(byDay).toEqual([
      { day: '2026-11-22', ...none },
      { day: '2026-11-23', ...none },
    ])
    expect(byHour).toHaveLength(24)
  })

  test('money in whole fen', async () => {
    const prices = ['0.10', '0.20', 0.1, '1e-1', '100000.005', '-0.01', ''].map(csPrice => ({
      csPrice,
      payStat: 1,
    }))
    expect(await count('price paidPrice', ...prices)).toEqual({
      price: '100000.50',
      paidPrice: '100000.50',
    })
  })

  test('a service that began after the range, on its own day; one without a beginning, on none', async () => {
    const { byDay } = await count(
      'byDay { day count }',
      { csBTime: '2026-11-23 09:00:00' },
      { csBTime: '2026-11-25 09:00:00' },
      { csBTime: '' },
    )
    expect(byDay).toEqual([
      { day: '2026-11-22', count: 0 },
      { day: '2026-11-23', count: 1 },
      { day: '2026-11-25', count: 1 },
    ])
  })

  test('percentiles by nearest rank', async () => {
    const rows = Array.from({ length: 10 }, (_, index) => ({
      csStat: 5,
      csBTime: '2026-11-23 09:00:00',
      csETime: `2026-11-23 09:00:${String(index + 1).padStart(2, '0')}`,
    }))
    const { duration } = await count(
      `duration {
        p0: percentile(p: 0) p7: percentile(p: 7) p10: percentile(p: 10)
        p10_1: percentile(p: 10.1) p50: percentile(p: 50) p99_9: percentile(p: 99.9)
        p100: percentile(p: 100) tiny: percentile(p: 1e-9)
      }`,
      ...rows,
    )
    expect(duration).toEqual({
      p0: 1,
      p7: 1,
      p10: 1,
      p10_1: 2,
      p50: 5,
      p99_9: 10,
      p100: 10,
      tiny: 1,
    })
  })

  test('what nobody handled, rated or filled in, as null', async () => {
    const empty = { csServicerId: 0, commentScore: 0, companyName: '', ptId: 0 }
    expect(
      await count(
        'byAgent { agent { servicerId } } byRating { rating } byCompany { companyName } byProblemType { problemType { optionId } }',
        empty,
      ),
    ).toEqual({
      byAgent: [{ agent: null }],
      byRating: [{ rating: null }],
      byCompany: [{ companyName: null }],
      byProblemType: [{ problemType: null }],
    })
  })

  test('most records first; of as many, in the order of their names', async () => {
    const rows = ['乙', '甲', '丙', '丙'].map(companyName => ({ companyName }))
    const { byCompany } = await count('byCompany(first: 2) { companyName count }', ...rows)
    expect(byCompany).toEqual([
      { companyName: '丙', count: 2 },
      { companyName: '乙', count: 1 },
    ])
  })
})

test('statistics of which a part could not be read are an error', async () => {
  await using gateway = await startGateway()
  let calls = 0
  gateway.emulator.beforeAnswer = () => {
    calls += 1
    if (calls >= 3) throw new Error('down')
  }
  const { data, failures } = await gateway.ask(statistics('price'), { days: MONTH })
  expect(data).toEqual({ remoteRecordStatistics: null })
  expect(failures).toEqual(['UPSTREAM_UNAVAILABLE remoteRecordStatistics'])
})

test('an account without the right to lists has no statistics', async () => {
  await using gateway = await startGateway({ account: SUMMARY_AGENT })
  const { failures } = await gateway.ask(statistics('price'), { days: MONTH })
  expect(failures).toEqual(['FORBIDDEN remoteRecordStatistics'])
})

test.each<[string, Readonly<Record<string, unknown>>, string, string]>([
  [
    'days without an end',
    { days: { from: '2026-11-01' } },
    'count',
    'Each record of the days is looked at: createdOn must have both from and to.',
  ],
  [
    'too many days',
    { days: { from: '2024-01-01', to: '2026-01-01' } },
    'count',
    'createdOn must be at most 366 days if each record is looked at; it is 732.',
  ],
  [
    'a level that no menu has',
    { days: MONTH },
    'byProblemType(level: 0) { count }',
    'level must be 1, 2 or 3.',
  ],
  [
    'too many companies',
    { days: MONTH },
    'byCompany(first: 1001) { count }',
    'first must be from 1 to 1000.',
  ],
  [
    'no companies',
    { days: MONTH },
    'byCompany(first: 0) { count }',
    'first must be from 1 to 1000.',
  ],
  [
    'less than nothing',
    { days: MONTH },
    'duration { percentile(p: -0.1) }',
    'p must be from 0 to 100.',
  ],
  [
    'more than all',
    { days: MONTH },
    'duration { percentile(p: 100.1) }',
    'p must be from 0 to 100.',
  ],
  [
    'an empty list',
    { days: MONTH, filter: { ratings: [] } },
    'count',
    'filter.ratings must not be empty: leave it out to have all.',
  ],
])('%s is refused', async (_, variables, selection, message) => {
  await using gateway = await startGateway({ recordCount: 5 })
  const { errors, failures, calls } = await gateway.ask(statistics(selection), variables)
  expect(failures).toEqual(['BAD_USER_INPUT'])
  expect(errors?.[0]?.message).toBe(message)
  expect(calls).toEqual([])
})
