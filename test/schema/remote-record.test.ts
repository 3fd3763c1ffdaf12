import { expect, test } from 'vitest'
import { startGateway } from '../gateway.ts'
import { recordWith } from './record-with.ts'

/** The example of the vendor's page, to the letter. */
const EXAMPLE = {
  csIdS: 'MjAxNy0wOC0xOCAxMDozMzowNQ==',
  csBTime: '2017-8-27 10:21:10',
  csETime: '2017-8-27 10:21:10',
  csStat: 5,
  csServicerId: 223,
  csSId: undefined,
  csPrice: 234.0,
  payStat: 1,
  payDateTime: '2017-8-27 10:21:10',
  companyName: '金万维科技有限公司',
  contactor: '张三',
  contactMethod: '13240138478',
  ComputerName: '这里是主机备注',
  uniqueNumber: undefined,
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
  custom_fields: [
    { key: 'field_1', value: '4334' },
    { key: 'field_3', value: '1' },
    { key: 'field_2', value: '下拉菜单的某一项' },
  ],
  contents: 'https://www.bangwo8.com/api/v1/remoterecord/chatrecords/123.json',
}

const WHOLE = `
  csId sessionId startedAt endedAt durationSeconds status
  agent { servicerId } client { uniqueNumber } serviceCardId
  price paymentStatus paidAt
  companyName contactName contactMethod computerNote
  problemType { level optionId } problemSubtype { level optionId }
  problemDetailType { level optionId }
  description solution rating ratingComment isResolved
  hasChat hasRemoteControl hasFileTransfer transferredFileCount
  customFields { key value attachments } chatUrl`

const EXAMPLE_AS_GRAPH = {
  csId: '123',
  sessionId: 'MjAxNy0wOC0xOCAxMDozMzowNQ==',
  startedAt: '2017-08-27T10:21:10+08:00',
  endedAt: '2017-08-27T10:21:10+08:00',
  durationSeconds: 0,
  status: 'COMPLETED',
  agent: { servicerId: '223' },
  client: null,
  serviceCardId: null,
  price: '234.00',
  paymentStatus: 'PAID',
  paidAt: '2017-08-27T10:21:10+08:00',
  companyName: '金万维科技有限公司',
  contactName: '张三',
  contactMethod: '13240138478',
  computerNote: '这里是主机备注',
  problemType: { level: 1, optionId: '223' },
  problemSubtype: { level: 2, optionId: '453' },
  problemDetailType: { level: 3, optionId: '345' },
  description: '这里是问题描述',
  solution: '这里是解决办法',
  rating: 'GOOD',
  ratingComment: '这里是评价内容',
  isResolved: true,
  hasChat: true,
  hasRemoteControl: true,
  hasFileTransfer: true,
  transferredFileCount: 3,
  customFields: [
    { key: 'field_1', value: '4334', attachments: [] },
    { key: 'field_3', value: '1', attachments: [] },
    { key: 'field_2', value: '下拉菜单的某一项', attachments: [] },
  ],
  chatUrl: 'https://www.bangwo8.com/api/v1/remoterecord/chatrecords/123.json',
}

const NOTHING = {
  csId: '123',
  sessionId: null,
  startedAt: null,
  endedAt: null,
  durationSeconds: null,
  status: 'UNKNOWN',
  agent: null,
  client: null,
  serviceCardId: null,
  price: null,
  paymentStatus: 'UNKNOWN',
  paidAt: null,
  companyName: null,
  contactName: null,
  contactMethod: null,
  computerNote: null,
  problemType: null,
  problemSubtype: null,
  problemDetailType: null,
  description: null,
  solution: null,
  rating: null,
  ratingComment: null,
  isResolved: null,
  hasChat: null,
  hasRemoteControl: null,
  hasFileTransfer: null,
  transferredFileCount: null,
  customFields: [],
  chatUrl: null,
}

async function askWhole(fields: Readonly<Record<string, unknown>>) {
  await using gateway = await startGateway({ recordCount: 0, firstCsId: 123 })
  gateway.emulator.insertRecord({ createdAt: new Date('2017-08-27T10:21:10+08:00'), fields })
  return await gateway.ask(`{ remoteRecords { nodes { ${WHOLE} } } }`)
}

/** The same fields, each with another value. */
const eachField = (value: (field: string) => unknown) =>
  Object.fromEntries([...Object.keys(EXAMPLE)].map(field => [field, value(field)]))

test("the example of the vendor's page comes out whole, for one call", async () => {
  const { data, calls } = await askWhole(EXAMPLE)
  expect(data.remoteRecords.nodes).toEqual([EXAMPLE_AS_GRAPH])
  expect(calls).toEqual(['histories page=1 per_page=21'])
})

test('every documented number may come as a numeric string', async () => {
  const numbersAsText = Object.entries(EXAMPLE).map(([field, value]) => [
    field,
    typeof value === 'number' ? String(value) : value,
  ])
  const { data } = await askWhole({ ...Object.fromEntries(numbersAsText), csId: '123' })
  expect(data.remoteRecords.nodes).toEqual([EXAMPLE_AS_GRAPH])
})

test('texts may come as numbers', async () => {
  const record = await recordWith(
    { uniqueNumber: 289789809, contactMethod: 13240138478, csSId: 3001, comment: 5 },
    'client { uniqueNumber } contactMethod serviceCardId ratingComment',
  )
  expect(record).toEqual({
    client: { uniqueNumber: '289789809' },
    contactMethod: '13240138478',
    serviceCardId: '3001',
    ratingComment: '5',
  })
})

test.each([
  ['missing', () => undefined],
  ['null', () => null],
  ['empty', () => ''],
  ['of another type', () => ({ not: ['a', 'value'] })],
])('a field that is %s is no value, and the record lives', async (_, value) => {
  const { data, failures } = await askWhole(eachField(value))
  expect(data.remoteRecords.nodes[0]).toMatchObject({
    ...NOTHING,
    // Anything but a documented number is kept visible, and a map of custom fields is read.
    rating: value() instanceof Object ? 'UNKNOWN' : null,
    customFields:
      value() instanceof Object ? [{ key: 'not', value: 'a,value', attachments: [] }] : [],
  })
  expect(failures).toEqual([])
})

test.each([
  [0, '0.00'],
  [0.1, '0.10'],
  [234, '234.00'],
  ['234.5', '234.50'],
  ['0.30000000000000004', '0.30000000000000004'],
  [1e-7, '0.0000001'],
  ['-12', '-12.00'],
  ['99999999999999999999.99', '99999999999999999999.99'],
  ['twelve', null],
  ['', null],
])('a price of %j is %j', async (csPrice, price) => {
  expect(await recordWith({ csPrice }, 'price')).toEqual({ price })
})

test.each([
  ['2017-8-27 9:05:07', '2017-08-27T09:05:07+08:00'],
  ['2017-08-27 09:05:07', '2017-08-27T09:05:07+08:00'],
  ['0000-00-00 00:00:00', null],
  ['', null],
  ['2017-02-30 09:05:07', null],
  ['yesterday', null],
  [1503796747, null],
])('an end at %j is %j', async (csETime, endedAt) => {
  expect(await recordWith({ csETime }, 'endedAt')).toEqual({ endedAt })
})

test.each([
  ['5 minutes', { csStat: 5, csETime: '2017-08-27 10:05:00' }, 300],
  ['over midnight', { csStat: 5, csETime: '2017-08-28 00:00:01' }, 50_401],
  ['none while open', { csStat: 1, csETime: '2017-08-27 10:05:00' }, null],
  ['none without an end', { csStat: 5, csETime: null }, null],
  ['none where it ends before it begins', { csStat: 5, csETime: '2017-08-26 10:05:00' }, null],
  ['none where it is out of all proportion', { csStat: 5, csETime: '9999-12-31 10:05:00' }, null],
])('a duration: %s', async (_, fields, durationSeconds) => {
  const record = await recordWith({ csBTime: '2017-8-27 10:00:00', ...fields }, 'durationSeconds')
  expect(record).toEqual({ durationSeconds })
})

test('a number that no Int holds cannot be read, and the record lives', async () => {
  const record = await recordWith({ FileCount: 3_000_000_000 }, 'transferredFileCount')
  expect(record).toEqual({ transferredFileCount: null })
})

test('an agent or a problem type with id 0 is none', async () => {
  const record = await recordWith(
    { csServicerId: 0, ptId: '0', csSId: 0 },
    'agent { servicerId } problemType { optionId } serviceCardId',
  )
  expect(record).toEqual({ agent: null, problemType: null, serviceCardId: null })
})

test.each(['javascript:alert(1)', '/api/v1/chat', 'ftp://example.com/a', 'https://'])(
  'a chat address %j is none',
  async contents => {
    expect(await recordWith({ contents }, 'chatUrl')).toEqual({ chatUrl: null })
  },
)
