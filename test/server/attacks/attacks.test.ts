import { getIntrospectionQuery } from 'graphql'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ADMINISTRATOR } from '../../src/emulator/accounts.ts'
import { GRAPHQL_RESPONSE, startTestedGateway, type TestedGateway } from './gateway.ts'

/** As in production: nothing is said that an attacker could use. */
let gateway: TestedGateway
beforeAll(async () => {
  const documents = { isIntrospectable: false }
  gateway = await startTestedGateway({ documents, hasGraphiql: false, suggestsNames: false })
})
beforeEach(() => {
  gateway.emulator.clearCalls()
  gateway.takeLogged()
})
afterAll(() => gateway[Symbol.asyncDispose]())

interface Attack {
  readonly method?: string
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

async function attack({ method = 'POST', path = '', headers = GRAPHQL_RESPONSE, body }: Attack) {
  const response = await fetch(gateway.url + path, { method, headers, ...(body && { body }) })
  const text = await response.text()
  const everything = [text, gateway.takeLogged(), ...[...response.headers].flat()].join('\n')
  expect(everything).not.toMatch(/INTERNAL_SERVER_ERROR|unexpected-error|node_modules|\bat \w+ \(/)
  expect(everything).not.toMatch(/\p{Script=Han}/u)
  expect(everything).not.toContain(ADMINISTRATOR.password)
  expect(everything).not.toContain(new URL(gateway.emulator.url).host)
  return { status: response.status, text, headers: response.headers }
}

const ask = (query: string, variables: unknown = {}): Attack => ({
  body: JSON.stringify({ query, variables }),
})

const times = (count: number, partAt: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => partAt(at)).join(' ')

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }
const PLAIN = { 'content-type': 'text/plain' }
const UPLOAD = { 'content-type': 'multipart/form-data; boundary=a' }

const CS_ID = 'query ($i: ID!) { remoteRecord(csId: $i) { csId } }'
const REFERENCES = 'query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }'
const DEAR = `{ remoteRecords(first: 100) { nodes { serviceSummary { state } chatMessages { totalCount } } } }`

describe('is refused without a call', () => {
  it.each<[what: string, attack: Attack, refusal: string]>([
    [
      'learning the graph by introspection',
      ask(getIntrospectionQuery()),
      '400 GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'learning a type by its name',
      ask('{ __type(name: "RemoteRecord") { fields { name } } }'),
      '400 GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'learning the graph as a router would',
      ask('{ _service { sdl } }'),
      '400 GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'overloading by aliases',
      ask(`{ remoteRecords { nodes { ${times(101, at => `a${at}: csId`)} } } }`),
      '400 ALIAS_LIMIT',
    ],
    [
      'overloading by 5,000 aliases',
      ask(`{ ${times(3000, at => `a${at}: __typename`)} }`),
      '400 TOKEN_LIMIT',
    ],
    [
      'trying many ids in one operation',
      ask(`{ ${times(16, at => `a${at}: remoteRecord(csId: ${1000 + at}) { csId }`)} }`),
      '400 ROOT_FIELD_LIMIT',
    ],
    [
      'overloading by repeated fields',
      ask(`{ ${'__typename '.repeat(500)} }`),
      '400 ROOT_FIELD_LIMIT',
    ],
    [
      'overloading by repeated objects',
      ask(`{ remoteRecords { nodes { ${'agent { servicerId } '.repeat(150)} } } }`),
      '400 REPEATED_FIELD_LIMIT',
    ],
    [
      'overloading by directives',
      ask(`{ __typename ${'@include(if: true) '.repeat(60)} }`),
      '400 DIRECTIVE_LIMIT',
    ],
    [
      'overloading by unknown directives',
      ask(`query ${'@a '.repeat(51)} { __typename }`),
      '400 DIRECTIVE_LIMIT',
    ],
    [
      'recursion between types',
      ask(`${times(6, () => '{ remoteRecords { nodes { agent')} { name } ${'} } }'.repeat(6)}`),
      '400 DEPTH_LIMIT',
    ],
    [
      'recursion between fragments',
      ask('{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }'),
      '400 GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'doubling by fragments',
      ask(
        `{ ...F0 } ${times(20, at => `fragment F${at} on Query { ...F${at + 1} ...F${at + 1} }`)} fragment F20 on Query { __typename }`,
      ),
      '400 ROOT_FIELD_LIMIT',
    ],
    [
      'a batch of operations',
      { body: JSON.stringify(Array(10).fill({ query: '{ __typename }' })) },
      '400 BAD_REQUEST',
    ],
    ['an upload', { headers: UPLOAD, body: '--a--' }, '415 UNSUPPORTED_MEDIA_TYPE'],
    [
      'a form of another site',
      { headers: FORM, body: 'query={remoteRecords{totalCount}}' },
      '415 UNSUPPORTED_MEDIA_TYPE',
    ],
    [
      'a simple request of another site',
      { headers: PLAIN, body: '{"query":"{ __typename }"}' },
      '415 UNSUPPORTED_MEDIA_TYPE',
    ],
    ['a mutation by GET', { method: 'GET', path: '?query=mutation{a}' }, '405 METHOD_NOT_ALLOWED'],
    ['a subscription', ask('subscription { a }'), '400 GRAPHQL_VALIDATION_FAILED'],
    ['injection into SQL', ask(CS_ID, { i: "1' OR '1'='1" }), '400 BAD_USER_INPUT'],
    ['injection into NoSQL', ask(CS_ID, { i: { $gt: '' } }), '400 BAD_USER_INPUT'],
    [
      'another path of the upstream',
      ask('{ remoteRecord(csId: "../../api/v1/users") { csId } }'),
      '400 BAD_USER_INPUT',
    ],
    [
      'another path, encoded',
      ask('{ agent(servicerId: "%2e%2e%2fusers") { remoteRecords { totalCount } } }'),
      '400 BAD_USER_INPUT',
    ],
    [
      'another query of the upstream',
      ask('{ serviceSummary(csId: "1.json?a=b") { state } }'),
      '400 BAD_USER_INPUT',
    ],
    [
      'another header of the upstream',
      ask('{ remoteRecord(csId: "1\\r\\nX-Evil: 1") { csId } }'),
      '400 BAD_USER_INPUT',
    ],
    [
      'digits that only look so',
      ask('{ remoteRecord(csId: "１２３") { csId } }'),
      '400 BAD_USER_INPUT',
    ],
    [
      'an address of the inner network',
      ask('{ remoteRecord(csId: "http://169.254.169.254/") { csId } }'),
      '400 BAD_USER_INPUT',
    ],
    [
      'a prototype by variables',
      ask(CS_ID, JSON.parse('{"__proto__": {"i": "1"}}')),
      '400 BAD_USER_INPUT',
    ],
    [
      'a reference to a type that is none',
      ask('{ _entities(representations: [{__typename: "Query"}]) { __typename } }'),
      '400 BAD_USER_INPUT',
    ],
    [
      'very many references',
      ask(REFERENCES, { r: Array(1001).fill({ __typename: 'RemoteRecord', csId: '1' }) }),
      '400 BAD_USER_INPUT',
    ],
    [
      'a page of all records',
      ask('{ remoteRecords(first: 2147483647) { totalCount } }'),
      '400 BAD_USER_INPUT',
    ],
    [
      'an operation that is dear',
      ask(`{ ${times(3, at => `a${at}: agent(servicerId: ${201 + at}) ${DEAR}`)} }`),
      '400 UPSTREAM_CALL_LIMIT',
    ],
    [
      'a number beyond all',
      { body: `{"query":"{ __typename }","variables":{"n":1e999}}` },
      '400 BAD_USER_INPUT',
    ],
    [
      'nested JSON',
      { body: `{"query":"{ __typename }","variables":{"a":${'['.repeat(60_000)}` },
      '400 JSON_DEPTH_LIMIT',
    ],
    ['a long document', ask(`{ __typename } ${','.repeat(200_000)}`), '400 DOCUMENT_SIZE_LIMIT'],
    ['a large body', ask(`{ __typename } #${'a'.repeat(300_000)}`), '413 PAYLOAD_TOO_LARGE'],
    ['a text of null bytes', ask('{ __typename \0 }'), '400 GRAPHQL_PARSE_FAILED'],
    ['a method of another protocol', { method: 'PROPFIND' }, '405 METHOD_NOT_ALLOWED'],
    ['a hidden page', { method: 'GET', path: '/../../package.json' }, '404 NOT_FOUND'],
  ])('%s', async (_, attempt, refusal) => {
    const { status, text } = await attack(attempt)
    expect(`${status} ${JSON.parse(text).errors[0].extensions.code}`).toBe(refusal)
    expect(gateway.emulator.callLines()).toEqual([])
  })
})

describe('gives nothing away', () => {
  it('a name that is nearly right', async () => {
    const { text } = await attack(ask('{ remoteRecordz { totalCount } }'))
    expect(text).not.toMatch(/mean|remoteRecords/)
  })

  it('a header that asks for debugging', async () => {
    const debugging = { 'x-debug': '1', 'apollo-federation-include-trace': 'ftv1' }
    const headers = { ...GRAPHQL_RESPONSE, ...debugging }
    const { text } = await attack({ ...ask('{ __typename }'), headers })
    expect(JSON.parse(text)).toEqual({ data: { __typename: 'Query' } })
  })

  it('a browser that looks for GraphiQL', async () => {
    for (const path of ['', '/graphiql', '/playground', '/altair', '/voyager']) {
      const headers = { accept: 'text/html' }
      const { status, text } = await attack({ method: 'GET', path, headers })
      expect([path, status]).toEqual([path, 404])
      expect(text).not.toMatch(/<script|<html/i)
    }
  })

  it('what runs here', async () => {
    const { headers } = await attack(ask('{ __typename }'))
    expect(headers.has('server') || headers.has('x-powered-by')).toBe(false)
  })

  it('an id of another type, or a forged one', async () => {
    const idOf = (text: string) => Buffer.from(text).toString('base64url')
    for (const id of [idOf('Query:1'), idOf('User:1'), idOf('RemoteRecord:../1'), 'AAAA', '']) {
      const { status, text } = await attack(
        ask('query ($id: ID!) { node(id: $id) { id } }', { id }),
      )
      expect([id, status, JSON.parse(text)]).toEqual([id, 200, { data: { node: null } }])
    }
    expect(gateway.emulator.callLines()).toEqual([])
  })

  it('a role that the caller gives itself', async () => {
    const claims = { 'x-role': 'admin', 'x-forwarded-user': 'root', 'x-original-url': '/admin' }
    const query = '{ serviceSummary(csId: 1500) { state } }'
    await attack({ ...ask(query), headers: { ...GRAPHQL_RESPONSE, ...claims } })
    expect(gateway.emulator.calls).toHaveLength(1)
    expect(JSON.stringify(gateway.emulator.calls)).not.toMatch(/x-role|user|original-url|root/)
  })
})
