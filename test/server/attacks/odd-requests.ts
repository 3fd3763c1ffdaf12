import { ask, askWith, CS_ID, DEAR, REFERENCES, type Refused, times } from './attack.ts'

const sealed = (text: string) => Buffer.from(text).toString('base64url')
const list = (args: string) => ask(`{ remoteRecords(${args}) { totalCount } }`)
const days = (from: string, to = '2026-11-23') =>
  ask('query ($d: DateRange) { remoteRecords(createdOn: $d) { totalCount } }', { d: { from, to } })

/** What is wrong with a request by itself, whatever it asks for. */
export const ODD_REQUESTS: readonly Refused[] = [
  ['PUT', { ...ask('{ __typename }'), method: 'PUT' }, '405 METHOD_NOT_ALLOWED'],
  ['DELETE', { method: 'DELETE' }, '405 METHOD_NOT_ALLOWED'],
  ['an unknown path', { ...ask('{ __typename }'), path: '/v2' }, '404 NOT_FOUND'],
  ['a packed body', askWith({ 'content-encoding': 'gzip' }), '415 UNSUPPORTED_MEDIA_TYPE'],
  [
    'the type of a document',
    askWith({ 'content-type': 'application/graphql' }),
    '415 UNSUPPORTED_MEDIA_TYPE',
  ],
  [
    'another charset',
    askWith({ 'content-type': 'application/json; charset=gbk' }),
    '415 UNSUPPORTED_MEDIA_TYPE',
  ],
  ['an answer that is a picture', askWith({ accept: 'image/png' }), '406 NOT_ACCEPTABLE'],
  ['a page of another origin', askWith({ origin: 'https://evil.example' }), '403 CSRF_BLOCKED'],
  ['a page of another site', askWith({ 'sec-fetch-site': 'cross-site' }), '403 CSRF_BLOCKED'],
  ['no origin at all', askWith({ origin: 'null' }), '403 CSRF_BLOCKED'],
  [
    'what a browser asks for a page of another origin',
    {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    },
    '405 METHOD_NOT_ALLOWED',
  ],
  ['no body', { body: '' }, '400 BAD_REQUEST'],
  ['a body that is no JSON', { body: 'NONSENSE' }, '400 BAD_REQUEST'],
  ['a body that ends early', { body: '{"query":' }, '400 BAD_REQUEST'],
  ['a query that is a number', { body: '{"query":7}' }, '400 BAD_REQUEST'],
  [
    'variables that are a list',
    { body: '{"query":"{ __typename }","variables":[7]}' },
    '400 BAD_REQUEST',
  ],
  [
    'a prototype in variables',
    {
      body: '{"query":"query ($i: ID!) { remoteRecord(csId: $i) { csId } }","variables":{"constructor":{"prototype":{"i":"1"}}}}',
    },
    '400 BAD_USER_INPUT',
  ],
  ['an empty document', ask(''), '400 GRAPHQL_PARSE_FAILED'],
  ['a document of comments', ask('# nothing'), '400 GRAPHQL_PARSE_FAILED'],
  ['a document of fragments', ask('fragment F on Query { __typename }'), '400 BAD_USER_INPUT'],
  ['two operations without names', ask('{ __typename } { __typename }'), '400 BAD_USER_INPUT'],
  [
    'an unknown operation',
    { body: '{"query":"{ __typename }","operationName":"nobody@example.com"}' },
    '400 BAD_USER_INPUT',
  ],
  [
    'a very long name of an operation',
    { body: JSON.stringify({ query: '{ __typename }', operationName: 'x'.repeat(10_000) }) },
    '400 BAD_USER_INPUT',
  ],
]

/** Documents that are large for whoever walks them. */
export const LARGE_DOCUMENTS: readonly Refused[] = [
  ['1,001 tokens', ask(`{ ${'a '.repeat(999)} }`), '400 TOKEN_LIMIT'],
  ['eleven levels', ask(`${'{ a '.repeat(11)}${'} '.repeat(11)}`), '400 DEPTH_LIMIT'],
  [
    'a hundred fragments within each other',
    ask(`${'{ ... '.repeat(100)} { __typename } ${'} '.repeat(100)}`),
    '400 FRAGMENT_DEPTH_LIMIT',
  ],
  ['50,000 levels of fields', ask('{a'.repeat(50_000)), '400 DOCUMENT_SIZE_LIMIT'],
  ['20,000 levels of fields', ask('{a'.repeat(20_000)), '400 TOKEN_LIMIT'],
  ['20,000 levels of a list', ask(`{ a(b: ${'['.repeat(20_000)}`), '400 TOKEN_LIMIT'],
  ['5,000 levels of an object', ask(`{ a(b: ${'{x:'.repeat(5000)}`), '400 TOKEN_LIMIT'],
  [
    '30 fragments that are each spread twice',
    ask(
      `{ ...F0 } ${times(30, at => `fragment F${at} on Query { ...F${at + 1} ...F${at + 1} }`)} fragment F30 on Query { __typename }`,
    ),
    '400 FRAGMENT_DEPTH_LIMIT',
  ],
  [
    'an introspection that goes round',
    ask(`{ __schema { types { ${'fields { type { '.repeat(6)} name ${'} } '.repeat(6)} } } }`),
    '400 DEPTH_LIMIT',
  ],
  [
    'fields that overlap',
    ask(`{ remoteRecords { nodes { ${times(110, at => `a: agent { b${at}: name }`)} } } }`),
    '400 ALIAS_LIMIT',
  ],
  [
    'fragments beside each other that overlap',
    ask(`{ remoteRecords { nodes { ${times(120, () => '... { agent { name } }')} } } }`),
    '400 REPEATED_FIELD_LIMIT',
  ],
  [
    '1,000 directives',
    ask(`{ __typename ${'@include(if: true) '.repeat(120)} }`),
    '400 DIRECTIVE_LIMIT',
  ],
  [
    'ten unknown directives',
    ask(`{ __typename ${times(10, at => `@a${at}`)} }`),
    '400 GRAPHQL_VALIDATION_FAILED',
  ],
]

/** Values that no field takes. */
export const WRONG_VALUES: readonly Refused[] = [
  ...['first: -1', 'first: 101', 'last: 101', 'first: 1, last: 1'].map(
    (args): Refused => [args, list(args), '400 BAD_USER_INPUT'],
  ),
  ['a number in 40 bits', list('first: 99999999999'), '400 GRAPHQL_VALIDATION_FAILED'],
  ['a number in quotes', list('first: "1"'), '400 GRAPHQL_VALIDATION_FAILED'],
  ...['?', 'bm9uc2Vuc2U=', sealed('r1.2.3'), sealed('m[1,2,3]'), '../..'].map(
    (cursor): Refused => [`the cursor ${cursor}`, list(`after: "${cursor}"`), '400 BAD_USER_INPUT'],
  ),
  ...[
    '2017-13-45',
    '2017-02-30',
    '0000-00-00',
    '2017-01-01+08:00',
    '２０１７-01-01',
    '2026-12-01',
    'now()',
  ].map((day): Refused => [`the day ${day}`, days(day), '400 BAD_USER_INPUT']),
  ...[
    '-1',
    '0',
    '1.5',
    '1e3',
    '221.json?x',
    '../users',
    '%2e%2e',
    '1\r\nX: y',
    '１２３',
    '9'.repeat(4096),
    ' 1',
    '0x10',
    '1;2',
    '',
  ].map(
    (csId): Refused => [
      `the csId ${csId.slice(0, 20)}`,
      ask(CS_ID, { i: csId }),
      '400 BAD_USER_INPUT',
    ],
  ),
  ['a text of 10,000 digits', ask(CS_ID, { i: '9'.repeat(10_000) }), '400 BAD_USER_INPUT'],
  [
    'prices of a page, by a variable',
    ask(
      `query ($n: Int) { ${times(3, at => `a${at}: agent(servicerId: ${201 + at}) ${DEAR.replace('100', '$n')}`)} }`,
      { n: 100 },
    ),
    '400 UPSTREAM_CALL_LIMIT',
  ],
  [
    'a reference without its key',
    ask(REFERENCES, { r: [{ __typename: 'RemoteRecord' }] }),
    '200 BAD_USER_INPUT',
  ],
  [
    'a reference with a wrong key',
    ask(REFERENCES, { r: [{ __typename: 'RemoteRecord', csId: { $ne: 1 } }] }),
    '200 BAD_USER_INPUT',
  ],
]
