import { expect, test } from 'vitest'
import { startGateway } from '../gateway.ts'

/** The kinds of calls that a cold process makes for an operation. */
async function kindsOfCalls(source: string, variables?: Record<string, unknown>) {
  await using gateway = await startGateway()
  const { calls, failures } = await gateway.ask(source, variables)
  expect(failures).toEqual([])
  return [...new Set(calls.map(call => call.replace(/[ /].*/, '')))].toSorted()
}

const RECORDS = ['histories']
const WITH_LABELS = ['histories', 'histories_v2']

test.each([
  ['scalars', 'csId title: description', RECORDS],
  ['an agent without a name', 'agent { servicerId id }', RECORDS],
  ['a problem type without a label', 'problemType { optionId }', RECORDS],
  ['a label', 'problemType { label }', WITH_LABELS],
  ['a label of level 3', 'problemDetailType { label }', WITH_LABELS],
  ['a label by another name', 'kind: problemType { text: label }', WITH_LABELS],
  ['a label in an inline fragment', '... on RemoteRecord { problemType { label } }', WITH_LABELS],
  [
    'a label in a fragment of an interface',
    '... on Node { id } problemType { ...on ProblemType { label } }',
    WITH_LABELS,
  ],
  ['a summary', 'serviceSummary { __typename state }', ['histories', 'servicesummary']],
  ['a name', 'agent { name }', ['chatrecords', 'histories']],
  ['nothing', '__typename', RECORDS],
])('%s', async (_, fields, kinds) => {
  expect(await kindsOfCalls(`{ remoteRecords(first: 2) { nodes { ${fields} } } }`)).toEqual(kinds)
  expect(
    await kindsOfCalls(`{ remoteRecords(first: 2) { edges { node { ${fields} } } } }`),
  ).toEqual(kinds)
  const inFragments = `{ remoteRecords(first: 2) { ...Page } }
    fragment Page on RemoteRecordConnection { nodes { ...Record } }
    fragment Record on RemoteRecord { ${fields} }`
  expect(await kindsOfCalls(inFragments)).toEqual(kinds)
})

test.each([
  ['problemType { label @include(if: $isWanted) level }', 'histories_v2'],
  ['problemType { label @skip(if: $isUnwanted) level }', 'histories_v2'],
  ['problemType { ... @include(if: $isWanted) { label } level }', 'histories_v2'],
  ['problemType @include(if: $isWanted) { label }', 'histories_v2'],
  ['serviceSummary @skip(if: $isUnwanted) { state }', 'servicesummary'],
  ['chatMessages @include(if: $isWanted) { totalCount }', 'chatrecords'],
  ['agent { name @include(if: $isWanted) }', 'chatrecords'],
])('@skip and @include are obeyed: %s', async (field, kind) => {
  const source = `query ($isWanted: Boolean!, $isUnwanted: Boolean! = true) {
    one: __typename @skip(if: $isUnwanted)
    two: __typename @include(if: $isWanted)
    remoteRecords(first: 2) { nodes { csId ${field} } }
  }`
  const unwanted = { isWanted: false, isUnwanted: true }
  const wanted = { isWanted: true, isUnwanted: false }
  expect(await kindsOfCalls(source, unwanted)).toEqual(['histories'])
  expect(await kindsOfCalls(source, wanted)).toEqual([kind, 'histories'].toSorted())
})

test.each([
  ['a connection without a field of it', '{ remoteRecords { __typename } }', []],
  ['the name of a type', '{ __typename }', []],
  ['an agent by the id', '{ agent(servicerId: 201) { id servicerId } }', []],
  [
    "an agent's connection without a field of it",
    '{ agent(servicerId: 201) { remoteRecords { __typename } } }',
    [],
  ],
])('%s costs no call', async (_, source, kinds) => {
  expect(await kindsOfCalls(source)).toEqual(kinds)
})

test('fragments that are spread twice in each other are looked through once', async () => {
  const levels = Array.from({ length: 8 }, (_, level) => level)
  const fragments = levels.map(
    level => `fragment F${level} on RemoteRecord { ...F${level + 1} ...F${level + 1} }`,
  )
  const source = `{ remoteRecords(first: 1) { nodes { ...F0 } } }
    ${fragments.join('\n')}
    fragment F8 on RemoteRecord { problemType { label } }`
  expect(await kindsOfCalls(source)).toEqual(WITH_LABELS)
})
