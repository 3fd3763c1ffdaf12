import { expect, test } from 'vitest'
import { RemoteRecordResource } from '../../src/upstream/remote-record.ts'

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
  mayHaveChat: true,
  customFields: [],
}

function readAll(record: RemoteRecordResource) {
  const names = Object.keys(DECODED) as Field[]
  return Object.fromEntries(names.map(name => [name, record[name]]))
}

function decode(fields: Record<string, unknown>) {
  const oddities: string[] = []
  const unreadable: string[] = []
  const record = new RemoteRecordResource(123, { ...ROW, ...fields }, (kind, field) => {
    oddities.push(kind)
    if (field !== undefined) unreadable.push(field)
  })
  return { record, oddities, unreadable }
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
    const { record, unreadable } = decode({ [name]: junk })
    readAll(record)
    for (const level of [1, 2, 3, 1] as const) record.problemTypeId(level)
    expect(readAll(record)).toMatchObject({ csId: 123 })
    if (name !== 'csId' && name !== 'custom_fields') expect(unreadable).toEqual([name])
  }
})

test.each<[Record<string, unknown>, Field, unknown, string[]?]>([
  [{ csStat: 0 }, 'status', 'INVALID'],
  [{ csStat: '1' }, 'status', 'IN_SERVICE'],
  [{ csStat: 2 }, 'status', 'WAITING'],
  [{ csStat: 3 }, 'status', 'EXTENDED'],
  [{ csStat: 4 }, 'status', 'ON_HOLD'],
  [{ csStat: 6 }, 'status', 'UNKNOWN', ['unknown-enumeration-value']],
  [{ csStat: -1 }, 'status', 'UNKNOWN', ['unreadable-field']],
  [{ csStat: '5.0' }, 'status', 'COMPLETED'],
  [{ csStat: ' ' }, 'status', 'UNKNOWN'],
  [{ payStat: 0 }, 'paymentStatus', 'UNPAID'],
  [{ payStat: 2 }, 'paymentStatus', 'FAILED'],
  [{ payStat: 3 }, 'paymentStatus', 'PAGE_OPENED'],
  [{ payStat: 4 }, 'paymentStatus', 'DEDUCTED'],
  [{ payStat: 5 }, 'paymentStatus', 'UNKNOWN', ['unknown-enumeration-value']],
  [{ commentScore: 3 }, 'rating', 'NEUTRAL'],
  [{ commentScore: 1 }, 'rating', 'BAD'],
  [{ commentScore: 0 }, 'rating', null],
  [{ commentScore: 4 }, 'rating', 'UNKNOWN', ['unknown-enumeration-value']],
  [{ commentScore: 'good' }, 'rating', 'UNKNOWN', ['unreadable-field']],
  [{ csServicerId: 0 }, 'servicerId', null],
  [{ uniqueNumber: 289789809 }, 'uniqueNumber', '289789809'],
  [{ csSId: 0 }, 'serviceCardId', null],
  [{ companyName: JSON.parse('1e400') }, 'companyName', null, ['unreadable-field']],
  [{ csIdS: 1e25 }, 'sessionId', `1${'0'.repeat(25)}`],
  [{ csSId: '1,000' }, 'serviceCardId', '1000'],
  [{ csSId: '-' }, 'serviceCardId', null, ['unreadable-field']],
  [{ uniqueNumber: ' 289789809' }, 'uniqueNumber', '289789809'],
  [{ uniqueNumber: 'null' }, 'uniqueNumber', null, ['unreadable-field']],
  [{ ptChildId: 0, ptThird: '0' }, 'problemTypeIds', [223, null, null]],
  [{ isFinish: 0 }, 'isResolved', false],
  [{ isFinish: '无' }, 'isResolved', null],
  [{ Remote: '无' }, 'hasRemoteControl', false],
  [{ isFinish: 2 }, 'isResolved', null, ['unreadable-field']],
  [{ ChatRecord: 0 }, 'hasChat', false],
  [{ ChatRecord: 0 }, 'mayHaveChat', false],
  [{ ChatRecord: 'false' }, 'mayHaveChat', false],
  [{ ChatRecord: 2 }, 'hasChat', null, ['unreadable-field']],
  [{ ChatRecord: 2 }, 'mayHaveChat', true],
  [{ Remote: 'true' }, 'hasRemoteControl', true],
  [{ FileCount: 0 }, 'transferredFileCount', 0],
  [{ FileCount: '3.0' }, 'transferredFileCount', 3],
  [{ FileCount: -1 }, 'transferredFileCount', null, ['unreadable-field']],
  [{ FileCount: 2 ** 31 }, 'transferredFileCount', null, ['unreadable-field']],
  [{ uniqueNumber: 89789809 }, 'uniqueNumber', '089789809'],
  [{ uniqueNumber: 0 }, 'uniqueNumber', null],
  [{ ptId: 'x' }, 'problemTypeIds', [null, 453, 345]],
  [{ csBTime: 'x' }, 'startedOn', null],
  [{ note: 'a\ud83d' }, 'description', 'a\ufffd'],
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

test.each(['2017-8-27 10:21:09', '2117-8-27 10:21:09'])(
  'an end at %s, which no duration fits, is reported',
  csETime => {
    const { record, unreadable } = decode({ csETime })
    expect(record.durationSeconds).toBeNull()
    expect(unreadable).toEqual(['csETime'])
  },
)

test.each([
  [1, 'ptId', 223],
  [2, 'ptChildId', 453],
  [3, 'ptThird', 345],
] as const)('the problem type of level %i is %s, which alone is reported', (level, field, id) => {
  expect(decode({}).record.problemTypeId(level)).toBe(id)
  const { record, unreadable } = decode({ ptId: 'x', ptChildId: 'x', ptThird: 'x' })
  expect(record.problemTypeId(level)).toBeNull()
  expect(unreadable).toEqual([field])
})

test('a record shows nobody its row', () => {
  const { record } = decode({})
  expect(JSON.stringify(record)).toBe('{"csId":123}')
})
