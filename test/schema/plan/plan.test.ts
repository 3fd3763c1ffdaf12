import { parse } from 'graphql'
import { describe, expect, it, test } from 'vitest'
import { NOTHING_KNOWN } from '../../../src/schema/plan/expectations.ts'
import { createOperationReader } from '../../../src/schema/plan/read-operation.ts'
import { createSchema } from '../../../src/schema/schema.ts'
import { planOf, rowsOf } from './planning.ts'

const readOperation = createOperationReader(createSchema())

const CHATS = `query ($first: Int, $with: Boolean = true) {
  remoteRecords(first: $first) { nodes { csId chatMessages { nodes { text } } } }
}`

test('a document that was planned before is planned by its variables', () => {
  const document = parse(CHATS)
  const expected = [7, 20, 7].map(
    first => readOperation(document, undefined, { first }).plan(() => NOTHING_KNOWN).expected,
  )
  expect(expected).toEqual([8, 21, 8])
})

test('so it is if they decide what is selected', () => {
  const document = parse(CHATS.replace('chatMessages', 'chatMessages @include(if: $with)'))
  const planned = [true, false, true].map(value => {
    const variables = { first: 7, with: value }
    const { steps, rounds } = readOperation(document, undefined, variables).plan(
      () => NOTHING_KNOWN,
    )
    return [steps.map(({ path, expected }) => `${path} ${expected}`), rounds]
  })
  // The chats, and a call that may show in which order messages are listed.
  const chats = ['remoteRecords.nodes.chatMessages 7', 'remoteRecords.nodes.chatMessages 0']
  const withChats = [['remoteRecords 1', ...chats], 4]
  expect(planned).toEqual([withChats, [['remoteRecords 1'], 2], withChats])
})

test('each operation of a document has its own plan', () => {
  const document = parse(`query A { remoteRecords { totalCount } }
    query B { remoteRecords(first: 3) { nodes { serviceSummary { state } } } }`)
  const expected = ['A', 'B'].map(
    name => readOperation(document, name, {}).plan(() => NOTHING_KNOWN).expected,
  )
  expect(expected).toEqual([1, 4])
})

describe('what is the same counts once', () => {
  it('in a field under several names', () => {
    const fields = Array.from(
      { length: 13 },
      (_, at) => `r${at}: remoteRecord(csId: 1500) { price }`,
    )
    expect(rowsOf(`{ ${fields.join(' ')} }`)).toEqual(['r0 histories 2 15'])
  })

  it('if its arguments are written in another way', () => {
    const source = `query ($id: ID = "1500") {
      a: remoteRecord(csId: 1500) { serviceSummary { state } price }
      b: remoteRecord(csId: $id) { price serviceSummary { templateName } }
    }`
    expect(rowsOf(source)).toEqual(['a histories 2 15', 'a.serviceSummary servicesummary 1 1'])
  })

  it('in ids of a list, and in references', () => {
    const selection = '... on RemoteRecord { serviceSummary { state } price }'
    expect(rowsOf(`{ remoteRecordsByCsId(csIds: [7, "7", 7]) { price } }`)).toEqual([
      'remoteRecordsByCsId histories 2 15',
    ])
    const representations = new Array(50).fill({ __typename: 'RemoteRecord', csId: '7' })
    const source = `query ($of: [_Any!]!) { _entities(representations: $of) { ${selection} } }`
    expect(rowsOf(source, { of: representations })).toEqual([
      '_entities histories 2 15',
      '_entities.serviceSummary servicesummary 1 1',
    ])
  })

  it('in fields that fragments repeat, at every depth', () => {
    const source = `{
      remoteRecords(first: 5) { nodes { ...A } ...B }
      again: remoteRecords(first: 5) { nodes { ...A } }
    }
    fragment A on RemoteRecord { serviceSummary { state } agent { name } }
    fragment B on RemoteRecordConnection { nodes { summary: serviceSummary { state } ...A } }`
    expect(rowsOf(source)).toEqual([
      'remoteRecords histories 1 2',
      'remoteRecords.nodes.serviceSummary servicesummary 5 5',
      'remoteRecords.nodes.agent.name chatrecords 5 5',
      'remoteRecords.nodes.agent.name agent_histories 0 10',
      'remoteRecords.nodes.agent.name chatrecords 0 20',
      'remoteRecords.nodes.agent.name histories 0 2',
    ])
  })
})

describe('look-ups of all fields are one search', () => {
  const source = `query ($of: [_Any!]!) {
    remoteRecord(csId: 1000) { price }
    remoteRecordsByCsId(csIds: [1000, 5000]) { price problemType { label } }
    node(id: "UmVtb3RlUmVjb3JkOjkwMDA") { ... on RemoteRecord { price } }
    _entities(representations: $of) { ... on RemoteRecord { price } }
  }`
  const of = [{ __typename: 'RemoteRecord', csId: '13000' }]

  it('of fifteen calls, and one for each further page', () => {
    const path = 'remoteRecord, remoteRecordsByCsId, node and 1 others'
    expect(rowsOf(source, { of })).toEqual([`${path} histories 5 18`, `${path} histories_v2 2 2`])
  })

  it('which neighbours share, up to a thousand of them', () => {
    const from = (first: number, count: number, step = 1) =>
      Array.from({ length: count }, (_, at) => ({
        __typename: 'RemoteRecord',
        csId: String(first + at * step),
      }))
    const callsFor = (of: readonly object[]) => {
      const { expected, atMost } = planOf(
        `query ($of: [_Any!]!) { _entities(representations: $of) { ... on RemoteRecord { price } } }`,
        { of },
      )
      return { expected, atMost }
    }
    expect(callsFor(from(1000, 171))).toEqual({ expected: 4, atMost: 17 })
    expect(callsFor(from(1000, 1000))).toEqual({ expected: 12, atMost: 25 })
    expect(callsFor(from(1000, 1000, 2))).toEqual({ expected: 22, atMost: 35 })
    expect(callsFor(from(1000, 50, 1000))).toEqual({ expected: 51, atMost: 64 })
  })
})

test('pages without rows that were met give spare calls, and change no other number', () => {
  const source = '{ remoteRecords { nodes { csId } } }'
  const usual = planOf(source)
  expect(usual.spare).toBe(10)
  const known = { ...NOTHING_KNOWN, mostEmptyPages: 4 }
  expect(planOf(source, {}, known)).toEqual({ ...usual, spare: 22 })
})

describe('what costs nothing counts nothing', () => {
  it.each([
    '{ node(id: "x") { ... on RemoteRecord { chatMessages { nodes { text } } } } }',
    '{ node(id: "QWdlbnQ6MjAz") { ... on Agent { servicerId } } }',
    '{ agent(servicerId: 203) { id servicerId remoteRecords { __typename } } }',
    '{ remoteRecordsByCsId(csIds: []) { price serviceSummary { state } } }',
    '{ _entities(representations: [{ __typename: "RemoteRecord", csId: 7 }]) { ... on RemoteRecord { csId } } }',
    '{ _entities(representations: [{ __typename: "RemoteRecord", csId: "x" }]) { ... on RemoteRecord { price } } }',
    '{ __typename __schema { types { name } } }',
  ])('%s', source => {
    expect(planOf(source)).toMatchObject({ steps: [], expected: 0, atMost: 0, spare: 0 })
  })

  it('of objects of another type', () => {
    const ids = ['QWdlbnQ6MjAz', 'QWdlbnQ6MjA0', 'UmVtb3RlUmVjb3JkOjkwMDA']
    const source = `query ($ids: [ID!]!) {
      nodes(ids: $ids) { ... on RemoteRecord { serviceSummary { state } } ... on Agent { name } }
    }`
    expect(rowsOf(source, { ids })).toEqual([
      'nodes histories 2 15',
      'nodes.name chatrecords 2 2',
      'nodes.name agent_histories 2 4',
      'nodes.name chatrecords 0 8',
      'nodes.name histories 0 2',
      'nodes.serviceSummary servicesummary 1 1',
    ])
  })
})

const WARM = {
  pageSizeOf: () => ({ rows: 100, isFixed: false }),
  mostEmptyPages: 0,
  pagesOfScan: () => 1,
  lengthOf: () => undefined,
  callsOfCounted: () => undefined,
  isRising: () => false,
  canPlaceCsIds: true,
  hasLabels: true,
  hasLabel: () => true,
  hasAgentNames: true,
  hasAgentName: (servicerId: number) => servicerId === 203,
}

test('what is known makes fewer calls expected, and leaves those at most', () => {
  const source = `{
    remoteRecord(csId: 1500) { problemType { label } agent { name } }
    newest: remoteRecords(first: 1) { nodes { problemType { label } } }
    oldest: remoteRecords(first: 1, order: OLDEST_FIRST) { nodes { csId } }
    known: agent(servicerId: 203) { name }
  }`
  expect(rowsOf(source)).toEqual([
    'remoteRecord histories 2 15',
    'remoteRecord histories_v2 1 1',
    'newest histories 1 2',
    'newest histories_v2 1 2',
    'oldest histories 2 2',
    'remoteRecord.agent.name chatrecords 1 1',
    'remoteRecord.agent.name agent_histories 0 2',
    'remoteRecord.agent.name chatrecords 0 4',
    'remoteRecord.agent.name histories 0 2',
    'known.name chatrecords 1 1',
    'known.name agent_histories 1 2',
    'known.name chatrecords 0 4',
    'known.name histories 0 2',
  ])
  expect(rowsOf(source, {}, WARM)).toEqual([
    'remoteRecord histories 1 15',
    'remoteRecord histories_v2 0 1',
    'newest histories 1 2',
    'newest histories_v2 0 2',
    'oldest histories 2 2',
    'remoteRecord.agent.name chatrecords 0 1',
    'remoteRecord.agent.name agent_histories 0 2',
    'remoteRecord.agent.name chatrecords 0 4',
    'remoteRecord.agent.name histories 0 2',
    'known.name chatrecords 0 1',
    'known.name agent_histories 0 2',
    'known.name chatrecords 0 4',
    'known.name histories 0 2',
  ])
})

test('on an upstream that is known to rise, the newest records are at the far end', () => {
  const known = { ...WARM, isRising: () => true }
  const expectedOf = (order: string) =>
    planOf(`{ remoteRecords(order: ${order}) { nodes { csId } } }`, {}, known).expected
  expect([expectedOf('NEWEST_FIRST'), expectedOf('OLDEST_FIRST')]).toEqual([2, 1])
})
