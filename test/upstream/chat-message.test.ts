import { expect, test } from 'vitest'
import { type ChatMessageResource, listChatMessages } from '../../src/upstream/chat-message.ts'
import { answering, rejection, startFakeUpstream, visit } from './fake-upstream.ts'

const PAGE = { page: 1, perPage: 100 }

const chat = (...contents: unknown[]) => ({
  remote_chatrecords: { csId: '221', contents },
  count: contents.length,
  next_page: null,
  previous_page: null,
})

async function list(body: unknown) {
  await using upstream = await startFakeUpstream(answering(body))
  await using visitor = visit(upstream.url)
  const page = await listChatMessages(visitor.session, 221, PAGE)
  return { ...page, rows: page.rows.map(readAll), oddities: visitor.oddities }
}

const readAll = ({ sender, senderName, text, sentAt, second }: ChatMessageResource) => ({
  sender,
  senderName,
  text,
  sentAt,
  second,
})

test("reads the vendor's examples, in their order", async () => {
  const fromAgent = {
    spokesman: 213,
    spokesman_identity: 1,
    msg: '这里是具体的聊天内容',
    time: '2017-8-23 13:12:23',
  }
  const fromClient = {
    spokesman: '289789809',
    spokesman_identity: '2',
    msg: 'kj',
    time: '2018-10-24 15:14:12',
  }
  expect(await list(chat(fromClient, fromAgent))).toEqual({
    rows: [
      {
        sender: 'CLIENT',
        senderName: '289789809',
        text: 'kj',
        sentAt: '2018-10-24T15:14:12+08:00',
        second: Date.parse('2018-10-24T07:14:12Z') / 1000,
      },
      {
        sender: 'AGENT',
        senderName: '213',
        text: '这里是具体的聊天内容',
        sentAt: '2017-08-23T13:12:23+08:00',
        second: Date.parse('2017-08-23T05:12:23Z') / 1000,
      },
    ],
    size: 2,
    count: 2,
    hasNext: false,
    hasPrevious: false,
    oddities: [],
  })
})

test('a message without values is still a message', async () => {
  const nothing = { sender: 'UNKNOWN', senderName: null, text: '', sentAt: null, second: null }
  const empty = { spokesman: null, spokesman_identity: '', msg: null, time: '' }
  const { rows, oddities } = await list(chat({}, empty))
  expect(rows).toEqual([nothing, nothing])
  expect(oddities).toEqual([])
})

test('values that cannot be read are told, and rows that are no objects left out', async () => {
  const odd = { spokesman: [], spokesman_identity: 3, msg: 7, time: '2017-02-30 00:00:00' }
  const { rows, size, oddities } = await list(chat(odd, null, 'text'))
  expect(rows).toEqual([
    { sender: 'UNKNOWN', senderName: null, text: '7', sentAt: null, second: null },
  ])
  expect(size).toBe(3)
  expect(oddities.toSorted()).toEqual([
    'unknown-enumeration-value',
    'unreadable-field',
    'unreadable-field',
    'unreadable-row',
    'unreadable-row',
  ])
})

test.each([
  [undefined, ''],
  [{}, ''],
  [{ from: '2017-8-7', to: '2017-8-27' }, 'time_start=2017-08-07&time_end=2017-08-27&'],
  [{ from: '2017-8-7' }, 'time_start=2017-08-07&time_end=9999-12-31&'],
  [{ to: '2017-8-27' }, 'time_start=1970-01-01&time_end=2017-08-27&'],
])('the days %j are asked for as a pair', async (sentOn, search) => {
  await using upstream = await startFakeUpstream(answering(chat()))
  await using visitor = visit(upstream.url)
  await listChatMessages(visitor.session, 221, { page: 2, perPage: 40 }, sentOn)
  const path = '/api/v1/remoterecord/chatrecords/221.json'
  expect(upstream.requests[0]?.target).toBe(`${path}?${search}page=2&per_page=40`)
})

test('of a client, a number has its nine digits, and 0 is none', async () => {
  const numbers = [89789809, 0, '289789809']
  const { rows } = await list(
    chat(...numbers.map(spokesman => ({ spokesman, spokesman_identity: 2 }))),
  )
  expect(rows.map(({ senderName }) => senderName)).toEqual(['089789809', null, '289789809'])
})

test('reports nothing of a message before it is read', async () => {
  await using upstream = await startFakeUpstream(answering(chat({ time: 'then', msg: {} })))
  await using visitor = visit(upstream.url)
  const { rows } = await listChatMessages(visitor.session, 221, PAGE)
  expect(visitor.unreadable).toEqual([])
  expect(rows[0]?.sentAt).toBeNull()
  expect(rows[0]?.text).toBe('')
  expect(visitor.unreadable).toEqual(['time', 'msg'])
})

const MESSAGE = { msg: 'kj' }

test.each([
  ['a list with numbers for names', { csId: '221', contents: { 0: MESSAGE, 2: MESSAGE } }, 2],
  ['no object around it', [MESSAGE], 1],
])('a chat may be %s', async (_, remote_chatrecords, size) => {
  const { rows } = await list({ remote_chatrecords, count: 2, next_page: null })
  expect(rows.map(({ text }) => text)).toEqual(Array(size).fill('kj'))
})

test.each([null, [], {}, '', { csId: '221', contents: null }, { csId: '221', contents: {} }])(
  'an empty chat may be %j',
  async remote_chatrecords => {
    const { rows, count } = await list({ remote_chatrecords, count: 0, next_page: null })
    expect(rows).toEqual([])
    expect(count).toBe(0)
  },
)

test('a chat of another record is a bad response', async () => {
  const body = { remote_chatrecords: { csId: '222', contents: [MESSAGE] }, count: 1 }
  expect(await rejection(list(body))).toMatchObject({
    code: 'UPSTREAM_BAD_RESPONSE',
    retryable: false,
    message:
      'The upstream did not give what was asked for: expected the chat of a service record of one id, got another.',
  })
})

test.each([221, '221', '0221', 0, null, undefined, 'x'])(
  'a chat that says it is of the record %j is taken for the one asked for',
  async csId => {
    const body = { remote_chatrecords: { csId, contents: [MESSAGE] }, count: 1 }
    expect((await list(body)).rows).toHaveLength(1)
  },
)

test.each([
  [['2017-08-25 23:59:59', '2017-09-09 10:00:00'], false],
  [['2017-08-25 23:59:59', '2017-08-26 00:00:00'], true],
  [['2017-09-01 00:00:00', '2017-08-31 23:59:59'], true],
  [['2017-09-01 00:00:00', null], true],
  [[], true],
])('messages of %j may be of 27 to 30 August: %j', async (times, isTaken) => {
  await using upstream = await startFakeUpstream(answering(chat(...times.map(time => ({ time })))))
  await using visitor = visit(upstream.url)
  const days = { from: '2017-08-27', to: '2017-08-30' }
  const answer = listChatMessages(visitor.session, 221, PAGE, days)
  if (isTaken) expect((await answer).rows).toHaveLength(times.length)
  else expect(await rejection(answer)).toMatchObject({ code: 'UPSTREAM_BAD_RESPONSE' })
})

test.each([
  {},
  { remote_chatrecords: null },
  { remote_chatrecords: [] },
  { remote_chatrecords: [], count: 1 },
  { remote_chatrecords: { csId: '221', contents: null } },
])('the answer %j is no chat', async body => {
  expect(await rejection(list(body))).toMatchObject({
    code: 'UPSTREAM_BAD_RESPONSE',
    retryable: false,
    message: expect.stringContaining('expected the chat of a service record, got '),
  })
})
