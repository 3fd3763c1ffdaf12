import { describe, expect, test } from 'vitest'
import type { Gateway } from '../gateway.ts'
import { startGateway } from '../gateway.ts'

const WALK = `query ($first: Int!, $after: String, $order: RecordOrder!) {
  remoteRecords(first: $first, after: $after, order: $order) {
    nodes { csId } pageInfo { hasNextPage endCursor }
  }
}`

async function walk(gateway: Gateway, first: number, order: string): Promise<number[]> {
  const csIds: number[] = []
  for (let after: string | null = null; csIds.length < 1000; ) {
    const { data, failures } = await gateway.ask(WALK, { first, after, order })
    if (failures.length > 0) throw new Error(failures.join())
    const { nodes, pageInfo } = data.remoteRecords
    csIds.push(...nodes.map(({ csId }: { csId: string }) => Number(csId)))
    if (!pageInfo.hasNextPage) return csIds
    after = pageInfo.endCursor
  }
  throw new Error('the walk did not end')
}

describe('one row of 250 is hidden amid the list, and counted', () => {
  const start = () =>
    startGateway({ recordCount: 250, oddities: { lists: { hidden: csId => csId === 1100 } } })

  test.each([
    [100, 'NEWEST_FIRST'],
    [100, 'OLDEST_FIRST'],
    [20, 'NEWEST_FIRST'],
    [7, 'OLDEST_FIRST'],
  ])('a walk by %i, %s, has all others', async (first, order) => {
    await using gateway = await start()
    const listed = Array.from({ length: 250 }, (_, index) => 1000 + index)
    const shown = listed.filter(csId => csId !== 1100)
    const csIds = await walk(gateway, first, order)
    expect(csIds).toEqual(order === 'OLDEST_FIRST' ? shown : shown.toReversed())
  })

  test('records on either side are found', async () => {
    await using gateway = await start()
    const { data, failures } = await gateway.ask(
      '{ a: remoteRecord(csId: 1099) { csId } b: remoteRecord(csId: 1040) { csId } }',
    )
    expect(failures).toEqual([])
    expect(data).toEqual({ a: { csId: '1099' }, b: { csId: '1040' } })
  })
})

test.each([
  ['OLDEST_FIRST', 100, 100],
  ['NEWEST_FIRST', 30, 100],
  ['NEWEST_FIRST', 100, 50],
] as const)(
  'every tenth row is hidden and counted: %s by %i, at most %i rows a page',
  async (order, first, maxPerPage) => {
    const hidden = (csId: number) => csId % 10 === 0
    await using gateway = await startGateway({
      recordCount: 430,
      oddities: { lists: { hidden, maxPerPage } },
    })
    const listed = Array.from({ length: 430 }, (_, index) => 1000 + index)
    const shown = listed.filter(csId => !hidden(csId))
    const csIds = await walk(gateway, first, order)
    expect(csIds).toEqual(order === 'OLDEST_FIRST' ? shown : shown.toReversed())
  },
)

test('an upstream that states no next page, with hidden rows, loses none either', async () => {
  await using gateway = await startGateway({
    recordCount: 250,
    oddities: { lists: { hidden: csId => csId === 1100, nextPage: 'absent' } },
  })
  const listed = Array.from({ length: 250 }, (_, index) => 1249 - index)
  expect(await walk(gateway, 100, 'NEWEST_FIRST')).toEqual(listed.filter(csId => csId !== 1100))
})

test('an empty page ends no list that states more rows, and no next page', async () => {
  await using gateway = await startGateway({
    recordCount: 700,
    oddities: { lists: { hidden: csId => csId > 1200 && csId <= 1450, nextPage: 'absent' } },
  })
  const listed = Array.from({ length: 700 }, (_, index) => 1699 - index)
  const shown = listed.filter(csId => csId <= 1200 || csId > 1450)
  expect(await walk(gateway, 100, 'NEWEST_FIRST')).toEqual(shown)
})

test.each([
  ['NEWEST_FIRST', 10],
  ['OLDEST_FIRST', 10],
] as const)(
  '250 rows in a row are hidden and counted: %s by %i, all others come',
  async (order, first) => {
    await using gateway = await startGateway({
      recordCount: 700,
      oddities: { lists: { hidden: csId => csId > 1200 && csId <= 1450 } },
    })
    const listed = Array.from({ length: 700 }, (_, index) => 1000 + index)
    const shown = listed.filter(csId => csId <= 1200 || csId > 1450)
    const csIds = await walk(gateway, first, order)
    expect(csIds).toEqual(order === 'OLDEST_FIRST' ? shown : shown.toReversed())
  },
)

test.each([3, 5, 10])(
  'one row of %i is hidden: a walk has all others, or says that it failed',
  async every => {
    const hidden = (csId: number) => csId % every === 0
    await using gateway = await startGateway({
      recordCount: 430,
      oddities: { lists: { hidden } },
    })
    const listed = Array.from({ length: 430 }, (_, index) => 1429 - index)
    const outcome = await walk(gateway, 100, 'NEWEST_FIRST').catch((error: Error) => error.message)
    const shown = listed.filter(csId => !hidden(csId))
    if (typeof outcome === 'string') {
      expect(outcome).toMatch(/^(UPSTREAM_CALL_LIMIT|LOOKUP_INCONCLUSIVE) /)
    } else {
      expect(outcome).toEqual(shown)
    }
  },
)

test('a whole list on one page, with one row hidden and counted: each row that came is given', async () => {
  await using gateway = await startGateway({
    recordCount: 4,
    oddities: { lists: { hidden: csId => csId === 1001 } },
  })
  const { data, failures } = await gateway.ask('{ remoteRecords(first: 100) { nodes { csId } } }')
  expect(failures).toEqual([])
  expect(data.remoteRecords.nodes).toHaveLength(3)
})

const CHAT = `query ($first: Int!, $after: String) {
  remoteRecord(csId: 1010) { chatMessages(first: $first, after: $after) {
    nodes { text } pageInfo { hasNextPage endCursor }
  } }
}`

test.each([
  [3, 100],
  [101, 100],
  [250, 40],
])(
  'the second of %i messages is hidden and counted: by %i, all others are given',
  async (messageCount, first) => {
    await using gateway = await startGateway({
      recordCount: 40,
      messageCount: () => messageCount,
      oddities: { chatrecords: { hidden: message => message.number === 2 } },
    })
    const texts: string[] = []
    for (let after: string | null = null; ; ) {
      const { data, failures } = await gateway.ask(CHAT, { first, after })
      expect(failures).toEqual([])
      const { nodes, pageInfo } = data.remoteRecord.chatMessages
      texts.push(...nodes.map(({ text }: { text: string }) => text))
      if (!pageInfo.hasNextPage) break
      after = pageInfo.endCursor
    }
    expect(texts).toHaveLength(messageCount - 1)
  },
)

test('a page that is empty amid the list is not asked for again', async () => {
  await using gateway = await startGateway({
    recordCount: 700,
    oddities: { lists: { hidden: csId => csId > 1540 } },
  })
  const { calls } = await gateway.ask('{ remoteRecords(first: 20) { nodes { csId } } }')
  expect(new Set(calls).size).toBe(calls.length)
})
