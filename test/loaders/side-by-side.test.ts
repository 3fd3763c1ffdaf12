import { expect, test } from 'vitest'
import { startGateway } from '../gateway.ts'
import { elapsedMs } from '../measure.ts'
import { Waves } from './waves.ts'

/** The calls of an operation on a cold process, together with those that they run beside. */
async function wavesOf(source: string): Promise<string[][]> {
  const waves = new Waves()
  await using gateway = await startGateway({
    beforeAnswer: waves.beforeAnswer,
    // As many places as any wave needs.
    limits: { concurrency: 100 },
  })
  const { failures } = await gateway.ask(source)
  expect(failures).toEqual([])
  return waves.seen
}

const times = (count: number, endpoint: string) => new Array<string>(count).fill(endpoint)

test('ids and labels of a page are read side by side', async () => {
  expect(
    await wavesOf('{ remoteRecords(first: 100) { nodes { csId problemType { label } } } }'),
  ).toEqual([['histories', 'histories_v2']])
})

test('cold, ids and labels take one latency of the upstream', async () => {
  const latencyMs = 3000
  await using gateway = await startGateway({ latencyMs })
  const query = '{ remoteRecords(first: 100) { nodes { csId problemType { label } } } }'
  const tookMs = await elapsedMs(() => gateway.ask(query))
  expect(tookMs).toBeGreaterThan(latencyMs - 50)
  expect(tookMs).toBeLessThan(2 * latencyMs)
})

test('the summaries of a page are read side by side', async () => {
  expect(
    await wavesOf('{ remoteRecords(first: 20) { nodes { serviceSummary { state } } } }'),
  ).toEqual([['histories'], times(20, 'servicesummary')])
})

test('root fields are read side by side', async () => {
  expect(
    await wavesOf(`{
      remoteRecords { nodes { csId } }
      agent(servicerId: 201) { remoteRecords { nodes { csId } } }
      serviceSummary(csId: 2801) { state }
      today: remoteRecords(createdOn: { from: "2026-11-23" }) { totalCount }
    }`),
  ).toEqual([['agent_histories', 'histories', 'histories', 'servicesummary']])
})

test("chats, summaries and agents' records wait for the records alone", async () => {
  expect(
    await wavesOf(`{ remoteRecords(first: 3) { nodes {
      chatMessages { nodes { text } }
      serviceSummary { state }
      agent { remoteRecords(first: 3) { nodes { csId } } }
    } } }`),
  ).toEqual([
    ['histories'],
    [...times(3, 'agent_histories'), ...times(3, 'chatrecords'), ...times(3, 'servicesummary')],
  ])
})

test('records of several days are looked up side by side', async () => {
  expect(
    await wavesOf(`{
      a: node(id: "UmVtb3RlUmVjb3JkOjE1MDA6MjAyNi0wOS0xNw") { id }
      b: node(id: "UmVtb3RlUmVjb3JkOjE2MDA6MjAyNi0wOS0yMg") { id }
    }`),
  ).toEqual([['histories', 'histories']])
})

test('all records of some days are read five pages at a time, after the first', async () => {
  const days = '{ from: "2026-10-24", to: "2026-11-23" }'
  expect(await wavesOf(`{ remoteRecordStatistics(createdOn: ${days}) { price } }`)).toEqual([
    ['histories'],
    times(5, 'histories'),
    ['histories'],
  ])
})

test('a page under a filter reads no page ahead: it may have enough', async () => {
  const filter = 'createdOn: { from: "2026-10-24", to: "2026-11-23" }, filter: { ratings: [BAD] }'
  expect(await wavesOf(`{ remoteRecords(first: 20, ${filter}) { nodes { csId } } }`)).toEqual([
    ['histories'],
    ['histories'],
    ['histories'],
  ])
})
