import { expect, test } from 'vitest'
import { startGateway } from '../../gateway.ts'
import { ENTITIES, option, record } from './representations.ts'

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
