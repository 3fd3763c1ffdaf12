import { expect, test } from 'vitest'
import { startGateway } from '../gateway.ts'
import { askChat, LONG, PAGE, SHORT } from './chat-asking.ts'

const WITHOUT_CHAT = '2995'

test('a message says who sent it, what and when, oldest first', async () => {
  await using gateway = await startGateway()
  const { chat, calls } = await askChat(
    gateway,
    SHORT,
    '{ totalCount nodes { sender senderName text sentAt } }',
  )
  expect(chat).toEqual({
    totalCount: 3,
    nodes: [
      {
        sender: 'AGENT',
        senderName: '赵敏',
        text: '您好,请描述一下您遇到的问题',
        sentAt: '2026-11-23T11:57:02+08:00',
      },
      {
        sender: 'CLIENT',
        senderName: '743528950',
        text: '保存凭证提示借贷不平,差一分钱',
        sentAt: '2026-11-23T11:57:44+08:00',
      },
      {
        sender: 'AGENT',
        senderName: '赵敏',
        text: '这张凭证里有外币或者单价计算的分录吗?',
        sentAt: '2026-11-23T11:57:44+08:00',
      },
    ],
  })
  expect(calls).toEqual(['chatrecords/2999 page=1 per_page=21'])
})

test('the number of messages alone costs the smallest page', async () => {
  await using gateway = await startGateway()
  const { chat, calls } = await askChat(gateway, LONG, '{ totalCount }')
  expect(chat).toEqual({ totalCount: 202 })
  expect(calls).toEqual(['chatrecords/2449 page=1 per_page=1'])
})

test('a record that had no chat has an empty one, for no call', async () => {
  await using gateway = await startGateway()
  const { data, calls } = await gateway.ask(
    `{ remoteRecords(first: 20) { nodes { csId hasChat chatMessages ${PAGE} } } }`,
  )
  const record = data.remoteRecords.nodes.find(
    ({ csId }: { csId: string }) => csId === WITHOUT_CHAT,
  )
  expect(record).toEqual({
    csId: WITHOUT_CHAT,
    hasChat: false,
    chatMessages: {
      totalCount: 0,
      pageInfo: {
        hasNextPage: false,
        hasPreviousPage: false,
        startCursor: null,
        endCursor: null,
      },
      edges: [],
    },
  })
  expect(calls.filter(call => call.startsWith('chatrecords/2995'))).toEqual([])
})

test('a record that does not say whether it had a chat is asked for it', async () => {
  await using gateway = await startGateway({ recordCount: 10 })
  const csId = gateway.emulator.insertRecord({ fields: { ChatRecord: null } })
  const { data, calls } = await gateway.ask(
    '{ remoteRecords(first: 1) { nodes { hasChat chatMessages { totalCount } } } }',
  )
  expect(data.remoteRecords.nodes[0].hasChat).toBeNull()
  expect(calls).toEqual(['histories page=1 per_page=4', `chatrecords/${csId} page=1 per_page=1`])
})

test.each([
  ['{ from: "2026-10-29" }', 16, 'time_start=2026-10-29 time_end=9999-12-31'],
  ['{ to: "2026-10-28" }', 186, 'time_start=1970-01-01 time_end=2026-10-28'],
  ['{ from: "2026-10-28", to: "2026-10-28" }', 186, 'time_start=2026-10-28 time_end=2026-10-28'],
  ['{ from: "2026-10-30" }', 0, 'time_start=2026-10-30 time_end=9999-12-31'],
])('sentOn %s keeps %i messages: the upstream takes days as a pair', async (days, count, sent) => {
  await using gateway = await startGateway()
  const { chat, calls } = await askChat(gateway, LONG, `(sentOn: ${days}, first: 3) ${PAGE}`)
  expect(chat.totalCount).toBe(count)
  expect(chat.edges).toHaveLength(Math.min(3, count))
  // The other end shows whether the oldest messages came first.
  const proof = count === 0 ? [] : [count === 16 ? 'page=2 per_page=8' : 'page=31 per_page=6']
  const pages = ['page=1 per_page=8', ...proof]
  expect(calls).toEqual(pages.map(page => `chatrecords/2449 ${page} ${sent}`))
})

test('a chat that fails is null alone', async () => {
  await using gateway = await startGateway({
    beforeAnswer({ path }) {
      if (path.includes('chatrecords/2998')) throw new Error('broken')
    },
  })
  const { data, failures } = await gateway.ask(
    '{ remoteRecords(first: 3) { nodes { csId chatMessages(first: 1) { totalCount nodes { sender } } } } }',
  )
  expect(data.remoteRecords.nodes).toEqual([
    { csId: '2999', chatMessages: { totalCount: 3, nodes: [{ sender: 'AGENT' }] } },
    { csId: '2998', chatMessages: null },
    { csId: '2997', chatMessages: { totalCount: 13, nodes: [{ sender: 'AGENT' }] } },
  ])
  expect(failures).toEqual(['UPSTREAM_UNAVAILABLE remoteRecords nodes 1 chatMessages'])
})

test('a chat that the upstream does not know is null, without an error', async () => {
  await using gateway = await startGateway()
  const { data, failures, calls } = await gateway.ask(
    `query ($of: [_Any!]!) {
      _entities(representations: $of) {
        ... on RemoteRecord { csId chatMessages(first: 1) { totalCount nodes { text } } }
      }
    }`,
    { of: [{ __typename: 'RemoteRecord', csId: '7' }] },
  )
  expect(failures).toEqual([])
  expect(data._entities).toEqual([{ csId: '7', chatMessages: null }])
  expect(calls).toEqual(['chatrecords/7 page=1 per_page=8'])
})
