import { expect, test } from 'vitest'
import type { Gateway } from '../gateway.ts'
import { startGateway } from '../gateway.ts'
import { askChat, LONG, PAGE, SHORT, textsOf } from './chat-asking.ts'

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
