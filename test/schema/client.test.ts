import { expect, test } from 'vitest'
import { startGateway } from '../gateway.ts'
import { csIdsOf } from './cs-ids.ts'
import { rowsOf } from './upstream-rows.ts'

test('a client is its number, in records and in references', async () => {
  await using gateway = await startGateway()
  const { data, calls } = await gateway.ask(
    `{
      remoteRecords(first: 1) { nodes { client { uniqueNumber } } }
      _entities(representations: [{ __typename: "Client", uniqueNumber: "289789809" }]) {
        ... on Client { uniqueNumber }
      }
    }`,
  )
  expect(data.remoteRecords.nodes).toEqual([{ client: { uniqueNumber: '743528950' } }])
  expect(data._entities).toEqual([{ uniqueNumber: '289789809' }])
  expect(calls).toEqual(['histories page=1 per_page=4'])
})

/** 644 records. */
const MONTH = '{ from: "2026-10-24", to: "2026-11-23" }'

test('a client is known by the number alone, for no call', async () => {
  await using gateway = await startGateway()
  const { data, calls } = await gateway.ask(
    '{ client(uniqueNumber: "743528950") { uniqueNumber } }',
  )
  expect(data).toEqual({ client: { uniqueNumber: '743528950' } })
  expect(calls).toEqual([])
})

test("a client's records are those of the days with the number", async () => {
  await using gateway = await startGateway()
  const { data, calls } = await gateway.ask(
    `{ client(uniqueNumber: "743528950") {
      remoteRecords(createdOn: ${MONTH}) {
        totalCount nodes { csId } pageInfo { hasNextPage } scan { recordsRead isComplete }
      }
    } }`,
  )
  const page = data.client.remoteRecords
  const rows = await rowsOf(gateway.emulator, '&starttime=2026-10-24&endtime=2026-11-23')
  const own = rows.filter(({ uniqueNumber }) => String(uniqueNumber) === '743528950')
  expect(own.length).toBeGreaterThan(0)
  expect(csIdsOf(page)).toEqual(own.map(({ csId }) => String(csId)))
  expect(page).toMatchObject({
    totalCount: own.length,
    pageInfo: { hasNextPage: false },
    scan: { recordsRead: 644, isComplete: true },
  })
  expect(calls).toHaveLength(7)
})

test('a client has the records whose number has blanks around it', async () => {
  await using gateway = await startGateway({ recordCount: 0 })
  for (const uniqueNumber of [' 289789809', '289789809', '-', ' '])
    gateway.emulator.insertRecord({ fields: { uniqueNumber } })
  const { data } = await gateway.ask(
    `{
      client(uniqueNumber: "289789809") { remoteRecords(createdOn: ${MONTH}) { totalCount } }
      remoteRecords { nodes { client { uniqueNumber } } }
    }`,
  )
  const client = { uniqueNumber: '289789809' }
  expect(data.client.remoteRecords.totalCount).toBe(2)
  expect(data.remoteRecords.nodes.map(({ client }: { client: unknown }) => client)).toEqual([
    null,
    null,
    client,
    client,
  ])
})

test('what clients had before: the records of the days are looked at once for all of them', async () => {
  await using gateway = await startGateway()
  const { data, failures, calls, atMost } = await gateway.ask(
    `{ remoteRecords(first: 20) { nodes { csId client {
      remoteRecords(createdOn: ${MONTH}, filter: { isResolved: true }) { totalCount }
    } } } }`,
  )
  expect(failures).toEqual([])
  expect(data.remoteRecords.nodes).toHaveLength(20)
  expect(calls).toHaveLength(8)
  expect(atMost).toBeLessThanOrEqual(250)
})

test.each([
  [
    'client(uniqueNumber: "") { uniqueNumber }',
    'uniqueNumber must be an id of at most 50 characters.',
  ],
  [
    `client(uniqueNumber: "1") { remoteRecords(createdOn: ${MONTH}, filter: { clientNumbers: [2] }) { totalCount } }`,
    'filter.clientNumbers is not taken here: these are of one client.',
  ],
  [
    'client(uniqueNumber: "1") { remoteRecords(createdOn: { from: "2026-11-01" }) { totalCount } }',
    'Each record of the days is looked at: createdOn must have both from and to.',
  ],
])('%s is refused', async (field, message) => {
  await using gateway = await startGateway({ recordCount: 5 })
  const { errors, failures, calls } = await gateway.ask(`{ ${field} }`)
  expect(failures).toEqual(['BAD_USER_INPUT'])
  expect(errors?.[0]?.message).toBe(message)
  expect(calls).toEqual([])
})
