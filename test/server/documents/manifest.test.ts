import { buildSchema } from 'graphql'
import { describe, expect, it } from 'vitest'
import {
  DocumentManifestError,
  parseDocumentManifest,
  parseTrustedDocuments,
} from '../../../src/server/documents/manifest.ts'

const schema = buildSchema('type Query { hello(name: String!): String }')

function problemsOf(check: () => unknown): readonly string[] {
  try {
    check()
  } catch (error) {
    if (error instanceof DocumentManifestError) return error.problems
    throw error
  }
  return []
}

const parsed = (...manifests: readonly unknown[]) =>
  parseDocumentManifest(manifests.map(manifest => JSON.stringify(manifest)))

describe('a manifest', () => {
  const texts: [id: string, text: string][] = [
    ['e5f1', 'query A { hello(name: "a") }'],
    ['b:2', 'query B { hello(name: "b") }'],
  ]

  it('may be an object of ids and texts, as Relay and GraphQL Code Generator print', () => {
    expect([...parsed(Object.fromEntries(texts))]).toEqual(texts)
  })

  it('may be the list of operations that Apollo’s generators print', () => {
    const operations = texts.map(([id, body]) => ({ id, name: 'A', type: 'query', body }))
    const format = 'apollo-persisted-query-manifest'
    expect([...parsed({ format, version: 1, operations })]).toEqual(texts)
  })

  it('may be several files, of either format, with the same document in two of them', () => {
    const format = 'apollo-persisted-query-manifest'
    const operations = [{ id: 'c', body: '{ c }', name: 'C', type: 'query', clientName: 'web' }]
    const [first] = texts
    const files = [Object.fromEntries(texts), { format, version: 1, operations }]
    expect([...parsed(...files, Object.fromEntries(first ? [first] : []))]).toEqual([
      ...texts,
      ['c', '{ c }'],
    ])
  })

  const SHAPE =
    'expected JSON as client generators print it: {"ID": "TEXT"} with at least one document, or the format apollo-persisted-query-manifest in version 1'
  const APOLLO = '"format":"apollo-persisted-query-manifest"'
  const ONE = '"operations":[{"id":"a","body":"{ hello }"}]'

  it.each([
    ['', 'Unexpected end of JSON input'],
    ['{ not JSON', 'JSON at position 2 (line 1 column 3)'],
    ['null', ''],
    ['[]', ''],
    ['{}', 'expected at least one document'],
    ['{"":"{ hello }"}', 'at ""'],
    ['{"a":1}', 'expected string, received number at "a"'],
    ['{"a":{"body":"{ hello }"}}', 'expected string, received object at "a"'],
    [`{${APOLLO},"version":1,"operations":[]}`, 'at "operations"'],
    [`{${APOLLO},"version":1,"operations":[{"id":"a"}]}`, 'at "operations.0.body"'],
    [`{${APOLLO},"version":2,${ONE}}`, 'expected 1 at "version"'],
    [`{"format":"another","version":1,${ONE}}`, 'at "format"'],
    [`{${APOLLO},"version":1,${ONE},"e5f1":"{ hello }"}`, 'Unrecognized key: "e5f1"'],
    [`{"e5f1":"{ hello }",${ONE}}`, 'Unrecognized key: "e5f1"'],
    [
      `{${APOLLO},"version":1,"operations":[{"id":"a","body":"","text":""}]}`,
      'Unrecognized key: "text" at "operations.0"',
    ],
  ])('cannot be %s, and the reason is given: %s', (text, reason) => {
    const [problem, ...others] = problemsOf(() => parseDocumentManifest([text]))
    expect(others).toEqual([])
    expect(problem?.startsWith(SHAPE)).toBe(true)
    expect(problem?.slice(SHAPE.length)).toContain(reason)
  })

  it('names each of several files that cannot be read, by its place', () => {
    expect(problemsOf(() => parseDocumentManifest(['{"a":"{ a }"}', '{', '[]']))).toEqual([
      `file 2: ${SHAPE}; SyntaxError: Expected property name or '}' in JSON at position 1 (line 1 column 2)`,
      `file 3: ${SHAPE}`,
    ])
  })

  it('cannot give one id to two texts, not even in two files', () => {
    expect(problemsOf(() => parsed({ a: '{ a }' }, { a: '{ b }' }))).toEqual([
      'expected one text for each id, got two for "a"',
    ])
  })

  it('cannot give one id to two texts', () => {
    const operations = [
      { id: 'a', body: '{ a }' },
      { id: 'b', body: '{ b }' },
      { id: 'a', body: '{ c }' },
    ]
    const manifest = { format: 'apollo-persisted-query-manifest', version: 1, operations }
    expect(problemsOf(() => parsed(manifest))).toEqual([
      'expected one text for each id, got two for "a"',
    ])
  })
})

describe('documents of a graph', () => {
  it('are all named that are none, by id, place and reason', () => {
    const manifest = new Map([
      ['right', '{ hello(name: "a") }'],
      ['unfinished', '{ hello(name: "a")'],
      ['unknown', 'query {\n  absent\n}'],
      ['mutation', 'mutation { hello }'],
      ['nothing to run', 'fragment A on Query { hello(name: "a") }'],
      ['no argument\n', '{ hello }'],
      ['x'.repeat(200), ''],
      ['long', `{ ${'x'.repeat(2000)} }`],
    ])
    const said = (id: string, place: string, reason: string) =>
      `expected documents of this graph; "${id}" is none, from ${place}: ${reason}`
    expect(problemsOf(() => parseTrustedDocuments(schema, manifest))).toEqual([
      said('unfinished', 'line 1, column 19', 'Syntax Error: Expected Name, found <EOF>.'),
      said('unknown', 'line 2, column 3', 'Cannot query field "absent" on type "Query".'),
      said('mutation', 'line 1, column 1', 'This graph has no mutation.'),
      said('nothing to run', 'line 1, column 1', 'Fragment "A" is never used.'),
      said(
        'no argument\\n',
        'line 1, column 3',
        'Field "hello" argument "name" of type "String!" is required, but it was not provided.',
      ),
      said(`${'x'.repeat(100)}…`, 'line 1, column 1', 'Syntax Error: Unexpected <EOF>.'),
      said('long', 'line 1, column 3', `Cannot query field "${'x'.repeat(380)}…`),
    ])
  })
})
