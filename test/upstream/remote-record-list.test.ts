import { expect, test } from 'vitest'
import {
  listAgentRemoteRecords,
  listLabelledRemoteRecords,
  listRemoteRecords,
} from '../../src/upstream/remote-record.ts'
import { answering, rejection, startFakeUpstream, visit } from './fake-upstream.ts'

const PAGE = { page: 1, perPage: 100 }

test('asks each list by its path, with the page and the days padded', async () => {
  await using upstream = await startFakeUpstream(answering({ remoterecords: [], count: 0 }))
  await using visitor = visit(upstream.url)
  const { session } = visitor
  await listRemoteRecords(session, PAGE)
  await listRemoteRecords(session, { page: 3, perPage: 7 }, { from: '2017-8-7', to: '2017-10-29' })
  await listAgentRemoteRecords(session, 223, PAGE, { from: '2017-08-27' })
  await listLabelledRemoteRecords(session, PAGE, { to: '2017-08-27', from: undefined })
  const path = '/api/v1/remoterecord'
  expect(upstream.requests.map(({ target }) => target)).toEqual([
    `${path}/histories.json?page=1&per_page=100`,
    `${path}/histories.json?starttime=2017-08-07&endtime=2017-10-29&page=3&per_page=7`,
    `${path}/histories/223.json?starttime=2017-08-27&page=1&per_page=100`,
    `${path}/histories_v2.json?endtime=2017-08-27&page=1&per_page=100`,
  ])
  const endpoints = ['histories', 'histories', 'agent_histories', 'histories_v2']
  expect(visitor.calls.map(({ endpoint }) => endpoint)).toEqual(endpoints)
})

test('makes no call for numbers and days that cannot be asked for', async () => {
  await using upstream = await startFakeUpstream(answering({ remoterecords: [] }))
  await using visitor = visit(upstream.url)
  const { session } = visitor
  const attempts = [0, -1, 1.5, Number.NaN, 2 ** 53, '1/../x' as unknown as number].flatMap(
    number => [
      listAgentRemoteRecords(session, number, PAGE),
      listRemoteRecords(session, { page: number, perPage: 1 }),
      listRemoteRecords(session, { page: 1, perPage: number }),
    ],
  )
  attempts.push(listRemoteRecords(session, PAGE, { from: '2017-02-30' }))
  for (const attempt of attempts) expect(await rejection(attempt)).toBeInstanceOf(RangeError)
  expect(upstream.requests).toEqual([])
})

async function list(body: unknown) {
  await using upstream = await startFakeUpstream(answering(body))
  await using visitor = visit(upstream.url)
  const page = await listRemoteRecords(visitor.session, PAGE)
  return { ...page, requests: upstream.requests, oddities: visitor.oddities }
}

test('keeps the rows in the order of the upstream, duplicates too', async () => {
  const remoterecords = [{ csId: 5 }, { csId: '9' }, { csId: 5 }, { csId: 7 }]
  const { rows, size } = await list({ remoterecords, count: 4 })
  expect(rows.map(({ csId }) => csId)).toEqual([5, 9, 5, 7])
  expect(size).toBe(4)
})

test('reads as many rows as an upstream may give that ignores `per_page`, and no more', async () => {
  const rows = (length: number) => Array.from({ length }, (_, at) => ({ csId: at + 1 }))
  expect((await list({ remoterecords: rows(10_000) })).rows).toHaveLength(10_000)
  expect(await rejection(list({ remoterecords: rows(10_001) }))).toMatchObject({
    code: 'UPSTREAM_BAD_RESPONSE',
    retryable: false,
    message:
      "The upstream's answer for the list of service records has too many rows: expected at most 10000, got more.",
  })
})

test('leaves out rows without a readable csId, and tells of each', async () => {
  const junk = [{}, { csId: 0 }, { csId: -1 }, { csId: 1.5 }, { csId: 2 ** 53 }, { csId: 'x' }]
  const remoterecords = [...junk, { csId: null }, null, 'row', [1], { csId: 7 }]
  const { rows, size, oddities } = await list({ remoterecords, count: 11, next_page: null })
  expect(rows.map(({ csId }) => csId)).toEqual([7])
  expect(size).toBe(11)
  expect(oddities).toEqual(Array(10).fill('row-without-csid'))
})

test.each([
  [42, 42, []],
  ['42', 42, []],
  [0, 0, []],
  [-1, undefined, ['unusable-count']],
  [1.5, undefined, ['unusable-count']],
  ['many', undefined, ['unusable-count']],
  [null, undefined, ['unusable-count']],
  [undefined, undefined, ['unusable-count']],
  [[42], undefined, ['unusable-count']],
])('a count of %j is %j', async (stated, count, told) => {
  const page = await list({ remoterecords: [], count: stated })
  expect(page.count).toBe(count)
  expect(page.oddities).toEqual(told)
})

test.each([
  ['https://www.bangwo8.com/api/v1/remoterecord/histories.json?page=2', true, []],
  [null, false, []],
  ['', false, []],
  [undefined, undefined, []],
  [2, true, []],
  [0, false, []],
  [false, false, []],
  [[], undefined, ['unreadable-field']],
])('a next_page of %j is %j', async (next_page, hasNext, told) => {
  const page = await list({ remoterecords: [], count: 0, next_page })
  expect(page.hasNext).toBe(hasNext)
  expect(page.oddities).toEqual(told)
})

test('follows no URL of an answer', async () => {
  await using hostile = await startFakeUpstream(answering({}))
  const { url } = hostile
  const row = { csId: 1, contents: url, custom_fields: [{ key: 'file', value: url }] }
  const { rows, requests } = await list({
    remoterecords: [row],
    count: 200,
    next_page: `${url}/next`,
    previous_page: `${url}/previous`,
  })
  expect(rows[0]?.chatUrl).toBe(url)
  expect(rows[0]?.customFields).toEqual([{ key: 'file', value: url, attachments: [url] }])
  expect(requests).toHaveLength(1)
  expect(hostile.connectionCount()).toBe(0)
})

test.each([
  [{}, 'another object'],
  [[], 'an array'],
  ['null', 'null'],
  ['"text"', 'a string'],
  [{ remoterecords: null, count: 1 }, 'another object'],
  [{ remoterecords: null }, 'another object'],
  [{ remoterecords: { 1: { csId: 1 }, csId: 2 }, count: 0 }, 'another object'],
  [{ remoterecords: {}, count: 1 }, 'another object'],
  [{ status: 'secret', message: 'secret' }, 'another object'],
  [{ status: '120001', message: 'x' }, 'an object with status 120001'],
])('the answer %j is no list', async (body, got) => {
  await using upstream = await startFakeUpstream(answering(body))
  await using visitor = visit(upstream.url)
  expect(await rejection(listRemoteRecords(visitor.session, PAGE))).toMatchObject({
    code: 'UPSTREAM_BAD_RESPONSE',
    retryable: false,
    message: `The upstream's answer cannot be read: expected the list of service records, got ${got}.`,
  })
  expect(visitor.calls).toMatchObject([{ outcome: 'UPSTREAM_BAD_RESPONSE' }])
})

test('a list may have numbers for names', async () => {
  const { rows, size } = await list({ remoterecords: { 0: { csId: 7 }, 2: { csId: 5 } }, count: 2 })
  expect(rows.map(({ csId }) => csId)).toEqual([7, 5])
  expect(size).toBe(2)
})

test.each([null, [], {}, '', undefined])('a list without rows may be %j', async remoterecords => {
  const page = await list({ remoterecords, count: 0, next_page: null })
  expect(page).toMatchObject({ rows: [], size: 0, count: 0, hasNext: false, oddities: [] })
})

test('a page beyond the end may be null too', async () => {
  await using upstream = await startFakeUpstream(answering({ remoterecords: null, count: '100' }))
  await using visitor = visit(upstream.url)
  const ask = (page: number) => listRemoteRecords(visitor.session, { page, perPage: 50 })
  expect(await ask(3)).toMatchObject({ rows: [], count: 100 })
  expect(await rejection(ask(2))).toMatchObject({ code: 'UPSTREAM_BAD_RESPONSE' })
})

test("an agent's list with a record of another is a bad response", async () => {
  await using upstream = await startFakeUpstream(({ url }, response) => {
    const other = url?.startsWith('/api/v1/remoterecord/histories/7.json') ? '7' : 8
    const rows = [7, '7', 0, null, undefined, other].map((csServicerId, at) => ({
      csId: at + 1,
      csServicerId,
    }))
    response.end(JSON.stringify({ remoterecords: rows, count: 6 }))
  })
  await using visitor = visit(upstream.url)
  expect((await listAgentRemoteRecords(visitor.session, 7, PAGE)).rows).toHaveLength(6)
  expect((await listRemoteRecords(visitor.session, PAGE)).rows).toHaveLength(6)
  const error = await rejection(listAgentRemoteRecords(visitor.session, 9, PAGE))
  expect(error).toMatchObject({
    code: 'UPSTREAM_BAD_RESPONSE',
    retryable: false,
    message: expect.stringContaining(
      "expected the list of one agent's service records of one id, got another.",
    ),
  })
})

test.each([
  [['2017-08-25 23:59:59'], true],
  [['2017-08-25 23:59:59', '2017-08-25 23:59:59', '2017-08-28 00:00:00'], false],
  [['2017-08-25 23:59:59', '2017-08-25 23:59:59', null, null], true],
  [['2017-08-25 23:59:59', '2016-01-01 00:00:00'], false],
  [['2017-08-26 00:00:00', '2016-01-01 00:00:00'], true],
  [['2017-08-28 00:00:00', '2017-08-25 00:00:00', '2017-08-25 00:00:00'], false],
  [['2017-08-25 23:59:59', null], true],
  [['2017-09-20 00:00:00'], true],
  [[], true],
])('records that began at %j may be created from 27 to 30 August: %j', async (times, isTaken) => {
  const remoterecords = times.map((csBTime, at) => ({ csId: at + 1, csBTime }))
  await using upstream = await startFakeUpstream(answering({ remoterecords, count: 2 }))
  await using visitor = visit(upstream.url)
  const days = { from: '2017-08-27', to: '2017-08-30' }
  for (const ask of [listRemoteRecords, listLabelledRemoteRecords]) {
    const answer = ask(visitor.session, PAGE, days)
    if (isTaken) expect((await answer).rows).toHaveLength(times.length)
    else
      expect(await rejection(answer)).toMatchObject({
        code: 'UPSTREAM_BAD_RESPONSE',
        message: expect.stringMatching(
          /expected the (?:labelled )?list of service records of the days asked for, got other days\.$/,
        ),
      })
  }
  expect((await listRemoteRecords(visitor.session, PAGE, { to: '2017-08-30' })).size).toBe(
    times.length,
  )
})

test('reads labels of the v2 list; none is null, whatever stands for it', async () => {
  const remoterecords = [
    { csId: 1, ptId: '财务核算', ptChildId: '凭证处理', ptThird: null },
    { csId: 2, ptId: '', ptChildId: 0, ptThird: '0' },
    { csId: 3, ptId: 365, ptChildId: {} },
  ]
  await using upstream = await startFakeUpstream(answering({ remoterecords, count: 3 }))
  await using visitor = visit(upstream.url)
  const { rows } = await listLabelledRemoteRecords(visitor.session, PAGE)
  expect(rows).toEqual([
    { csId: 1, labels: ['财务核算', '凭证处理', null] },
    { csId: 2, labels: [null, null, null] },
    { csId: 3, labels: ['365', null, null] },
  ])
  expect(visitor.oddities).toEqual(['unreadable-field'])
})

test('a previous_page of 0 is one: upstreams that count from 0 have such a page', async () => {
  expect((await list({ remoterecords: [], count: 0, previous_page: 0 })).hasPrevious).toBe(true)
  expect((await list({ remoterecords: [], count: 0, previous_page: false })).hasPrevious).toBe(
    false,
  )
})
