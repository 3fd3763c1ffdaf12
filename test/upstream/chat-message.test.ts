import { expect, test } from 'vitest'
import { listChatMessages } from '../../src/upstream/chat-message.ts'
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
  return { ...page, oddities: visitor.oddities }
}

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

test.each([
  {},
  { remote_chatrecords: null },
  { remote_chatrecords: [] },
  { remote_chatrecords: { csId: '221', contents: null } },
])('the answer %j is no chat', async body => {
  expect(await rejection(list(body))).toMatchObject({
    code: 'UPSTREAM_BAD_RESPONSE',
    retryable: false,
    message: expect.stringContaining('expected the chat of a service record, got '),
  })
})
