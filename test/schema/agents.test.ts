import { expect, test } from 'vitest'
import { startGateway } from '../gateway.ts'
import { rowsOf } from './upstream-rows.ts'

const AGENTS = `query ($days: DateRange!) { agents(createdOn: $days) { servicerId } }`
/** 475 records. */
const DAYS = { from: '2026-11-01', to: '2026-11-23' }

test('the agents of some days are those who handled their records, most records first', async () => {
  await using gateway = await startGateway()
  const { data, calls } = await gateway.ask(AGENTS, { days: DAYS })
  expect(calls).toHaveLength(5)
  const rows = await rowsOf(gateway.emulator, '&starttime=2026-11-01&endtime=2026-11-23')
  const counts = new Map<number, number>()
  for (const { csServicerId } of rows) {
    const servicerId = Number(csServicerId)
    if (servicerId > 0) counts.set(servicerId, (counts.get(servicerId) ?? 0) + 1)
  }
  const expected = [...counts].toSorted(([a, most], [b, least]) => least - most || a - b)
  expect(data.agents).toEqual(expected.map(([id]) => ({ servicerId: String(id) })))
})

test('they are of the same reading as statistics of the same days', async () => {
  await using gateway = await startGateway()
  const { data, calls } = await gateway.ask(
    `query ($days: DateRange!) {
      agents(createdOn: $days) { servicerId }
      remoteRecordStatistics(createdOn: $days) { byAgent { agent { servicerId } } }
    }`,
    { days: DAYS },
  )
  expect(calls).toHaveLength(5)
  const { byAgent } = data.remoteRecordStatistics
  const counted = byAgent.map(({ agent }: { agent: unknown }) => agent)
  expect(data.agents).toEqual(counted.filter((agent: unknown) => agent !== null))
})

test('their names come from the chats of records at hand', async () => {
  await using gateway = await startGateway({ recordCount: 40 })
  const { data, failures, calls, atMost } = await gateway.ask(
    '{ agents(createdOn: { from: "2026-08-01", to: "2026-11-23" }) { name } }',
  )
  expect(failures).toEqual([])
  expect(JSON.stringify(data.agents)).not.toContain('null')
  expect(calls.length).toBeLessThanOrEqual(atMost)
})

test('days without records have none', async () => {
  await using gateway = await startGateway()
  const { data } = await gateway.ask(AGENTS, { days: { from: '2020-01-01', to: '2020-01-02' } })
  expect(data).toEqual({ agents: [] })
})

test('days must have both ends', async () => {
  await using gateway = await startGateway({ recordCount: 5 })
  const { failures, calls } = await gateway.ask(AGENTS, { days: { from: '2026-11-01' } })
  expect(failures).toEqual(['BAD_USER_INPUT'])
  expect(calls).toEqual([])
})
