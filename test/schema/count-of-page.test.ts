import { expect, test } from 'vitest'
import type { ListOddities } from '../../src/emulator/odd/oddities.ts'
import type { Gateway } from '../gateway.ts'
import { startGateway } from '../gateway.ts'
import { askChat } from './chat-asking.ts'

/** The count and next_page of an upstream that counts the rows of the page, not those of the list. */
const COUNT_OF_PAGE = { count: 'of the page', nextPage: 'absent' } as const
const NEVER_MORE = { count: 'of the page', nextPage: 'never' } as const
const WITH_NEXT = { count: 'of the page' } as const

const listed = Array.from({ length: 230 }, (_, index) => 1000 + index)

test.each<[string, ListOddities, number, string]>([
  ['no next_page', COUNT_OF_PAGE, 100, 'NEWEST_FIRST'],
  ['no next_page, oldest first', COUNT_OF_PAGE, 37, 'OLDEST_FIRST'],
  ['next_page always null', NEVER_MORE, 100, 'NEWEST_FIRST'],
  ['next_page always null, oldest first', NEVER_MORE, 20, 'OLDEST_FIRST'],
  ['a true next_page', WITH_NEXT, 50, 'NEWEST_FIRST'],
])('the count is that of the page, %s: a walk has all records', async (_, lists, first, order) => {
  await using gateway = await startGateway({ recordCount: 230, oddities: { lists } })
  const csIds = await walkRecords(gateway, first, order)
  expect(csIds).toEqual(order === 'OLDEST_FIRST' ? listed : listed.toReversed())
})

test.each([
  [{ maxPerPage: 50 }, 'descending'],
  [{ maxPerPage: 50 }, 'ascending'],
  [{ perPage: 20 }, 'descending'],
] as const)(
  'pages are short besides, %j, %s: a list does not end with the first one',
  async (pages, order) => {
    const lists = { ...COUNT_OF_PAGE, ...pages }
    await using gateway = await startGateway({ recordCount: 230, order, oddities: { lists } })
    const csIds = await walkRecords(gateway, 40, 'NEWEST_FIRST')
    expect(csIds).toEqual(listed.toReversed())
  },
)

test.each(['ascending', 'descending'] as const)(
  'a list without a count is counted from its end, %s',
  async order => {
    await using gateway = await startGateway({
      recordCount: 230,
      order,
      oddities: { lists: COUNT_OF_PAGE },
    })
    const { data, failures } = await gateway.ask('{ remoteRecords(first: 1) { totalCount } }')
    expect([data.remoteRecords.totalCount, ...failures]).toEqual([230])
  },
)

test('a list that is as long as it was takes one call', async () => {
  await using gateway = await startGateway({ recordCount: 30, maxPerPage: 100 })
  await gateway.ask('{ remoteRecords(first: 30) { nodes { csId } } }')
  const { calls } = await gateway.ask('{ remoteRecords(last: 1) { nodes { csId } } }')
  expect(calls).toEqual(['histories page=1 per_page=31'])
})

test.each([COUNT_OF_PAGE, NEVER_MORE])('no record is said to be absent, %j', async lists => {
  await using gateway = await startGateway({ recordCount: 230, oddities: { lists } })
  const { data, failures } = await gateway.ask(
    '{ a: remoteRecord(csId: 1000) { csId } b: remoteRecord(csId: 1100) { csId } }',
  )
  expect(failures).toEqual([])
  expect(data).toEqual({ a: { csId: '1000' }, b: { csId: '1100' } })
})

test.each([COUNT_OF_PAGE, NEVER_MORE])('no figure is of one page alone, %j', async lists => {
  await using gateway = await startGateway({ recordCount: 230, oddities: { lists } })
  const { data, failures } = await gateway.ask(
    `{ remoteRecordStatistics(createdOn: { from: "2026-08-01", to: "2026-11-23" }) {
      count resolvedCount
    } }`,
  )
  const count = data.remoteRecordStatistics?.count
  expect([count, ...failures]).toEqual(
    failures.length > 0 ? [undefined, 'LOOKUP_INCONCLUSIVE remoteRecordStatistics'] : [230],
  )
})

test('a chat that is counted so has all its messages', async () => {
  const messageCount = () => 230
  await using gateway = await startGateway({
    messageCount,
    oddities: { chatrecords: COUNT_OF_PAGE },
  })
  const texts: string[] = []
  for (let after: string | undefined; ; ) {
    const page = `(first: 100${after === undefined ? '' : ', after: $cursor'}) ${MESSAGES}`
    const { chat, failures } = await askChat(gateway, '2449', page, after)
    expect(failures).toEqual([])
    texts.push(...chat.nodes.map(({ text }: { text: string }) => text))
    if (!chat.pageInfo.hasNextPage) break
    after = chat.pageInfo.endCursor
  }
  expect(texts).toHaveLength(230)
})

const MESSAGES = '{ nodes { text } pageInfo { hasNextPage endCursor } }'

const WALK = `query ($first: Int!, $after: String, $order: RecordOrder!) {
  remoteRecords(first: $first, after: $after, order: $order) {
    nodes { csId } pageInfo { hasNextPage endCursor }
  }
}`

async function walkRecords(gateway: Gateway, first: number, order: string): Promise<number[]> {
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
