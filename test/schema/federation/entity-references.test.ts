import { expect, test } from 'vitest'
import { startGateway } from '../../gateway.ts'
import { ENTITIES, option, record } from './representations.ts'

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
