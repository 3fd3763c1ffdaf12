import { expect, test } from 'vitest'
import { formatGlobalId } from '../../src/schema/arguments/global-id.ts'
import type { Gateway } from '../gateway.ts'
import { startGateway } from '../gateway.ts'

const NODE = `query ($id: ID!) {
  node(id: $id) { __typename id ... on RemoteRecord { csId } ... on Agent { servicerId } }
}`

const recordId = (...parts: string[]) => formatGlobalId({ typename: 'RemoteRecord', parts })

async function idOf(gateway: Gateway, csId: number): Promise<string> {
  const { data } = await gateway.ask('query ($csId: ID!) { remoteRecord(csId: $csId) { id } }', {
    csId,
  })
  return data.remoteRecord.id
}

test('the id of a record leads back to it, for one page', async () => {
  await using gateway = await startGateway()
  const id = await idOf(gateway, 1500)
  gateway.forget()
  const { data, calls } = await gateway.ask(NODE, { id })
  expect(data).toEqual({ node: { __typename: 'RemoteRecord', id, csId: '1500' } })
  expect(calls).toEqual(['histories page=1 per_page=100 starttime=2026-09-16 endtime=2026-09-17'])
})

test('a record that was created before midnight and began after it is found by its id', async () => {
  const beginLater = (row: { csId: number }) =>
    row.csId === 1500 ? { ...row, csBTime: '2026-09-18 00:05:00' } : row
  await using gateway = await startGateway({
    distort: ({ remoterecords, ...body }: { remoterecords: { csId: number }[] }) => ({
      ...body,
      remoterecords: remoterecords.map(beginLater),
    }),
  })
  const id = await idOf(gateway, 1500)
  const { data, calls } = await gateway.ask(NODE, { id })
  expect(Buffer.from(id, 'base64url').toString()).toBe('RemoteRecord:1500:2026-09-18')
  expect(data.node).toMatchObject({ csId: '1500' })
  expect(calls).toHaveLength(1)
})

test('ids tell their type and key to whoever has `node` in a supergraph', async () => {
  await using gateway = await startGateway()
  const { data } = await gateway.ask('{ remoteRecord(csId: 1500) { id agent { id } } }')
  const ids = [data.remoteRecord.id, data.remoteRecord.agent.id]
  expect(ids.map(id => Buffer.from(id, 'base64url').toString())).toEqual([
    'RemoteRecord:1500:2026-09-17',
    'Agent:206',
  ])
})

test('the id of a record without a beginning leads back to it too', async () => {
  await using gateway = await startGateway({ recordCount: 300 })
  const csId = gateway.emulator.insertRecord({ fields: { csBTime: null } })
  const id = await idOf(gateway, csId)
  const { data } = await gateway.ask(NODE, { id })
  expect(data).toEqual({ node: { __typename: 'RemoteRecord', id, csId: String(csId) } })
})

test('the id of an agent costs nothing', async () => {
  await using gateway = await startGateway()
  const asked = await gateway.ask('{ agent(servicerId: 203) { id } }')
  const { data, calls } = await gateway.ask(NODE, asked.data.agent)
  expect(data.node).toMatchObject({ __typename: 'Agent', servicerId: '203' })
  expect(calls).toEqual([])
})

test.each([
  ['no id at all', 'x'],
  ['empty', ''],
  ['of a type that has none', formatGlobalId({ typename: 'ChatMessage', parts: ['3'] })],
  ['of the root', formatGlobalId({ typename: 'Query', parts: ['1'] })],
  ['of a type by nature', formatGlobalId({ typename: '__proto__', parts: ['1'] })],
  ['without a key', Buffer.from('RemoteRecord').toString('base64url')],
  ['with a key that is no number', recordId('1500x')],
  ['with key 0', recordId('0')],
  ['with a negative key', recordId('-1')],
  ['with a key of 16 digits', recordId('1'.repeat(16))],
  ['with a day of no calendar', recordId('1500', '2026-02-30')],
  ['with a day that is none', recordId('1500', '../users')],
  ['with more than a day', recordId('1500', '2026-09-17', 'x')],
  ['of an agent with a day', formatGlobalId({ typename: 'Agent', parts: ['203', '2026-09-17'] })],
  ['with padding', `${recordId('1500')}=`],
  ['in another alphabet', Buffer.from('RemoteRecord:1500').toString('base64').padEnd(25, '=')],
  ['of 4,000 characters', 'a'.repeat(4000)],
])('an id that is forged is null, for no call: %s', async (_, id) => {
  await using gateway = await startGateway()
  const { data, failures, calls } = await gateway.ask(NODE, { id })
  expect(data).toEqual({ node: null })
  expect(failures).toEqual([])
  expect(calls).toEqual([])
})

test.each([
  ['the day after', recordId('1500', '2026-09-18'), 1],
  ['another day', recordId('1500', '2026-10-01'), 3],
  ['a day without records', recordId('1500', '2030-01-01'), 3],
])('an id with %s leads to the record too: days are hints', async (_, id, calls) => {
  await using gateway = await startGateway()
  const answer = await gateway.ask(NODE, { id })
  expect(answer.data.node).toMatchObject({ csId: '1500' })
  expect(answer.failures).toEqual([])
  expect(answer.calls).toHaveLength(calls)
  expect(answer.calls.length).toBeLessThanOrEqual(answer.atMost)
})

/** Services of which some began days after their records were created. */
const startWithLateBeginnings = (begins: Readonly<Record<number, string>>) =>
  startGateway({
    distort: ({ remoterecords, ...body }: { remoterecords?: { csId: number }[] }) => ({
      ...body,
      remoterecords: remoterecords?.map(row => ({
        ...row,
        ...(begins[row.csId] && { csBTime: begins[row.csId] }),
      })),
    }),
  })

test('a record that began days after its creation is found by the id that its list gave', async () => {
  await using gateway = await startWithLateBeginnings({ 1500: '2026-09-20 09:00:00' })
  const listed = await gateway.ask(
    `{ remoteRecords(first: 100, createdOn: { from: "2026-09-17", to: "2026-09-17" }) {
      nodes { id csId startedAt }
    } }`,
  )
  const { id } = listed.data.remoteRecords.nodes.find(
    (node: { csId: string }) => node.csId === '1500',
  )
  expect(Buffer.from(id, 'base64url').toString()).toBe('RemoteRecord:1500:2026-09-20')
  for (const forgets of [false, true]) {
    if (forgets) gateway.forget()
    const { data, failures, calls, atMost } = await gateway.ask(NODE, { id })
    expect(failures).toEqual([])
    expect(data).toEqual({ node: { __typename: 'RemoteRecord', id, csId: '1500' } })
    expect(calls[0]).toBe('histories page=1 per_page=100 starttime=2026-09-19 endtime=2026-09-20')
    expect(calls.length).toBeLessThanOrEqual(atMost)
  }
})

test('ids whose days do not have them share one search', async () => {
  const late = [1500, 1501, 1502, 1503, 1504]
  const ids = late.map((csId, at) => recordId(String(csId), `2026-10-1${at}`))
  await using gateway = await startWithLateBeginnings({})
  const { data, failures, calls } = await gateway.ask(
    'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on RemoteRecord { csId } } }',
    { ids: [...ids, recordId('1505')] },
  )
  expect(failures).toEqual([])
  expect(data.nodes.map(({ csId }: { csId: string }) => Number(csId))).toEqual([...late, 1505])
  expect(calls.filter(call => !call.includes('starttime'))).toHaveLength(2)
})

test('the id of a record that is gone is null: the whole list says so, not its day alone', async () => {
  await using gateway = await startGateway()
  const id = await idOf(gateway, 1500)
  gateway.emulator.deleteRecord(1500)
  const { data, failures, calls, atMost } = await gateway.ask(NODE, { id })
  expect(data).toEqual({ node: null })
  expect(failures).toEqual([])
  expect(calls[0]).toContain('starttime=2026-09-16')
  expect(calls[1]).not.toContain('starttime')
  expect(calls.length).toBeLessThanOrEqual(atMost)
})

test('nodes come in the order of their ids, null in place of one that there is not', async () => {
  await using gateway = await startGateway()
  const id = await idOf(gateway, 1500)
  const agentId = formatGlobalId({ typename: 'Agent', parts: ['203'] })
  const { data, calls } = await gateway.ask(
    'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }',
    { ids: [agentId, 'x', id, id] },
  )
  expect(data.nodes).toEqual([
    { __typename: 'Agent', id: agentId },
    null,
    { __typename: 'RemoteRecord', id },
    { __typename: 'RemoteRecord', id },
  ])
  expect(calls).toEqual(['histories page=1 per_page=100 starttime=2026-09-16 endtime=2026-09-17'])
})

test('100 ids of one day cost the page that has it', async () => {
  await using gateway = await startGateway({ days: 5, recordCount: 1000, order: 'ascending' })
  const listed = await gateway.ask(
    '{ remoteRecords(first: 100, createdOn: { to: "2026-11-20" }) { nodes { id startedAt } } }',
  )
  const ids = listed.data.remoteRecords.nodes.map(({ id }: { id: string }) => id)
  const { data, calls } = await gateway.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
    ids,
  })
  expect(data.nodes).toEqual(ids.map((id: string) => ({ id })))
  expect(new Set(calls.map(call => call.replace(/page=\d+ per_page=\d+ /, '')))).toEqual(
    new Set(['histories starttime=2026-11-19 endtime=2026-11-20']),
  )
})

test('a day that fails fails its own nodes alone', async () => {
  await using gateway = await startGateway()
  const ids = [await idOf(gateway, 1500), await idOf(gateway, 2500)]
  gateway.emulator.beforeAnswer = ({ parameters }) => {
    if (parameters.endtime === '2026-09-17') throw new Error('broken')
  }
  const { data, failures } = await gateway.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
    ids,
  })
  expect(data.nodes).toEqual([null, { id: ids[1] }])
  expect(failures).toEqual(['UPSTREAM_UNAVAILABLE nodes 0'])
})
