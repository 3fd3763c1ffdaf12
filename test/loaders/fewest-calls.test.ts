import { expect, test } from 'vitest'
import type { Gateway } from '../gateway.ts'
import { startGateway } from '../gateway.ts'

const PAGE_1 = 'histories page=1 per_page=100'
/** The first 20 records; one row more shows whether there are more. */
const FIRST_20 = 'histories page=1 per_page=21'

const PAGE = `query ($first: Int, $after: String, $last: Int, $order: RecordOrder! = NEWEST_FIRST) {
  remoteRecords(first: $first, after: $after, last: $last, order: $order) {
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    nodes { csId startedAt status companyName price }
  }
}`

async function page(gateway: Gateway, variables: Readonly<Record<string, unknown>>) {
  const { data, calls } = await gateway.ask(PAGE, variables)
  const { endCursor: after } = data.remoteRecords.pageInfo
  return { after, calls }
}

async function callsOf(source: string): Promise<readonly string[]> {
  await using gateway = await startGateway()
  const { calls, failures } = await gateway.ask(source)
  expect(failures).toEqual([])
  return calls
}

test('100 records of scalars: 1; the next page by cursor: 1, cold too', async () => {
  await using gateway = await startGateway()
  const { after, calls } = await page(gateway, { first: 100 })
  expect(calls).toEqual([PAGE_1])
  expect((await page(gateway, { first: 100, after })).calls).toEqual([
    'histories page=2 per_page=100',
  ])
  gateway.forget()
  expect((await page(gateway, { first: 100, after })).calls).toEqual([
    'histories page=2 per_page=100',
  ])
})

test('100 records with labels: 2, then 1', async () => {
  await using gateway = await startGateway()
  const source = `{ remoteRecords(first: 100) { nodes {
    problemType { label } problemSubtype { label } problemDetailType { label }
  } } }`
  const cold = await gateway.ask(source)
  expect(cold.calls.toSorted()).toEqual([PAGE_1, 'histories_v2 page=1 per_page=100'])
  expect((await gateway.ask(source)).calls).toEqual([PAGE_1])
})

test('the length alone: 1, of the smallest page', async () => {
  expect(await callsOf('{ remoteRecords { totalCount } }')).toEqual(['histories page=1 per_page=1'])
})

test('the length beside a page: nothing more', async () => {
  const source = '{ remoteRecords { totalCount pageInfo { hasNextPage } nodes { csId } } }'
  expect(await callsOf(source)).toEqual([FIRST_20])
})

test('the last 20: 2', async () => {
  expect(await callsOf('{ remoteRecords(last: 20) { nodes { csId } } }')).toEqual([
    FIRST_20,
    'histories page=87 per_page=23',
  ])
})

test('oldest first on a descending upstream: 2, then 1 for each following page', async () => {
  await using gateway = await startGateway()
  let { after, calls } = await page(gateway, { first: 100, order: 'OLDEST_FIRST' })
  expect(calls).toEqual([PAGE_1, 'histories page=20 per_page=100'])
  for (const number of [19, 18, 17]) {
    ;({ after, calls } = await page(gateway, { first: 100, after, order: 'OLDEST_FIRST' }))
    expect(calls).toEqual([`histories page=${number} per_page=100`])
  }
})

test('newest first on an ascending upstream: 2, then 1 for each following page', async () => {
  await using gateway = await startGateway({ order: 'ascending' })
  let { after, calls } = await page(gateway, { first: 100 })
  expect(calls).toEqual([PAGE_1, 'histories page=20 per_page=100'])
  for (const number of [19, 18, 17]) {
    ;({ after, calls } = await page(gateway, { first: 100, after }))
    expect(calls).toEqual([`histories page=${number} per_page=100`])
  }
})

test('50 records with their summaries: 51', async () => {
  const calls = await callsOf('{ remoteRecords(first: 50) { nodes { serviceSummary { state } } } }')
  const summaries = Array.from(
    { length: 50 },
    (_, index) => `servicesummary/${2999 - index} servicesummary_type=3`,
  )
  expect(calls[0]).toBe('histories page=1 per_page=51')
  expect(calls.slice(1).toSorted()).toEqual(summaries.toSorted())
})

test('20 records of which 7 have no chat, with their messages: 14', async () => {
  await using gateway = await startGateway()
  for (let added = 0; added < 20; added++) {
    gateway.emulator.insertRecord({ fields: { ChatRecord: added % 3 === 0 ? 0 : 1 } })
  }
  const source =
    '{ remoteRecords(first: 20) { nodes { csId hasChat chatMessages(first: 10) { nodes { text } } } } }'
  const { data, calls } = await gateway.ask(source)
  const { nodes } = data.remoteRecords
  const withChat = nodes.filter(({ hasChat }: { hasChat: boolean }) => hasChat)
  expect(withChat).toHaveLength(13)
  expect(calls.toSorted()).toEqual(
    [
      FIRST_20,
      ...withChat.map(
        ({ csId }: { csId: string }) =>
          `chatrecords/${csId} page=1 per_page=${csId === withChat[0].csId ? 11 : 100}`,
      ),
    ].toSorted(),
  )
})

test('100 records with the ids of their agents: 1', async () => {
  const source = '{ remoteRecords(first: 100) { nodes { agent { servicerId } } } }'
  expect(await callsOf(source)).toEqual([PAGE_1])
})

test("100 records with their agents' latest 3: 1, and one for each agent", async () => {
  const calls = await callsOf(
    '{ remoteRecords(first: 100) { nodes { agent { remoteRecords(first: 3) { nodes { csId } } } } } }',
  )
  const agents = [201, 202, 203, 204, 205, 206, 207, 208, 211, 215]
  expect(calls[0]).toBe(PAGE_1)
  expect(calls.slice(1).toSorted()).toEqual(
    agents.map(id => `agent_histories/${id} page=1 per_page=4`),
  )
})

test("100 records with their agents' names: 1, and one chat for each agent; then 1", async () => {
  await using gateway = await startGateway()
  const source = '{ remoteRecords(first: 100) { nodes { agent { servicerId name } } } }'
  const cold = await gateway.ask(source)
  expect(cold.calls[0]).toBe(PAGE_1)
  expect(cold.calls.slice(1)).toHaveLength(10)
  expect(cold.calls.slice(1).every(call => call.startsWith('chatrecords/'))).toBe(true)
  expect((await gateway.ask(source)).calls).toEqual([PAGE_1])
})

test('two aliases of one list: 1', async () => {
  expect(
    await callsOf(`{
      a: remoteRecords(first: 20) { nodes { csId } }
      b: remoteRecords(first: 20) { nodes { startedAt } totalCount }
      c: remoteRecords(first: 50) { nodes { csId } }
      d: remoteRecords { totalCount }
    }`),
  ).toEqual(['histories page=1 per_page=51'])
})

test('windows of the same days share pages, those of other days do not', async () => {
  const calls = await callsOf(`{
    a: remoteRecords(createdOn: { from: "2026-11-20" }) { nodes { csId } }
    b: remoteRecords(createdOn: { from: "2026-11-20", to: null }) { totalCount }
    c: remoteRecords(createdOn: { from: "2026-11-21" }) { totalCount }
  }`)
  expect(calls.toSorted()).toEqual([
    'histories page=1 per_page=1 starttime=2026-11-21',
    'histories page=1 per_page=21 starttime=2026-11-20',
  ])
})

test('a list that fails is not asked for its length once more', async () => {
  await using gateway = await startGateway({
    limits: { maxAttempts: 1 },
    beforeAnswer() {
      throw new Error('broken')
    },
  })
  const { data, failures, calls } = await gateway.ask(
    '{ remoteRecords { totalCount nodes { csId } } }',
  )
  // A second call would come after the answer.
  await new Promise(resolve => setImmediate(() => setImmediate(resolve)))
  expect(data).toEqual({ remoteRecords: null })
  expect(failures).toEqual(['UPSTREAM_UNAVAILABLE remoteRecords nodes'])
  expect(calls).toEqual([FIRST_20])
  expect(gateway.emulator.callLines()).toEqual([FIRST_20])
})

test('a list shorter than was asked for, of an upstream that caps pages: those that there are', async () => {
  await using gateway = await startGateway({ maxPerPage: 10, recordCount: 40 })
  const all = { order: 'NEWEST_FIRST', first: 100 }
  const pages = [2, 3, 4].map(number => `histories page=${number} per_page=10`)
  expect((await page(gateway, all)).calls).toEqual([PAGE_1, ...pages])
  expect((await page(gateway, all)).calls).toEqual(['histories page=1 per_page=10', ...pages])
})
