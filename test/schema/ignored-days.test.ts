import { expect, test } from 'vitest'
import type { ListOddities } from '../../src/emulator/odd/oddities.ts'
import { type Gateway, startGateway } from '../gateway.ts'

const IGNORED: ListOddities = { days: 'ignored' }
/** About 22 records a day, up to 23 November. */
const RECORDS = { recordCount: 2000, days: 90 }

const listOf = (days: string) => `{ remoteRecords(createdOn: {${days}}) { nodes { csId } } }`
const countOf = (days: string) => `{ remoteRecords(createdOn: {${days}}) { totalCount } }`
const figuresOf = (days: string) =>
  `{ remoteRecordStatistics(createdOn: {${days}}) { count resolvedCount } }`

const OLD = 'from: "2026-09-01", to: "2026-09-03"'
const LATELY = 'from: "2026-11-16", to: "2026-11-20"'

test.each([
  listOf(OLD),
  listOf('to: "2026-09-03"'),
  countOf(OLD),
  figuresOf(OLD),
  listOf(LATELY),
  countOf(LATELY),
  figuresOf(LATELY),
  figuresOf('from: "2026-11-16", to: "2026-11-23"'),
  `{ agent(servicerId: 201) { remoteRecords(createdOn: {${LATELY}}) { nodes { csId } } } }`,
  `{ remoteRecords(createdOn: {${OLD}}) { nodes { problemType { label } } } }`,
])('an upstream that ignores days gives no other records for them: %s', async query => {
  await using gateway = await startGateway({ ...RECORDS, oddities: { lists: IGNORED } })
  const { failures } = await gateway.ask(query)
  expect(failures).toEqual([expect.stringMatching(/^UPSTREAM_BAD_RESPONSE /)])
})

test('a page with some rows before the days is not believed', async () => {
  await using gateway = await startGateway({ ...RECORDS, oddities: { lists: IGNORED } })
  const { failures } = await gateway.ask(
    '{ remoteRecords(createdOn: {from: "2026-11-21"}, first: 70) { nodes { csId } } }',
  )
  expect(failures).toEqual(['UPSTREAM_BAD_RESPONSE remoteRecords nodes'])
})

test('days with as many records as there are in all are not believed', async () => {
  await using gateway = await startGateway({ ...RECORDS, oddities: { lists: IGNORED } })
  await gateway.ask('{ remoteRecords(first: 3) { nodes { csId } } }')
  const { failures } = await gateway.ask(countOf('from: "2026-11-22"'))
  expect(failures).toEqual(['UPSTREAM_BAD_RESPONSE remoteRecords totalCount'])
})

test('the only record of a day may say that it began before', async () => {
  await using gateway = await startGateway({ recordCount: 0 })
  const csId = gateway.emulator.insertRecord({ fields: { csBTime: '2026-11-21 23:59:59' } })
  const { data, failures, calls } = await gateway.ask(
    listOf('from: "2026-11-23", to: "2026-11-23"'),
  )
  expect(failures).toEqual([])
  expect(data.remoteRecords.nodes).toEqual([{ csId: String(csId) }])
  expect(calls).toHaveLength(2)
})

test.each([
  { beginsDaysLater: (csId: number) => (csId % 3 === 0 ? 3 : 0) },
  { beginsDaysLater: () => 30 },
  { beginsDaysLater: () => 60 },
])('records that begin late cost one call at first, %j', async late => {
  await using usual = await startGateway(RECORDS)
  await using gateway = await startGateway({ ...RECORDS, ...late })
  const listed = await csIdsOf(usual)
  expect(await csIdsOf(gateway)).toEqual({ csIds: listed.csIds, calls: listed.calls + 1 })
  await gateway.ask(listOf('to: "2026-09-09"'))
  expect(await csIdsOf(gateway)).toEqual({ csIds: listed.csIds, calls: listed.calls })
})

test.each([1, -1, 3, -3])(
  'days that the upstream takes for others, by %j, are no reason to fail',
  async days => {
    await using gateway = await startGateway({ ...RECORDS, oddities: { lists: { days } } })
    const { failures } = await gateway.ask(listOf('from: "2026-11-02", to: "2026-11-06"'))
    expect(failures).toEqual([])
  },
)

async function csIdsOf(gateway: Gateway) {
  const { data, failures, calls } = await gateway.ask(
    `{ remoteRecords(createdOn: {${OLD}}, first: 100) { nodes { csId } } }`,
  )
  expect(failures).toEqual([])
  return { csIds: data.remoteRecords.nodes, calls: calls.length }
}
