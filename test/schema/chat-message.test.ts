import { expect, test } from 'vitest'
import { ADMINISTRATOR } from '../../src/emulator/accounts.ts'
import { basicAuthorization } from '../../src/upstream/client.ts'
import type { Gateway } from '../gateway.ts'
import { startGateway } from '../gateway.ts'

/** A chat of 202 messages that goes on after midnight; many of them share a second. */
const LONG = '2449'
const SHORT = '2999'
const WITHOUT_CHAT = '2995'

async function askChat(gateway: Gateway, csId: string, chat: string, cursor?: string) {
  const answer = await gateway.ask(
    `query ($representations: [_Any!]!${cursor === undefined ? '' : ', $cursor: String'}) {
      _entities(representations: $representations) {
        ... on RemoteRecord { chatMessages${chat} }
      }
    }`,
    { representations: [{ __typename: 'RemoteRecord', csId }], cursor },
  )
  return { ...answer, chat: answer.data?._entities?.[0]?.chatMessages }
}

const PAGE = `{
  totalCount
  pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  edges { cursor node { text sentAt } }
}`

/** The texts of a chat, read from the upstream itself. */
async function textsOf(gateway: Gateway, csId: string): Promise<string[]> {
  const authorization = basicAuthorization(ADMINISTRATOR.account, ADMINISTRATOR.password)
  const texts: string[] = []
  for (let page = 1; page <= 3; page++) {
    const path = `/api/v1/remoterecord/chatrecords/${csId}.json?page=${page}`
    const answer = await fetch(gateway.emulator.url + path, { headers: { authorization } })
    const { remote_chatrecords: chat } = await answer.json()
    texts.push(...chat.contents.map(({ msg }: { msg: string }) => msg))
  }
  return texts
}

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

test('the last messages come oldest first too', async () => {
  await using gateway = await startGateway()
  const { chat } = await askChat(
    gateway,
    SHORT,
    '(last: 2) { pageInfo { hasNextPage hasPreviousPage } nodes { text } }',
  )
  expect(chat).toEqual({
    pageInfo: { hasNextPage: false, hasPreviousPage: true },
    nodes: [
      { text: '保存凭证提示借贷不平,差一分钱' },
      { text: '这张凭证里有外币或者单价计算的分录吗?' },
    ],
  })
})

test('the first 100 of a longer chat are one page, though its last second may go on', async () => {
  await using gateway = await startGateway()
  const texts = await textsOf(gateway, LONG)
  const { chat, calls } = await askChat(gateway, LONG, `(first: 100) ${PAGE}`)
  expect(chat.edges.map(({ node }: { node: { text: string } }) => node.text)).toEqual(
    texts.slice(0, 100),
  )
  expect(chat).toMatchObject({ totalCount: 202, pageInfo: { hasNextPage: true } })
  expect(calls).toEqual([
    'chatrecords/2449 page=1 per_page=100',
    'chatrecords/2449 page=29 per_page=7',
  ])
  const { endCursor } = chat.pageInfo
  const next = await askChat(gateway, LONG, `(first: 1, after: $cursor) ${PAGE}`, endCursor)
  expect(next.chat.edges[0].node.text).toBe(texts[100])
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

test.each([1, 7, 20, 99, 100])('walks of %i messages, either way, read it whole', async size => {
  await using gateway = await startGateway()
  const texts = await textsOf(gateway, LONG)
  expect(await walk(gateway, cursor => `(first: ${size}${cursor && `, after: $cursor`})`)).toEqual(
    texts,
  )
  expect(
    await walk(gateway, cursor => `(last: ${size}${cursor && `, before: $cursor`})`, true),
  ).toEqual(texts)
})

async function walk(gateway: Gateway, args: (cursor: string) => string, isBackward = false) {
  let texts: string[] = []
  let cursor = ''
  for (;;) {
    const { chat } = await askChat(gateway, LONG, args(cursor) + PAGE, cursor || undefined)
    const found = chat.edges.map(({ node }: { node: { text: string } }) => node.text)
    texts = isBackward ? [...found, ...texts] : [...texts, ...found]
    const { hasNextPage, hasPreviousPage, startCursor, endCursor } = chat.pageInfo
    cursor = isBackward ? startCursor : endCursor
    if (!(isBackward ? hasPreviousPage : hasNextPage)) return texts
  }
}

test("a cursor of another record's chat is refused", async () => {
  await using gateway = await startGateway()
  const { chat } = await askChat(gateway, SHORT, '(first: 1) { pageInfo { endCursor } }')
  const { failures } = await askChat(
    gateway,
    LONG,
    '(after: $cursor) { nodes { text } }',
    chat.pageInfo.endCursor,
  )
  expect(failures).toEqual(['BAD_USER_INPUT _entities 0 chatMessages'])
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

test('cursors of a chat are the same, whatever else of it is read beside', async () => {
  await using gateway = await startGateway()
  const cursors = '{ edges { cursor } }'
  const chat = (fields: string) => `{ remoteRecord(csId: 2449) { ${fields} } }`
  const alone = await gateway.ask(chat(`a: chatMessages(first: 60) ${cursors}`))
  const edges: { cursor: string }[] = alone.data.remoteRecord.a.edges
  for (const { cursor } of edges.filter((_, at) => at % 6 === 0)) {
    const { data } = await gateway.ask(
      chat(`a: chatMessages(first: 60) ${cursors}
        b: chatMessages(first: 100, after: "${cursor}") ${cursors}
        c: chatMessages(last: 100, before: "${cursor}") ${cursors}`),
    )
    expect(data.remoteRecord.a.edges).toEqual(edges)
  }
})

test.each([
  ['first', { hasNextPage: true, hasPreviousPage: false }],
  ['last', { hasNextPage: false, hasPreviousPage: true }],
])(
  '%s: 0 gives no messages, for no call, and says what is around if that is asked',
  async (size, around) => {
    await using gateway = await startGateway()
    const bare = await askChat(gateway, SHORT, `(${size}: 0) { edges { cursor } nodes { text } }`)
    expect(bare.chat).toEqual({ edges: [], nodes: [] })
    expect([bare.calls, bare.atMost]).toEqual([[], 0])
    const { chat, calls } = await askChat(gateway, SHORT, `(${size}: 0) ${PAGE}`)
    expect(chat).toEqual({
      totalCount: 3,
      edges: [],
      pageInfo: { ...around, startCursor: null, endCursor: null },
    })
    expect(calls).toHaveLength(1)
  },
)

test('before a cursor alone come the messages before it; after the last one there is none', async () => {
  await using gateway = await startGateway()
  const { chat } = await askChat(gateway, SHORT, PAGE)
  const last = chat.pageInfo.endCursor
  const before = await askChat(gateway, SHORT, `(before: $cursor) ${PAGE}`, last)
  expect(before.chat.edges).toEqual(chat.edges.slice(0, -1))
  const after = await askChat(gateway, SHORT, `(after: $cursor) ${PAGE}`, last)
  expect(after.chat).toMatchObject({ edges: [], pageInfo: { startCursor: null, endCursor: last } })
})
