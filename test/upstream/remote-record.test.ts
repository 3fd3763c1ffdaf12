import { expect, test } from 'vitest'
import {
  listAgentRemoteRecords,
  listLabelledRemoteRecords,
  listRemoteRecords,
  RemoteRecordResource,
} from '../../src/upstream/remote-record.ts'
import { answering, rejection, startFakeUpstream, visit } from './fake-upstream.ts'

const PAGE = { page: 1, perPage: 100 }

/** The vendor's own example, made strict. */
const ROW = {
  csId: 123,
  csIdS: 'MjAxNy0wOC0xOCAxMDozMzowNQ==',
  csBTime: '2017-8-27 10:21:10',
  csETime: '2017-8-27 10:22:12',
  csStat: 5,
  csServicerId: 223,
  uniqueNumber: '289789809',
  csSId: 77,
  csPrice: 234.0,
  payStat: 1,
  payDateTime: '2017-8-27 10:21:10',
  companyName: '金万维科技有限公司',
  contactor: '张三',
  contactMethod: '13240138478',
  ComputerName: '这里是主机备注',
  ptId: 223,
  ptChildId: 453,
  ptThird: 345,
  note: '这里是问题描述',
  ProblemSolution: '这里是解决办法',
  commentScore: 5,
  comment: '这里是评价内容',
  isFinish: 1,
  ChatRecord: 1,
  Remote: 1,
  TransferFile: 1,
  FileCount: 3,
  custom_fields: [{ key: 'field_1', value: '4334' }],
  contents: 'https://www.bangwo8.com/api/v1/remoterecord/chatrecords/123.json',
}

const DECODED = {
  csId: 123,
  sessionId: 'MjAxNy0wOC0xOCAxMDozMzowNQ==',
  startedAt: '2017-08-27T10:21:10+08:00',
  startedOn: '2017-08-27',
  endedAt: '2017-08-27T10:22:12+08:00',
  durationSeconds: 62,
  status: 'COMPLETED',
  servicerId: 223,
  uniqueNumber: '289789809',
  serviceCardId: '77',
  price: '234.00',
  paymentStatus: 'PAID',
  paidAt: '2017-08-27T10:21:10+08:00',
  companyName: '金万维科技有限公司',
  contactName: '张三',
  contactMethod: '13240138478',
  computerNote: '这里是主机备注',
  problemTypeIds: [223, 453, 345],
  description: '这里是问题描述',
  solution: '这里是解决办法',
  rating: 'GOOD',
  ratingComment: '这里是评价内容',
  isResolved: true,
  hasChat: true,
  mayHaveChat: true,
  hasRemoteControl: true,
  hasFileTransfer: true,
  transferredFileCount: 3,
  customFields: [{ key: 'field_1', value: '4334', attachments: [] }],
  chatUrl: 'https://www.bangwo8.com/api/v1/remoterecord/chatrecords/123.json',
}

type Field = keyof typeof DECODED

const NO_VALUES = {
  ...Object.fromEntries(Object.keys(DECODED).map(name => [name, null])),
  csId: 123,
  status: 'UNKNOWN',
  paymentStatus: 'UNKNOWN',
  problemTypeIds: [null, null, null],
  hasChat: false,
  mayHaveChat: true,
  hasRemoteControl: false,
  hasFileTransfer: false,
  transferredFileCount: 0,
  customFields: [],
}

function readAll(record: RemoteRecordResource) {
  const names = Object.keys(DECODED) as Field[]
  return Object.fromEntries(names.map(name => [name, record[name]]))
}

function decode(fields: Record<string, unknown>) {
  const oddities: string[] = []
  const record = new RemoteRecordResource(123, { ...ROW, ...fields }, kind => oddities.push(kind))
  return { record, oddities }
}

test("reads the vendor's example", () => {
  const { record, oddities } = decode({})
  expect(readAll(record)).toEqual(DECODED)
  expect(oddities).toEqual([])
})

test('reads every number as a string too', () => {
  const spelt = Object.entries(ROW).map(([name, value]) => [
    name,
    typeof value === 'number' ? String(value) : value,
  ])
  const { record, oddities } = decode(Object.fromEntries(spelt))
  expect(readAll(record)).toEqual(DECODED)
  expect(oddities).toEqual([])
})

test.each([
  ['absent', undefined],
  ['null', null],
  ['empty', ''],
])('fields that are %s are no value, and nothing odd', (_how, value) => {
  const none = Object.fromEntries(Object.keys(ROW).map(name => [name, value]))
  const { record, oddities } = decode(none)
  expect(readAll(record)).toEqual(NO_VALUES)
  expect(oddities).toEqual([])
})

test.each([{ object: true }, ['list']])('a field that is %j costs that field alone', junk => {
  for (const name of Object.keys(ROW)) {
    const { record, oddities } = decode({ [name]: junk })
    readAll(record)
    readAll(record)
    expect(readAll(record)).toMatchObject({ csId: 123 })
    const isFields = name === 'custom_fields'
    const kind = Array.isArray(junk) ? ['custom-field-without-key'] : []
    const isEnumerated = ['csStat', 'payStat', 'commentScore'].includes(name)
    const told = isEnumerated ? ['unknown-enumeration-value'] : ['unreadable-field']
    expect([name, oddities]).toEqual([name, name === 'csId' ? [] : isFields ? kind : told])
  }
})

test.each<[Record<string, unknown>, Field, unknown, string[]?]>([
  [{ csStat: 0 }, 'status', 'INVALID'],
  [{ csStat: '1' }, 'status', 'IN_SERVICE'],
  [{ csStat: 2 }, 'status', 'WAITING'],
  [{ csStat: 3 }, 'status', 'EXTENDED'],
  [{ csStat: 4 }, 'status', 'ON_HOLD'],
  [{ csStat: 6 }, 'status', 'UNKNOWN', ['unknown-enumeration-value']],
  [{ csStat: -1 }, 'status', 'UNKNOWN', ['unknown-enumeration-value']],
  [{ payStat: 0 }, 'paymentStatus', 'UNPAID'],
  [{ payStat: 2 }, 'paymentStatus', 'FAILED'],
  [{ payStat: 3 }, 'paymentStatus', 'PAGE_OPENED'],
  [{ payStat: 4 }, 'paymentStatus', 'DEDUCTED'],
  [{ payStat: 5 }, 'paymentStatus', 'UNKNOWN', ['unknown-enumeration-value']],
  [{ commentScore: 3 }, 'rating', 'NEUTRAL'],
  [{ commentScore: 1 }, 'rating', 'BAD'],
  [{ commentScore: 0 }, 'rating', null],
  [{ commentScore: 4 }, 'rating', 'UNKNOWN', ['unknown-enumeration-value']],
  [{ commentScore: 'good' }, 'rating', 'UNKNOWN', ['unknown-enumeration-value']],
  [{ csServicerId: 0 }, 'servicerId', null],
  [{ uniqueNumber: 289789809 }, 'uniqueNumber', '289789809'],
  [{ csSId: 0 }, 'serviceCardId', null],
  [{ ptChildId: 0, ptThird: '0' }, 'problemTypeIds', [223, null, null]],
  [{ isFinish: 0 }, 'isResolved', false],
  [{ isFinish: 2 }, 'isResolved', null, ['unreadable-field']],
  [{ ChatRecord: 0 }, 'hasChat', false],
  [{ ChatRecord: 0 }, 'mayHaveChat', false],
  [{ ChatRecord: 2 }, 'hasChat', false, ['unreadable-field']],
  [{ ChatRecord: 2 }, 'mayHaveChat', true, ['unreadable-field']],
  [{ FileCount: -1 }, 'transferredFileCount', 0, ['unreadable-field']],
  [{ csETime: '0000-00-00 00:00:00' }, 'endedAt', null],
  [{ csETime: '2017-02-30 00:00:00' }, 'endedAt', null, ['unreadable-field']],
  [{ csPrice: 'free' }, 'price', null, ['unreadable-field']],
  [{ contents: 'javascript:alert(1)' }, 'chatUrl', null, ['unreadable-field']],
  [{ note: ' kept ' }, 'description', ' kept '],
])('of %j, %s is %j', (fields, name, value, told = []) => {
  const { record, oddities } = decode(fields)
  expect(record[name]).toEqual(value)
  expect(oddities).toEqual(told)
})

test.each([
  [{}, 62],
  [{ csETime: ROW.csBTime }, 0],
  [{ csETime: null }, null],
  [{ csBTime: null }, null],
  [{ csETime: '2017-8-27 10:21:09' }, null],
  [{ csStat: 1 }, null],
  [{ csStat: 4 }, null],
  [{ csStat: 0 }, 62],
  [{ csStat: 9 }, 62],
  [{ csETime: '2017-8-28 10:21:10' }, 86_400],
])('the duration with %j is %j', (fields, seconds) => {
  expect(decode(fields).record.durationSeconds).toBe(seconds)
})

test('a record shows nobody its row', () => {
  const { record } = decode({})
  expect(JSON.stringify(record)).toBe('{"csId":123}')
})

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
  [2, undefined, ['unreadable-field']],
])('a next_page of %j is %j', async (next_page, hasNext, told) => {
  const page = await list({ remoterecords: [], count: 0, next_page })
  expect(page.hasNext).toBe(hasNext)
  expect(page.oddities).toEqual(told)
})

test('follows no URL of an answer', async () => {
  await using hostile = await startFakeUpstream(answering({}))
  const { url } = hostile
  const row = { ...ROW, contents: url, custom_fields: [{ key: 'file', value: url }] }
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
  [{ remoterecords: null, count: 0 }, 'another object'],
  [{ remoterecords: { 1: ROW } }, 'another object'],
  [{ status: '401', message: 'secret' }, 'an object with status 401'],
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
