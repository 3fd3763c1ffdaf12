import { expect, test } from 'vitest'
import { startGateway } from '../gateway.ts'

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
  expect(calls[0]).toBe('histories page=1 per_page=100')
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

test('an option that is not known costs both lists of the latest records, then nothing', async () => {
  await using gateway = await startGateway()
  const source = `{
    _entities(representations: [{ __typename: "ProblemType", level: 1, optionId: "223" }]) {
      ... on ProblemType { label }
    }
  }`
  const cold = await gateway.ask(source)
  expect(cold.data._entities).toEqual([{ label: '财务核算' }])
  expect(cold.calls.toSorted()).toEqual([
    'histories page=1 per_page=100',
    'histories_v2 page=1 per_page=100',
  ])
  expect((await gateway.ask(source)).calls).toEqual([])
})

test('an option that no record has is never guessed', async () => {
  await using gateway = await startGateway()
  const { data, failures } = await gateway.ask(`{
    _entities(representations: [{ __typename: "ProblemType", level: 1, optionId: "999" }]) {
      ... on ProblemType { label }
    }
  }`)
  expect(data._entities).toEqual([{ label: null }])
  expect(failures).toEqual([])
})

test('a reference with a wrong key fails alone', async () => {
  await using gateway = await startGateway()
  const { data, failures, calls } = await gateway.ask(ENTITIES, {
    representations: [
      record('1e3'),
      record(undefined),
      record({ csId: 1 }),
      { __typename: 'Agent', servicerId: '0' },
      { __typename: 'ProblemType', level: 1, optionId: '-1' },
      { __typename: 'Client' },
      { __typename: 'Client', uniqueNumber: '289789809' },
    ],
  })
  expect(data._entities).toEqual([
    ...new Array(6).fill(null),
    { __typename: 'Client', uniqueNumber: '289789809' },
  ])
  expect(failures).toEqual([0, 1, 2, 3, 4, 5].map(index => `BAD_USER_INPUT _entities ${index}`))
  expect(calls).toEqual([])
})

test('an option of a level that there is not is none', async () => {
  await using gateway = await startGateway()
  const { data } = await gateway.ask(ENTITIES, {
    representations: [{ __typename: 'ProblemType', level: 4, optionId: '1' }],
  })
  expect(data._entities).toEqual([null])
})

test.each([
  ['an unknown type', [{ __typename: 'Nobody' }]],
  ['a type without a key', [{ __typename: 'ChatMessage' }]],
  ['no type', [{ csId: '1600' }]],
  ['a type that is no text', [{ __typename: { a: 1 } }]],
  ['101 of them', new Array(101).fill(record('1600'))],
])('references of %s are refused whole', async (_, representations) => {
  await using gateway = await startGateway()
  const { data, failures, calls } = await gateway.ask(ENTITIES, { representations })
  expect(data).toBeNull()
  expect(failures).toEqual(['BAD_USER_INPUT'])
  expect(calls).toEqual([])
})
