import { expect, test } from 'vitest'
import { type GatewayOptions, startGateway } from '../gateway.ts'
import { askChat, LONG } from './chat-asking.ts'
import { type ListWalk, lookedUp, lookUps, walkedList } from './odd-asking.ts'

/** An upstream whose first page is page 0. */
const oddities = { lists: { firstPage: 0 }, chatrecords: { firstPage: 0 } } as const
const FROM_ZERO: GatewayOptions = { recordCount: 330, days: 30, oddities }
const ALL = Array.from({ length: 330 }, (_, at) => String(1329 - at))

const WALKS: readonly ListWalk[] = [
  { part: 'first: 100', order: 'NEWEST_FIRST', of: '' },
  { part: 'first: 30', order: 'OLDEST_FIRST', of: '' },
  { part: 'last: 40', order: 'NEWEST_FIRST', of: '' },
]

test.each(WALKS)('no row is lost: $part, $order', async walk => {
  await using gateway = await startGateway(FROM_ZERO)
  const all = walk.order === 'OLDEST_FIRST' ? ALL.toReversed() : ALL
  expect(await walkedList(gateway, walk)).toEqual(all)
})

test('nor by csId', async () => {
  await using gateway = await startGateway(FROM_ZERO)
  const { csIds, found } = lookUps(ALL)
  expect(await lookedUp(gateway, csIds)).toEqual(found)
})

test('nor in a chat', async () => {
  await using gateway = await startGateway({ oddities, messageCount: () => 30 })
  const { chat } = await askChat(gateway, LONG, '(first: 100) { nodes { text } totalCount }')
  expect([chat.nodes.length, chat.totalCount]).toEqual([30, 30])
})

const FIRST_TEN = '{ remoteRecords(first: 10) { nodes { csId } } }'

test('it is found out by one call, once', async () => {
  await using gateway = await startGateway(FROM_ZERO)
  const { calls } = await gateway.ask(FIRST_TEN)
  expect(calls).toEqual(['histories page=1 per_page=11', 'histories page=0 per_page=11'])
  const { calls: more, data } = await gateway.ask(FIRST_TEN.replace('10', '11'))
  expect(more).toEqual(['histories page=0 per_page=12'])
  expect(data.remoteRecords.nodes[0].csId).toBe(ALL[0])
})

test('a previous page that is stated of page 1 though there is none costs one call, once', async () => {
  await using gateway = await startGateway({
    distort: (body: object) => ({ ...body, previous_page: 'https://upstream' }),
  })
  const { calls } = await gateway.ask(FIRST_TEN)
  expect(calls).toEqual(['histories page=1 per_page=11', 'histories page=0 per_page=11'])
  const { calls: more } = await gateway.ask(FIRST_TEN.replace('10', '11'))
  expect(more).toEqual(['histories page=1 per_page=12'])
})
