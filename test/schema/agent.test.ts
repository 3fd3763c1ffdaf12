import { expect, test } from 'vitest'
import { startGateway } from '../gateway.ts'
import { csIdsOf } from './cs-ids.ts'

test('an agent is known by the id alone, for no call', async () => {
  await using gateway = await startGateway()
  const { data, calls } = await gateway.ask('{ agent(servicerId: 201) { __typename servicerId } }')
  expect(data).toEqual({ agent: { __typename: 'Agent', servicerId: '201' } })
  expect(calls).toEqual([])
})

test('a name costs the chat of a record at hand, once', async () => {
  await using gateway = await startGateway()
  const source = '{ remoteRecords(first: 3) { nodes { agent { name } } } }'
  const cold = await gateway.ask(source)
  expect(cold.data.remoteRecords.nodes).toEqual([
    { agent: { name: '赵敏' } },
    { agent: { name: '杨帆' } },
    { agent: { name: '周婷婷' } },
  ])
  expect(cold.calls.toSorted()).toEqual([
    'chatrecords/2997 page=1 per_page=100',
    'chatrecords/2998 page=1 per_page=100',
    'chatrecords/2999 page=1 per_page=100',
    'histories page=1 per_page=4',
  ])
  const warm = await gateway.ask(source)
  expect(warm.data).toEqual(cold.data)
  expect(warm.calls).toEqual(['histories page=1 per_page=4'])
})

test('where the record at hand has no chat, the latest record with one is looked for', async () => {
  await using gateway = await startGateway()
  await gateway.ask('{ remoteRecords { totalCount pageInfo { endCursor } } }')
  const { data, calls } = await gateway.ask('{ remoteRecord(csId: 2995) { agent { name } } }')
  expect(data).toEqual({ remoteRecord: { agent: { name: '赵敏' } } })
  expect(calls.slice(1)).toEqual([
    'agent_histories/207 page=1 per_page=4',
    'chatrecords/2999 page=1 per_page=100',
  ])
})

test("a list with another agent's record is not the list of this agent", async () => {
  await using gateway = await startGateway()
  gateway.emulator.insertRecord({ agentId: 207, fields: { csServicerId: 201 } })
  const { data, failures } = await gateway.ask(
    '{ agent(servicerId: 207) { remoteRecords(first: 1) { nodes { csId } } } }',
  )
  expect(data.agent).toEqual({ remoteRecords: null })
  expect(failures).toEqual(['UPSTREAM_BAD_RESPONSE agent remoteRecords nodes'])
})

test('who handled no record has no name, and an empty list', async () => {
  await using gateway = await startGateway()
  const { data, failures, calls } = await gateway.ask(
    `{ agent(servicerId: 999) {
      name
      remoteRecords {
        totalCount edges { cursor } nodes { csId }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      }
    } }`,
  )
  expect(data.agent).toEqual({
    name: null,
    remoteRecords: {
      totalCount: 0,
      edges: [],
      nodes: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
    },
  })
  expect(failures).toEqual([])
  expect(calls).toEqual(['agent_histories/999 page=1 per_page=21'])
})

test('a name that fails is null alone', async () => {
  await using gateway = await startGateway({
    beforeAnswer({ path }) {
      if (path.includes('chatrecords')) throw new Error('broken')
    },
  })
  const { data, failures } = await gateway.ask(
    '{ remoteRecords(first: 1) { nodes { agent { servicerId name } } } }',
  )
  expect(data.remoteRecords.nodes).toEqual([{ agent: { servicerId: '207', name: null } }])
  expect(failures).toEqual(['UPSTREAM_UNAVAILABLE remoteRecords nodes 0 agent name'])
})

test("an agent's records are a list of its own, newest or oldest first", async () => {
  await using gateway = await startGateway()
  const { data, calls } = await gateway.ask(
    `{ agent(servicerId: 215) {
      newest: remoteRecords(first: 3) { totalCount nodes { csId agent { servicerId } } }
      oldest: remoteRecords(first: 3, order: OLDEST_FIRST) { nodes { csId } }
    } }`,
  )
  const { newest, oldest } = data.agent
  expect(newest.totalCount).toBe(63)
  expect(csIdsOf(newest)).toEqual(['2994', '2956', '2932'])
  expect(csIdsOf(oldest)).toEqual(['1015', '1051', '1093'])
  expect(newest.nodes[0].agent).toEqual({ servicerId: '215' })
  expect(calls).toEqual([
    'agent_histories/215 page=1 per_page=4',
    'agent_histories/215 page=1 per_page=100',
  ])
})

test("an agent's records of some days", async () => {
  await using gateway = await startGateway()
  const { data, calls } = await gateway.ask(
    `{ agent(servicerId: 201) {
      remoteRecords(createdOn: { from: "2026-11-23" }) { totalCount nodes { csId startedAt } }
    } }`,
  )
  expect(data.agent.remoteRecords).toEqual({
    totalCount: 1,
    nodes: [{ csId: '2991', startedAt: '2026-11-23T09:18:47+08:00' }],
  })
  expect(calls).toEqual(['agent_histories/201 page=1 per_page=21 starttime=2026-11-23'])
})
