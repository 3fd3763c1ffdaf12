import { describe, expect, test } from 'vitest'
import { startGateway } from '../../gateway.ts'

const ENTITIES = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) {
    __typename
    ... on RemoteRecord { csId companyName }
    ... on Agent { servicerId }
    ... on Client { uniqueNumber }
    ... on ProblemType { level optionId }
  }
}`

const record = (csId: unknown) => ({ __typename: 'RemoteRecord', csId })

const option = (level: unknown, optionId: unknown) => ({
  __typename: 'ProblemType',
  level,
  optionId,
})

test('references of all types, in their order', async () => {
  await using gateway = await startGateway()
  const { data, failures, calls } = await gateway.ask(ENTITIES, {
    representations: [
      { __typename: 'ProblemType', level: 2, optionId: '224' },
      record('2998'),
      { __typename: 'Client', uniqueNumber: '289789809' },
      record('5'),
      { __typename: 'Agent', servicerId: '203' },
    ],
  })
  expect(data._entities).toEqual([
    { __typename: 'ProblemType', level: 2, optionId: '224' },
    { __typename: 'RemoteRecord', csId: '2998', companyName: expect.any(String) },
    { __typename: 'Client', uniqueNumber: '289789809' },
    null,
    { __typename: 'Agent', servicerId: '203' },
  ])
  expect(failures).toEqual([])
  expect(calls[0]).toBe('histories page=1 per_page=20')
})

test("100 csIds of one day cost that day's pages, and one to find it; then the pages alone", async () => {
  await using gateway = await startGateway({ days: 5, recordCount: 1000 })
  const csIds = Array.from({ length: 100 }, (_, at) => String(1450 + at))
  const representations = csIds.map(record)
  const cold = await gateway.ask(ENTITIES, { representations })
  expect(cold.data._entities.map(({ csId }: { csId: string }) => csId)).toEqual(csIds)
  expect(cold.calls).toEqual([
    'histories page=1 per_page=20',
    'histories page=6 per_page=89',
    'histories page=24 per_page=23',
  ])
  const warm = await gateway.ask(ENTITIES, { representations })
  expect(warm.calls).toEqual(['histories page=6 per_page=89', 'histories page=24 per_page=23'])
})

/** Whether a page has a place of its list; that of record 1450 is 549: the newest one is 1999. */
const hasPlace = (place: number, { page, per_page: size }: Readonly<Record<string, string>>) =>
  Math.floor(place / Number(size)) + 1 === Number(page)

test.each([
  ['known', '{ remoteRecords { totalCount } }'],
  ['not known yet', '{ __typename }'],
])(
  'on a list that is %s, a reference that fails is null with its error at its own path; all others live',
  async (_, before) => {
    await using gateway = await startGateway({ days: 5, recordCount: 1000 })
    await gateway.ask(before)
    gateway.emulator.beforeAnswer = ({ endpoint, parameters }) => {
      if (endpoint === 'histories' && hasPlace(549, parameters)) throw new Error('broken')
    }
    const { data, failures } = await gateway.ask(ENTITIES, {
      representations: [
        record('1999'),
        { __typename: 'Agent', servicerId: '203' },
        record('5'),
        record('1450'),
        record('1100'),
        { __typename: 'ProblemType', level: 1, optionId: '223' },
      ],
    })
    expect(data._entities).toEqual([
      { __typename: 'RemoteRecord', csId: '1999', companyName: expect.any(String) },
      { __typename: 'Agent', servicerId: '203' },
      null,
      null,
      { __typename: 'RemoteRecord', csId: '1100', companyName: expect.any(String) },
      { __typename: 'ProblemType', level: 1, optionId: '223' },
    ])
    expect(failures).toEqual(['UPSTREAM_UNAVAILABLE _entities 3'])
  },
)

test('the same reference many times is one', async () => {
  await using gateway = await startGateway()
  const { data, calls } = await gateway.ask(ENTITIES, {
    representations: new Array(50).fill(record('2998')),
  })
  expect(data._entities).toEqual(
    new Array(50).fill({
      __typename: 'RemoteRecord',
      csId: '2998',
      companyName: '南京鑫源贸易有限公司',
    }),
  )
  expect(calls).toEqual(['histories page=1 per_page=20'])
})

test('references of which only the keys are asked cost nothing, whatever their type', async () => {
  await using gateway = await startGateway()
  const { data, calls } = await gateway.ask(
    `query ($representations: [_Any!]!) {
      _entities(representations: $representations) {
        ... on RemoteRecord { csId }
        ... on Agent { servicerId }
        ... on Client { uniqueNumber }
        ... on ProblemType { level optionId }
      }
    }`,
    {
      representations: [
        record('1600'),
        { __typename: 'Agent', servicerId: '203' },
        { __typename: 'Client', uniqueNumber: '289789809' },
        option(2, '224'),
      ],
    },
  )
  expect(data._entities).toEqual([
    { csId: '1600' },
    { servicerId: '203' },
    { uniqueNumber: '289789809' },
    { level: 2, optionId: '224' },
  ])
  expect(calls).toEqual([])
})

test.each([
  ['only its key', '__typename csId', []],
  ['its summary', 'csId serviceSummary { state }', ['servicesummary/1600 servicesummary_type=3']],
  ['its chat', 'chatMessages { totalCount }', ['chatrecords/1600 page=1 per_page=1']],
  ['its key in a fragment', '...Key', []],
])('a reference of which %s is asked costs no look-up', async (_, selection, expected) => {
  await using gateway = await startGateway()
  const fragment = selection.includes('...') ? 'fragment Key on RemoteRecord { csId }' : ''
  const { data, calls } = await gateway.ask(
    `query ($representations: [_Any!]!) {
      _entities(representations: $representations) { ... on RemoteRecord { ${selection} } }
    } ${fragment}`,
    { representations: [record('1600')] },
  )
  expect(data._entities[0]).not.toBeNull()
  expect(calls).toEqual(expected)
})

test('the fields of other types cost a reference nothing', async () => {
  await using gateway = await startGateway()
  const { calls } = await gateway.ask(
    `query ($representations: [_Any!]!) {
      _entities(representations: $representations) {
        ... on RemoteRecord { csId }
        ... on Client { uniqueNumber }
        ... on Agent { id }
      }
    }`,
    { representations: [record('1600'), { __typename: 'Client', uniqueNumber: '1' }] },
  )
  expect(calls).toEqual([])
})

const LABELS = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) { ... on ProblemType { level label } }
}`

test('options that are not known cost both lists of the latest records, then nothing', async () => {
  await using gateway = await startGateway()
  const representations = [option(1, '223'), option(2, '230'), option(3, '256')]
  const cold = await gateway.ask(LABELS, { representations })
  expect(cold.data._entities).toEqual([
    { level: 1, label: '财务核算' },
    { level: 2, label: '凭证处理' },
    { level: 3, label: '借贷不平' },
  ])
  expect(cold.calls.toSorted()).toEqual([
    'histories page=1 per_page=100',
    'histories_v2 page=1 per_page=100',
  ])
  expect(cold.atMost).toBeGreaterThanOrEqual(2)
  expect((await gateway.ask(LABELS, { representations })).calls).toEqual([])
})

const UNKNOWN = [option(1, '999')]

test('an option that no record has is null: the whole history says so', async () => {
  await using gateway = await startGateway({ recordCount: 230 })
  const { data, failures, calls, atMost } = await gateway.ask(LABELS, { representations: UNKNOWN })
  expect(data._entities).toEqual([{ level: 1, label: null }])
  expect(failures).toEqual([])
  expect(calls.filter(call => call.startsWith('histories ')).length).toBeLessThanOrEqual(3)
  expect(calls.length).toBeLessThanOrEqual(atMost)
})

test('an option that none of the newest thousand has is not said to have no text', async () => {
  await using gateway = await startGateway()
  const { data, errors, failures, calls, atMost } = await gateway.ask(LABELS, {
    representations: UNKNOWN,
  })
  expect(data._entities).toEqual([{ level: 1, label: null }])
  expect(failures).toEqual(['LOOKUP_INCONCLUSIVE _entities 0 label'])
  expect(errors?.[0]?.message).toBe(
    'None of the newest 1000 records has option 999 of level 1. Ask for the label along with a record that has the option.',
  )
  expect(errors?.[0]?.extensions).toMatchObject({ retryable: false })
  expect(calls).toHaveLength(11)
  expect(calls.length).toBeLessThanOrEqual(atMost)
})

describe('an option of old records alone', () => {
  /** Every seventh record has it, but none of so many of the newest. */
  const startWithOldOption = (newest: number) =>
    startGateway({
      distort: ({ remoterecords, ...body }: { remoterecords?: { csId: number }[] }, path) => ({
        ...body,
        remoterecords: remoterecords?.map(row =>
          row.csId % 7 === 0 && row.csId < 3000 - newest
            ? { ...row, ptThird: path.endsWith('_v2.json') ? '旧版安装' : 777 }
            : row,
        ),
      }),
    })
  const representations = [option(3, '777')]

  test('is found page after page, for one more of the second list', async () => {
    await using gateway = await startWithOldOption(350)
    const { data, failures, calls, atMost } = await gateway.ask(LABELS, { representations })
    expect(failures).toEqual([])
    expect(data._entities).toEqual([{ level: 3, label: '旧版安装' }])
    expect(calls).toEqual([
      'histories page=1 per_page=100',
      'histories_v2 page=1 per_page=100',
      'histories page=2 per_page=100',
      'histories page=3 per_page=100',
      'histories page=4 per_page=100',
      'histories_v2 page=51 per_page=7',
    ])
    expect(calls.length).toBeLessThanOrEqual(atMost)
  })

  test('has the same answer whatever others asked before, or an error', async () => {
    await using gateway = await startWithOldOption(1200)
    const cold = await gateway.ask(LABELS, { representations })
    expect(cold.failures).toEqual(['LOOKUP_INCONCLUSIVE _entities 0 label'])
    const along = await gateway.ask('{ remoteRecord(csId: 1400) { problemDetailType { label } } }')
    expect(along.data.remoteRecord).toEqual({ problemDetailType: { label: '旧版安装' } })
    const warm = await gateway.ask(LABELS, { representations })
    expect(warm.data._entities).toEqual([{ level: 3, label: '旧版安装' }])
    expect(warm.calls).toEqual([])
  })
})

test.each([
  ['no csId', record(undefined)],
  ['null', record(null)],
  ['a negative csId', record('-1')],
  ['csId 0', record('0')],
  ['a fraction', record('1.5')],
  ['a fraction as a number', record(1600.5)],
  ['an exponent', record('1e3')],
  ['another path', record('221.json?x')],
  ['a path upwards', record('../users')],
  ['the same in percents', record('%2e%2e')],
  ['a line of its own', record('1600\r\nX-Role: admin')],
  ['full-width digits', record('１６００')],
  ['4,000 digits', record('1'.repeat(4000))],
  ['a list', record([1600])],
  ['an object', record({ csId: 1600 })],
  ['the key of another type', { __typename: 'Agent', csId: '1600' }],
  ['servicerId 0', { __typename: 'Agent', servicerId: '0' }],
  ['no level', option(undefined, '223')],
  ['level 0', option(0, '223')],
  ['level 4', option(4, '223')],
  ['a level as a text', option('1', '223')],
  ['no optionId', option(1, undefined)],
  ['a negative optionId', option(1, '-1')],
  ['no uniqueNumber', { __typename: 'Client' }],
  ['an empty uniqueNumber', { __typename: 'Client', uniqueNumber: '' }],
  ['a list of uniqueNumbers', { __typename: 'Client', uniqueNumber: ['289789809'] }],
])(
  'a reference with %s is null with a code, for no call; its neighbour lives',
  async (_, wrong) => {
    await using gateway = await startGateway()
    const { data, failures, calls } = await gateway.ask(ENTITIES, {
      representations: [wrong, { __typename: 'Client', uniqueNumber: '289789809' }],
    })
    expect(data._entities).toEqual([null, { __typename: 'Client', uniqueNumber: '289789809' }])
    expect(failures).toEqual(['BAD_USER_INPUT _entities 0'])
    expect(calls).toEqual([])
  },
)

test('a key that is a whole number is as good as its text', async () => {
  await using gateway = await startGateway()
  const { data, failures } = await gateway.ask(ENTITIES, {
    representations: [
      record(1600),
      { __typename: 'Agent', servicerId: 203 },
      { __typename: 'Client', uniqueNumber: 289789809 },
      option(1, 223),
    ],
  })
  expect(data._entities).toEqual([
    { __typename: 'RemoteRecord', csId: '1600', companyName: expect.any(String) },
    { __typename: 'Agent', servicerId: '203' },
    { __typename: 'Client', uniqueNumber: '289789809' },
    { __typename: 'ProblemType', level: 1, optionId: '223' },
  ])
  expect(failures).toEqual([])
})

test.each([
  ['an unknown type', [{ __typename: 'Nobody' }]],
  ['a type without a key', [{ __typename: 'ChatMessage' }]],
  ['no type', [{ csId: '1600' }]],
  ['a type that is no text', [{ __typename: { a: 1 } }]],
  ['1,001 of them', new Array(1001).fill(record('1600'))],
])('references of %s are refused whole', async (_, representations) => {
  await using gateway = await startGateway()
  const { data, failures, calls } = await gateway.ask(ENTITIES, { representations })
  expect(data).toBeNull()
  expect(failures).toEqual(['BAD_USER_INPUT'])
  expect(calls).toEqual([])
})
