import { expect, test } from 'vitest'
import { startGateway } from '../gateway.ts'

const LOOKUP = 'query ($csId: ID!) { remoteRecord(csId: $csId) { csId startedAt } }'

test.each(['descending', 'ascending'] as const)(
  'a record by its csId, on an upstream that is %s',
  async order => {
    await using gateway = await startGateway({ order })
    for (const csId of ['2999', '1000', '1500', '2000']) {
      const { data } = await gateway.ask(LOOKUP, { csId })
      expect(data.remoteRecord.csId).toBe(csId)
    }
  },
)

test('cold, two calls among 2,000 records; warm, one', async () => {
  await using gateway = await startGateway()
  const cold = await gateway.ask(LOOKUP, { csId: 1500 })
  expect(cold.data).toEqual({
    remoteRecord: { csId: '1500', startedAt: '2026-09-17T14:58:17+08:00' },
  })
  expect(cold.calls).toEqual(['histories page=1 per_page=20', 'histories page=41 per_page=37'])
  const warm = await gateway.ask(LOOKUP, { csId: 1500 })
  expect(warm.calls).toEqual(['histories page=41 per_page=37'])
})

test.each([
  ['before the first', '999'],
  ['after the last', '3000'],
  ['far too large', '999999999999999'],
  ['the smallest', '1'],
])('a csId that is %s is proven absent', async (_, csId) => {
  await using gateway = await startGateway()
  const { data, failures } = await gateway.ask(LOOKUP, { csId })
  expect(data).toEqual({ remoteRecord: null })
  expect(failures).toEqual([])
})

test('a deleted record is absent, in a hole of hundreds too; its neighbours are there', async () => {
  await using gateway = await startGateway()
  gateway.emulator.deleteRange(1300, 1799)
  const source = `{
    hole: remoteRecord(csId: 1500) { csId }
    before: remoteRecord(csId: 1299) { csId }
    first: remoteRecord(csId: 1300) { csId }
    last: remoteRecord(csId: 1799) { csId }
    after: remoteRecord(csId: 1800) { csId }
  }`
  const { data } = await gateway.ask(source)
  expect(data).toEqual({
    hole: null,
    before: { csId: '1299' },
    first: null,
    last: null,
    after: { csId: '1800' },
  })
})

test('csIds in steps: those in between are absent', async () => {
  await using gateway = await startGateway({ csIdStep: 7 })
  const { data } = await gateway.ask(
    '{ there: remoteRecord(csId: 1700) { csId } between: remoteRecord(csId: 1703) { csId } }',
  )
  expect(data).toEqual({ there: { csId: '1700' }, between: null })
})

test('in an empty list every record is absent, for one call', async () => {
  await using gateway = await startGateway({ recordCount: 0 })
  const { data, calls } = await gateway.ask(LOOKUP, { csId: 1000 })
  expect(data).toEqual({ remoteRecord: null })
  expect(calls).toEqual(['histories page=1 per_page=20'])
})

test('neighbours asked for together share a page', async () => {
  await using gateway = await startGateway()
  await gateway.ask('{ remoteRecords { totalCount nodes { csId } } }')
  const fields = Array.from(
    { length: 15 },
    (_, i) => `r${i}: remoteRecord(csId: ${1500 + i}) { csId }`,
  )
  const { data, calls } = await gateway.ask(`{ ${fields.join(' ')} }`)
  expect(Object.values(data)).toHaveLength(15)
  expect(calls).toEqual(['histories page=58 per_page=26'])
})

test('pages capped at 40 or 7 rows hide no record', async () => {
  for (const maxPerPage of [40, 7]) {
    await using gateway = await startGateway({ maxPerPage, recordCount: 300 })
    const { data } = await gateway.ask(
      '{ a: remoteRecord(csId: 1000) { csId } b: remoteRecord(csId: 1299) { csId } c: remoteRecord(csId: 1150) { csId } d: remoteRecord(csId: 1300) { csId } }',
    )
    expect(data).toEqual({ a: { csId: '1000' }, b: { csId: '1299' }, c: { csId: '1150' }, d: null })
  }
})

test('a record that came since is found', async () => {
  await using gateway = await startGateway()
  expect((await gateway.ask(LOOKUP, { csId: 3000 })).data.remoteRecord).toBeNull()
  gateway.emulator.insertRecord()
  expect((await gateway.ask(LOOKUP, { csId: 3000 })).data.remoteRecord.csId).toBe('3000')
})

test('a look-up that fails is an error, not an absence', async () => {
  await using gateway = await startGateway({
    beforeAnswer() {
      throw new Error('broken')
    },
  })
  const { data, failures } = await gateway.ask(LOOKUP, { csId: 1500 })
  expect(data).toEqual({ remoteRecord: null })
  expect(failures).toEqual(['UPSTREAM_UNAVAILABLE remoteRecord'])
})
