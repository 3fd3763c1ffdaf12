import { expect, test } from 'vitest'
import type { Gateway } from '../gateway.ts'
import { startGateway } from '../gateway.ts'
import { csIdsOf, falling, rising } from './cs-ids.ts'

const NEXT = `query ($after: String, $order: RecordOrder! = NEWEST_FIRST, $first: Int! = 10) {
  remoteRecords(first: $first, after: $after, order: $order) {
    totalCount pageInfo { hasNextPage hasPreviousPage endCursor } nodes { csId }
  }
}`

async function ask(gateway: Gateway, variables: Readonly<Record<string, unknown>> = {}) {
  const { data } = await gateway.ask(NEXT, variables)
  const { pageInfo, totalCount } = data.remoteRecords
  return { csIds: csIdsOf(data.remoteRecords), after: pageInfo.endCursor, totalCount }
}

test('records that are added do not repeat any', async () => {
  await using gateway = await startGateway()
  const { after } = await ask(gateway)
  for (let added = 0; added < 150; added++) gateway.emulator.insertRecord()
  expect(await ask(gateway, { after })).toMatchObject({
    csIds: falling(2989, 2980),
    totalCount: 2150,
  })
})

test('records that are deleted do not hide any', async () => {
  await using gateway = await startGateway()
  const { after } = await ask(gateway)
  gateway.emulator.deleteRange(2991, 2999)
  expect(await ask(gateway, { after })).toMatchObject({
    csIds: falling(2989, 2980),
    totalCount: 1991,
  })
})

test("a cursor stays right when its own record is deleted, and the next ones' too", async () => {
  await using gateway = await startGateway()
  const { after } = await ask(gateway)
  gateway.emulator.deleteRange(2985, 2990)
  const { csIds } = await ask(gateway, { after })
  expect(csIds).toEqual(falling(2984, 2975))
})

test('a record that comes late in the middle is returned by who has not passed it', async () => {
  await using gateway = await startGateway({ csIdStep: 2, firstCsId: 1000, recordCount: 100 })
  const { csIds, after } = await ask(gateway)
  expect(csIds.at(-1)).toBe('1180')
  gateway.emulator.insertRecordAt(1185)
  gateway.emulator.insertRecordAt(1175)
  expect((await ask(gateway, { after, first: 3 })).csIds).toEqual(['1178', '1176', '1175'])
})

test('oldest first, the newest are met at the end', async () => {
  await using gateway = await startGateway({ recordCount: 12 })
  const first = await ask(gateway, { order: 'OLDEST_FIRST' })
  expect(first.csIds).toEqual(rising(1000, 1009))
  gateway.emulator.insertRecord()
  gateway.emulator.deleteRecord(1011)
  const next = await ask(gateway, { order: 'OLDEST_FIRST', after: first.after })
  expect(next.csIds).toEqual(['1010', '1012'])
})

test('a record inserted between two calls of one answer neither repeats nor hides another', async () => {
  await using gateway = await startGateway()
  const { after } = await ask(gateway, { first: 50 })
  const calls: string[] = []
  gateway.emulator.beforeAnswer = ({ path }) => {
    if (calls.push(path) === 2) gateway.emulator.insertRecord()
  }
  const { csIds } = await ask(gateway, { after, first: 100 })
  expect(csIds).toEqual(falling(2949, 2850))
  expect(calls.length).toBeGreaterThan(1)
})

test('cursors hold where another process reads other pages', async () => {
  await using gateway = await startGateway()
  const { after } = await ask(gateway, { first: 37 })
  gateway.forget()
  expect((await ask(gateway, { after, first: 3 })).csIds).toEqual(falling(2962, 2960))
})

test('a row without a csId is left out, and no other for its sake', async () => {
  await using gateway = await startGateway()
  gateway.emulator.insertRecord({ fields: { csId: undefined } })
  const { csIds, after } = await ask(gateway)
  expect(csIds).toEqual(falling(2999, 2990))
  expect((await ask(gateway, { after })).csIds).toEqual(falling(2989, 2980))
})
