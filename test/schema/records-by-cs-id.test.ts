import { expect, test } from 'vitest'
import { formatGlobalId } from '../../src/schema/arguments/global-id.ts'
import { startGateway } from '../gateway.ts'

const RECORDS = `query ($csIds: [ID!]!) { remoteRecordsByCsId(csIds: $csIds) { csId companyName } }`

test('records come in the order of their csIds, null in place of one that there is not', async () => {
  await using gateway = await startGateway()
  const { data, failures } = await gateway.ask(RECORDS, {
    csIds: ['2999', '1500', '5', 1501, '2999'],
  })
  expect(failures).toEqual([])
  const csIds = data.remoteRecordsByCsId.map((each: { csId: string } | null) => each?.csId ?? null)
  expect(csIds).toEqual(['2999', '1500', null, '1501', '2999'])
})

test('a hundred neighbours share their pages', async () => {
  await using gateway = await startGateway()
  const csIds = Array.from({ length: 100 }, (_, at) => 1450 + at)
  const { data, calls, expected } = await gateway.ask(RECORDS, { csIds })
  expect(data.remoteRecordsByCsId).toHaveLength(100)
  expect([calls.length, expected]).toEqual([3, 3])
})

test('none cost nothing, and more than a hundred are refused', async () => {
  await using gateway = await startGateway()
  expect(await gateway.ask(RECORDS, { csIds: [] })).toMatchObject({
    data: { remoteRecordsByCsId: [] },
    calls: [],
  })
  const { errors, calls } = await gateway.ask(RECORDS, { csIds: new Array(101).fill(1500) })
  expect(errors?.[0]?.message).toBe('csIds must be at most 100; there are 101.')
  expect(calls).toEqual([])
})

test('one id that cannot be right is named, and nothing is asked', async () => {
  await using gateway = await startGateway()
  const { errors, calls } = await gateway.ask(RECORDS, { csIds: ['1500', 'x'] })
  expect(errors?.[0]?.message).toBe('csIds[1] must be a whole number from 1, of at most 15 digits.')
  expect(calls).toEqual([])
})

test('one that fails is null with its error, and the others live', async () => {
  await using gateway = await startGateway()
  await gateway.ask('{ remoteRecords { totalCount nodes { csId } } }')
  gateway.emulator.beforeAnswer = ({ parameters }) => {
    if (parameters.page !== '1') throw new Error('broken')
  }
  const { data, failures } = await gateway.ask(RECORDS, { csIds: [2999, 1500] })
  expect(data.remoteRecordsByCsId).toEqual([
    { csId: '2999', companyName: expect.any(String) },
    null,
  ])
  expect(failures).toEqual(['UPSTREAM_UNAVAILABLE remoteRecordsByCsId 1'])
})

test('look-ups of all fields are one search, each csId once', async () => {
  await using gateway = await startGateway()
  const id = formatGlobalId({ typename: 'RemoteRecord', parts: ['1503'] })
  const source = `query ($ids: [ID!]!, $of: [_Any!]!) {
    remoteRecord(csId: 1500) { price }
    again: remoteRecord(csId: "1500") { price }
    remoteRecordsByCsId(csIds: [1501, 1502]) { price }
    node(id: "${id}") { ... on RemoteRecord { price } }
    nodes(ids: $ids) { ... on RemoteRecord { price } }
    _entities(representations: $of) { ... on RemoteRecord { price } }
  }`
  const of = [1500, 1504].map(csId => ({ __typename: 'RemoteRecord', csId }))
  const cold = await gateway.ask(source, { ids: [id], of })
  const warm = await gateway.ask(source, { ids: [id], of })
  expect(cold.failures).toEqual([])
  expect([cold.calls.length, cold.expected, cold.atMost]).toEqual([2, 2, 16])
  expect([warm.calls.length, warm.expected, warm.atMost]).toEqual([1, 1, 16])
})

test('a thousand references come at once, for the calls of their pages', async () => {
  await using gateway = await startGateway()
  const representations = Array.from({ length: 1000 }, (_, at) => ({
    __typename: 'RemoteRecord',
    csId: String(1500 + at),
  }))
  const source = `query ($of: [_Any!]!) {
    _entities(representations: $of) { ... on RemoteRecord { csId companyName } }
  }`
  const { data, failures, calls, atMost } = await gateway.ask(source, { of: representations })
  expect(failures).toEqual([])
  expect(data._entities.map(({ csId }: { csId: string }) => csId)).toEqual(
    representations.map(({ csId }) => csId),
  )
  expect(calls.length).toBeLessThanOrEqual(13)
  expect(atMost).toBe(25)
})
