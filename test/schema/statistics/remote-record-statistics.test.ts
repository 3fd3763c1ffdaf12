import { describe, expect, test } from 'vitest'
import { SUMMARY_AGENT } from '../../../src/emulator/answers/accounts.ts'
import { startHoldingGateway } from '../../cache/holding-gateway.ts'
import { startGateway } from '../../gateway.ts'
import { MONTH } from '../month.ts'
import { statistics } from './statistics-query.ts'

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

  test.each([
    ['10^10 and 10', ['10000000000', '10'], '10000000010.00'],
    ['spelt in groups', [10_000_000_000, '10,000,000,000.00', '0.01'], '20000000000.01'],
    ['of more fen than a double holds', Array(30).fill(9e12), '270000000000000.00'],
    ['below 0', Array(30).fill('-45035996273704.95'), '-1351079888211148.50'],
  ])('of great prices, the exact sum: %s', async (_, all, sum) => {
    const rows = all.map(csPrice => ({ csPrice, payStat: 1, csServicerId: 201, ptId: 223 }))
    const sums = 'price paidPrice'
    const figures = { price: sum, paidPrice: sum }
    expect(await count(`${sums} byAgent { ${sums} } byProblemType { ${sums} }`, ...rows)).toEqual({
      ...figures,
      byAgent: [figures],
      byProblemType: [figures],
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

test('what surely is no price is in no sum, and is listed, of held records too', async () => {
  await using gateway = await startHoldingGateway()
  gateway.emulator.deleteRange(1, 9999)
  const createdAt = new Date('2026-11-05T12:00:00+08:00')
  for (const csPrice of ['45035996273704.96', '1e20', '10'])
    gateway.emulator.insertRecord({
      createdAt,
      fields: { csPrice, csBTime: '2026-11-05 12:00:00' },
    })
  const days = 'createdOn: { from: "2026-11-01", to: "2026-11-10" }'
  for (const madeCalls of [1, 0]) {
    const query = `{ remoteRecordStatistics(${days}) { count price } }`
    const { body, calls } = await gateway.askWithCalls(query)
    expect(body.data).toEqual({ remoteRecordStatistics: { count: 3, price: '10.00' } })
    const unreadable = [{ field: 'csPrice', count: 2 }]
    expect(body.extensions).toMatchObject({ upstream: { unreadable } })
    expect(calls).toHaveLength(madeCalls)
  }
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
