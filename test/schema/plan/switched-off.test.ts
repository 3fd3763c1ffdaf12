import { expect, test } from 'vitest'
import { startGateway } from '../../gateway.ts'

const BAD = 'remoteRecord(csId: $id) { csId }'

async function answerTo(source: string, variables: Record<string, unknown>) {
  await using gateway = await startGateway({ recordCount: 5 })
  return await gateway.ask(source, variables)
}

test.each([
  ['by @include', `${BAD.replace(' {', ' @include(if: $isWanted) {')}`],
  ['by @skip', `${BAD.replace(' {', ' @skip(if: $isUnwanted) {')}`],
  ['by both', `${BAD.replace(' {', ' @skip(if: $isUnwanted) @include(if: true) {')}`],
  ['in an inline fragment', `... @include(if: $isWanted) { ${BAD} }`],
  ['in a fragment', '...Bad @include(if: $isWanted)'],
  [
    'in a fragment that another one spreads',
    '... @skip(if: $isUnwanted) { ... on Query { ...Bad } }',
  ],
  [
    'below a field that is off',
    'agent(servicerId: 203) @include(if: $isWanted) { remoteRecords(first: -1) { totalCount } }',
  ],
  [
    'below two that are, in one place each',
    `agent(servicerId: 203) { id }
     agent(servicerId: 203) @skip(if: $isUnwanted) { remoteRecords(last: 101) { totalCount } }`,
  ],
])('a field that is switched off %s is not checked', async (_, fields) => {
  const used = '__typename @include(if: $isWanted) again: __typename @skip(if: $isUnwanted)'
  const source = `query ($id: ID = "", $isWanted: Boolean!, $isUnwanted: Boolean!) {
    here: __typename ${used} ${fields} off: ${BAD.replace(' {', ' @skip(if: true) {')}
  }
  ${fields.includes('...Bad') ? `fragment Bad on Query { ${BAD} }` : ''}`

  const off = await answerTo(source, { isWanted: false, isUnwanted: true })
  const on = await answerTo(source, { isWanted: true, isUnwanted: false })

  expect(off.failures).toEqual([])
  expect(off.data.here).toBe('Query')
  expect(on.failures).toEqual(['BAD_USER_INPUT'])
  expect([...off.calls, ...on.calls]).toEqual([])
})

test('a field of a type that no object there can have is not checked', async () => {
  const source = (type: string) => `{ remoteRecords(first: 1) { nodes { ...On${type} } } }
    fragment OnAgent on Node { id ... on Agent { remoteRecords(first: -1) { totalCount } } }
    fragment OnRecord on Node { id ... on RemoteRecord { agent { ...OnAgent } } }`
  expect((await answerTo(source('Agent').replace(/fragment OnRecord.*/, ''), {})).failures).toEqual(
    [],
  )
  expect((await answerTo(source('Record'), {})).failures).toEqual(['BAD_USER_INPUT'])
})

test('null for an argument with a default is the default', async () => {
  await using gateway = await startGateway({ recordCount: 30 })
  const source = `query ($order: RecordOrder, $channel: ServiceChannel, $required: RecordOrder! = OLDEST_FIRST) {
    newest: remoteRecords(first: 1, order: null) { nodes { csId } }
    byVariable: remoteRecords(first: 1, order: $order) { nodes { csId } }
    oldest: remoteRecords(first: 1, order: $required) { nodes { csId } }
    serviceSummary(csId: 1000, channel: null) { state }
    again: serviceSummary(csId: 1000, channel: $channel) { state }
    default: serviceSummary(csId: 1000) { state }
  }`

  for (const variables of [{ order: null, channel: null }, {}]) {
    const { data, failures, calls } = await gateway.ask(source, variables)
    const first = (name: string) => data[name].nodes[0].csId
    expect(failures).toEqual([])
    expect(first('newest')).toBe('1029')
    expect(first('byVariable')).toBe('1029')
    expect(first('oldest')).toBe('1000')
    expect(calls.filter(call => call.startsWith('servicesummary'))).toEqual([
      'servicesummary/1000 servicesummary_type=3',
    ])
  }
})
