import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestedGateway, type TestedGateway } from '../gateway.ts'
import { type Issuer, startIssuer } from './issuer.ts'

let issuer: Issuer
let gateway: TestedGateway
beforeAll(async () => {
  issuer = await startIssuer()
  gateway = await startTestedGateway({ jwt: issuer.expected })
})
afterAll(async () => {
  await gateway[Symbol.asyncDispose]()
  await issuer[Symbol.asyncDispose]()
})

async function ask(query: string, claims: Record<string, unknown>, variables = {}) {
  gateway.emulator.clearCalls()
  const headers = { authorization: `Bearer ${await issuer.token(claims)}` }
  const { status, body } = await gateway.ask(query, { headers, variables })
  return {
    status,
    data: body.data,
    failures: (body.errors ?? []).map(({ extensions, path = [] }) =>
      [extensions.code, ...path].join(' '),
    ),
    calls: gateway.emulator.callLines(),
  }
}

const endpointsOf = (calls: readonly string[]) =>
  calls.map(call => /(histories|chatrecords|servicesummary)/.exec(call)?.[1])

const ALL = 'record:read contact:read chat:read summary:read'
const without = (scope: string) => ALL.replace(scope, 'other:read')

const RECORD = `query($csId: ID!) { remoteRecord(csId: $csId) {
  csId companyName contactName contactMethod contactMethodMasked client { uniqueNumber }
  chatUrl chatMessages(first: 1) { nodes { text } } serviceSummary { state } description
} }`

describe('a field', () => {
  it('has its value if the token has its scope', async () => {
    const { data, failures } = await ask(RECORD, { scope: ALL }, { csId: '2990' })
    expect(failures).toEqual([])
    expect(data?.remoteRecord).toMatchObject({
      contactMethod: expect.any(String),
      client: { uniqueNumber: expect.any(String) },
      serviceSummary: { state: expect.any(String) },
    })
  })

  it.each<[scope: string, fields: string[], endpoints: string[]]>([
    [
      'contact:read',
      ['companyName', 'contactName', 'contactMethod', 'client'],
      ['chatrecords', 'servicesummary'],
    ],
    ['chat:read', ['chatUrl', 'chatMessages'], ['servicesummary']],
    ['summary:read', ['serviceSummary'], ['chatrecords']],
  ])(
    'is null without its scope, with FORBIDDEN, and makes no call: %s',
    async (scope, fields, endpoints) => {
      const { status, data, failures, calls } = await ask(
        RECORD,
        { scope: without(scope) },
        { csId: '2990' },
      )
      expect(status).toBe(200)
      expect(failures.toSorted()).toEqual(
        fields.map(field => `FORBIDDEN remoteRecord ${field}`).toSorted(),
      )
      const record = data?.remoteRecord as Record<string, unknown>
      for (const [name, value] of Object.entries(record))
        expect(value === null, name).toBe(fields.includes(name))
      expect(new Set(endpointsOf(calls))).toEqual(new Set(['histories', ...endpoints]))
    },
  )

  it('that is masked needs no more than the record', async () => {
    const query = '{ remoteRecords(first: 1) { nodes { contactMethodMasked } } }'
    expect(await ask(query, { scope: 'record:read' })).toMatchObject({
      failures: [],
      data: {
        remoteRecords: { nodes: [{ contactMethodMasked: expect.stringContaining('****') }] },
      },
    })
  })
})

describe('a record', () => {
  it.each<[way: string, query: string, path: string]>([
    ['a list', '{ remoteRecords { totalCount } __typename }', 'remoteRecords'],
    ['a look-up', '{ remoteRecord(csId: "2990") { csId } __typename }', 'remoteRecord'],
    [
      'look-ups',
      '{ remoteRecordsByCsId(csIds: ["2990"]) { csId } __typename }',
      'remoteRecordsByCsId 0',
    ],
    ['a node', '{ node(id: "UmVtb3RlUmVjb3JkOjI5OTA") { id } __typename }', 'node'],
    ['nodes', '{ nodes(ids: ["UmVtb3RlUmVjb3JkOjI5OTA"]) { id } __typename }', 'nodes 0'],
    [
      'a reference',
      '{ _entities(representations: [{ __typename: "RemoteRecord", csId: "2990" }]) { ... on RemoteRecord { csId } } __typename }',
      '_entities 0',
    ],
    [
      'an agent',
      '{ agent(servicerId: "203") { servicerId remoteRecords { totalCount } } __typename }',
      'agent remoteRecords',
    ],
    ['an agent, for its name', '{ agent(servicerId: "203") { name } __typename }', 'agent name'],
    [
      'an option, for its label',
      '{ _entities(representations: [{ __typename: "ProblemType", level: 1, optionId: "1" }]) { ... on ProblemType { label } } __typename }',
      '_entities 0 label',
    ],
  ])('is not read without record:read, by whatever way: %s', async (_, query, path) => {
    const { data, failures, calls } = await ask(query, { scope: without('record:read') })
    expect(failures).toEqual([`FORBIDDEN ${path}`])
    expect(data?.__typename).toBe('Query')
    expect(calls).toEqual([])
  })

  it('is not needed for a summary', async () => {
    const query = '{ serviceSummary(csId: "1000") { state } }'
    expect(await ask(query, { scope: 'summary:read' })).toMatchObject({ failures: [] })
    expect(await ask(query, { scope: 'record:read' })).toMatchObject({
      failures: ['FORBIDDEN serviceSummary'],
      calls: [],
    })
  })

  it('that another caller has read is refused all the same', async () => {
    const query = '{ agent(servicerId: "203") { name } }'
    expect((await ask(query, { scope: ALL })).failures).toEqual([])
    expect((await ask(query, { scope: 'chat:read' })).failures).toEqual(['FORBIDDEN agent name'])
  })
})

describe('a filter', () => {
  it.each(['companyNames', 'clientNumbers'])(
    'that looks at the contact needs its scope, and reads nothing without it: %s',
    async name => {
      const list = `remoteRecords(filter: { ${name}: ["100000001"] }, createdOn: { from: "2026-11-22", to: "2026-11-22" }) { nodes { csId } }`
      for (const [query, path] of [
        [`{ ${list} }`, 'remoteRecords'],
        [`{ agent(servicerId: "203") { ${list} } }`, 'agent remoteRecords'],
      ] as const) {
        const { failures, calls } = await ask(query, { scope: without('contact:read') })
        expect(failures).toEqual([`FORBIDDEN ${path}`])
        expect(calls).toEqual([])
        expect((await ask(query, { scope: ALL })).failures).toEqual([])
      }
    },
  )
})

describe('the scopes of a token', () => {
  it.each<[title: string, claims: Record<string, unknown>, isGranted: boolean]>([
    ['one text', { scope: 'openid record:read' }, true],
    ['a list', { scope: ['openid', 'record:read'] }, true],
    ['scp', { scp: 'record:read' }, true],
    ['scp as a list', { scp: ['record:read'] }, true],
    ['none', {}, false],
    ['others', { scope: 'records:read record:read:all RECORD:READ' }, false],
    ['no text', { scope: { 'record:read': true }, scp: [['record:read'], 1, null] }, false],
  ])('are read from %s', async (_, claims, isGranted) => {
    const { failures } = await ask('{ remoteRecords { totalCount } }', claims)
    expect(failures).toEqual(isGranted ? [] : ['FORBIDDEN remoteRecords'])
  })
})

describe('statistics', () => {
  const DAYS = 'createdOn: { from: "2026-11-01", to: "2026-11-23" }'
  const companies = `{ remoteRecordStatistics(${DAYS}) { count byCompany { companyName } } }`

  it('by company are of the contacts, and null alone', async () => {
    const { data, failures } = await ask(companies, { scope: without('contact:read') })
    expect(data).toEqual({ remoteRecordStatistics: { count: expect.any(Number), byCompany: null } })
    expect(failures).toEqual(['FORBIDDEN remoteRecordStatistics byCompany'])
    expect((await ask(companies, { scope: ALL })).failures).toEqual([])
  })

  it('are of the records', async () => {
    const { failures, calls } = await ask(companies, { scope: without('record:read') })
    expect(failures).toEqual(['FORBIDDEN remoteRecordStatistics'])
    expect(calls).toEqual([])
  })

  it.each(['companyNames: ["x"]', 'clientNumbers: [123456789]'])(
    'do not say what no field says, by the filter %s',
    async filter => {
      const query = `{ remoteRecordStatistics(${DAYS}, filter: { ${filter} }) { count } }`
      const { failures, calls } = await ask(query, { scope: without('contact:read') })
      expect(failures).toEqual(['FORBIDDEN remoteRecordStatistics'])
      expect(calls).toEqual([])
    },
  )
})

describe('the graph says which scopes are needed', () => {
  it('to routers: in the SDL that it serves', async () => {
    const { data } = await ask('{ _service { sdl } }', {})
    const { sdl } = (data?._service ?? {}) as { readonly sdl: string }
    expect(sdl).toContain('contactMethod: String @requiresScopes(scopes: [["contact:read"]])')
    expect(sdl).toMatch(/^type ServiceSummary @requiresScopes\(scopes: \[\["summary:read"\]\]\)/m)
    expect(sdl).toContain('): Agent @authenticated')
  })

  it('to people: in its descriptions', async () => {
    const query = '{ __type(name: "RemoteRecord") { fields { name description } } }'
    const { data } = await ask(query, {})
    const { fields } = (data?.__type ?? {}) as { fields: { name: string; description: string }[] }
    const described = new Map(fields.map(({ name, description }) => [name, description]))
    expect(described.get('contactMethod')).toMatch(/ need its scope `contact:read`\.$/)
    expect(described.get('contactMethodMasked')).not.toContain('scope')
  })

  it('but not if none is looked for: some routers refuse a graph that does', async () => {
    await using open = await startTestedGateway()
    const { body } = await open.ask('{ _service { sdl } }')
    expect(JSON.stringify(body)).not.toMatch(/requiresScopes|@authenticated/)
  })
})
