import { describe, expect, test } from 'vitest'
import { type GatewayOptions, startGateway } from '../gateway.ts'
import { csIdsOf } from './cs-ids.ts'
import { type Row, rowsOf } from './upstream-rows.ts'

const DAYS = { from: '2026-08-01', to: '2026-11-23' }

const FILTERED = `query ($filter: RemoteRecordFilter, $days: DateRange, $first: Int! = 100) {
  remoteRecords(first: $first, filter: $filter, createdOn: $days) {
    totalCount
    nodes { csId }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    scan { recordsRead callsMade isComplete }
  }
}`

type Filter = Readonly<Record<string, unknown>>

async function ask(filter: Filter, options: GatewayOptions = {}) {
  await using gateway = await startGateway({ recordCount: 300, ...options })
  const { data, failures } = await gateway.ask(FILTERED, { filter, days: DAYS })
  expect(failures).toEqual([])
  return { page: data.remoteRecords, rows: await rowsOf(gateway.emulator) }
}

const seconds = ({ csBTime, csETime }: Row) =>
  (Date.parse(String(csETime)) - Date.parse(String(csBTime))) / 1000

const OPEN = [1, 2, 3, 4]
const isWordIn = (row: Row, word: string) =>
  [row.note, row.ProblemSolution, row.comment].some(text => String(text ?? '').includes(word))

test.each<[string, Filter, (row: Row) => boolean]>([
  ['agents', { agentIds: ['201', '207'] }, row => [201, 207].includes(Number(row.csServicerId))],
  ['statuses', { statuses: ['IN_SERVICE', 'INVALID'] }, row => [0, 1].includes(Number(row.csStat))],
  ['payments', { paymentStatuses: ['PAID'] }, row => Number(row.payStat) === 1],
  ['ratings', { ratings: ['BAD', 'NEUTRAL'] }, row => [1, 3].includes(Number(row.commentScore))],
  ['rated ones', { isRated: true }, row => Number(row.commentScore) > 0],
  ['those not rated', { isRated: false }, row => Number(row.commentScore) === 0],
  ['unresolved ones', { isResolved: false }, row => Number(row.isFinish) === 0],
  ['those with a chat', { hasChat: true }, row => Number(row.ChatRecord) === 1],
  ['those without remote control', { hasRemoteControl: false }, row => Number(row.Remote) === 0],
  [
    'options',
    {
      problemTypes: [
        { level: 1, optionId: '224' },
        { level: 2, optionId: '226' },
      ],
    },
    row => Number(row.ptId) === 224 || Number(row.ptChildId) === 226,
  ],
  [
    'durations',
    { durationSeconds: { min: 600, max: 1200 } },
    row => !OPEN.includes(Number(row.csStat)) && seconds(row) >= 600 && seconds(row) <= 1200,
  ],
  ['prices', { price: { min: '100.00' } }, row => Number(row.csPrice) >= 100],
  ['words', { textContains: '打印' }, row => isWordIn(row, '打印')],
  [
    'all conditions at once',
    { isResolved: false, hasChat: true, ratings: ['BAD', 'GOOD'] },
    row =>
      Number(row.isFinish) === 0 &&
      Number(row.ChatRecord) === 1 &&
      [1, 5].includes(Number(row.commentScore)),
  ],
])('%s', async (_, filter, isWanted) => {
  const { page, rows } = await ask(filter)
  const expected = rows.filter(isWanted).map(({ csId }) => String(csId))
  expect(expected.length).toBeGreaterThan(0)
  expect(expected.length).toBeLessThan(rows.length)
  expect(csIdsOf(page)).toEqual(expected.slice(0, 100))
  expect(page.totalCount).toBe(expected.length)
})

describe('values of made-up records', () => {
  /** The records that match, of those with these fields: by their places from 0. */
  async function matching(filter: Filter, ...all: readonly Row[]) {
    await using gateway = await startGateway({ recordCount: 0 })
    const csIds = all.map(fields => String(gateway.emulator.insertRecord({ fields })))
    const days = { from: '2026-11-01', to: '2026-11-30' }
    const { data } = await gateway.ask(FILTERED, { filter, days })
    return csIdsOf(data.remoteRecords)
      .map(csId => csIds.indexOf(csId))
      .toSorted((a, b) => a - b)
  }

  test('a client is its 9 digits, zeros included', async () => {
    const numbers = [{ uniqueNumber: '012345678' }, { uniqueNumber: 12345678 }, {}]
    expect(await matching({ clientNumbers: ['012345678'] }, ...numbers)).toEqual([0, 1])
  })

  test('a company is spelt as it is', async () => {
    const companies = ['天明贸易', '天明贸易 ', '天明', '天明贸易有限公司'].map(companyName => ({
      companyName,
    }))
    expect(await matching({ companyNames: ['天明贸易', '无'] }, ...companies)).toEqual([0])
  })

  test('false is not "no value"', async () => {
    const flags = [{ isFinish: 0 }, { isFinish: 1 }, { isFinish: '' }, { isFinish: undefined }]
    expect(await matching({ isResolved: false }, ...flags)).toEqual([0])
    expect(await matching({ isResolved: true }, ...flags)).toEqual([1])
  })

  test('a price is compared exactly', async () => {
    const prices = ['0.10', 0.1, '0.1000001', '99999999999999.99', '', null].map(csPrice => ({
      csPrice,
    }))
    expect(await matching({ price: { min: '0.1', max: '0.10' } }, ...prices)).toEqual([0, 1])
    expect(await matching({ price: { min: '99999999999999.98' } }, ...prices)).toEqual([3])
    expect(await matching({ price: { min: '-1' } }, ...prices)).toEqual([0, 1, 2, 3])
  })

  test.each<[string, string, readonly string[], readonly number[]]>([
    ['in upper and lower case', 'vpn', ['VPN 断线', 'Vpn', 'VP N'], [0, 1]],
    ['whatever form a letter has at its place', 'ΟΔΟΣ', ['οδος', 'οδοσα'], [0, 1]],
    ['% and _ for themselves', '50%_', ['慢了 50%_', '慢了 500 x'], [0]],
    ['a pattern for itself', '.*(a+)+$', ['.*(a+)+$', 'aaaa'], [0]],
    ['full-width forms for themselves', 'ＡＢ', ['ＡＢ', 'AB', 'ａｂ'], [0, 2]],
    ['whole characters', '😀', ['开心😀', '开心😁'], [0]],
  ])('a text is taken %s', async (_, textContains, notes, expected) => {
    const rows = notes.map(note => ({ note, ProblemSolution: '', comment: '' }))
    expect(await matching({ textContains }, ...rows)).toEqual(expected)
  })

  test('a text is looked for in description, solution and comment, in nothing else', async () => {
    const empty = { note: '', ProblemSolution: '', comment: '' }
    const rows = [
      { ...empty, note: '扫码枪' },
      { ...empty, ProblemSolution: '扫码枪' },
      { ...empty, comment: '扫码枪' },
      { ...empty, companyName: '扫码枪', contactor: '扫码枪', ComputerName: '扫码枪' },
    ]
    expect(await matching({ textContains: '扫码枪' }, ...rows)).toEqual([0, 1, 2])
  })

  test('a custom field has a key and a value', async () => {
    const rows = [
      [{ key: 'field_1', value: 'Windows 11' }],
      [{ key: 'field_2', value: 'Windows 11' }],
      [{ key: 'field_1', value: 'windows 11 Pro' }],
      [{ key: 'field_1', value: '' }],
      [],
    ].map(custom_fields => ({ custom_fields }))
    const whole = { customField: { key: 'field_1', equals: 'Windows 11' } }
    const part = { customField: { key: 'field_1', contains: 'WINDOWS' } }
    expect(await matching(whole, ...rows)).toEqual([0])
    expect(await matching(part, ...rows)).toEqual([0, 2])
  })
})
