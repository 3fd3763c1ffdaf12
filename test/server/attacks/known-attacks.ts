import { getIntrospectionQuery } from 'graphql'
import { ask, CS_ID, DEAR, REFERENCES, type Refused, times } from './attack.ts'

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }
const PLAIN = { 'content-type': 'text/plain' }
const UPLOAD = { 'content-type': 'multipart/form-data; boundary=a' }

/** What attackers are known to try, each with how it is refused. No call is made for any of them. */
export const ATTACKS: readonly Refused[] = [
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
]
