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

const parsed = (manifest: unknown) => parseDocumentManifest(JSON.stringify(manifest))

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

  const SHAPE =
    'expected JSON as client generators print it: {"ID": "TEXT"} with at least one document, or the format apollo-persisted-query-manifest in version 1'

  it.each([
    [''],
    ['{ not JSON'],
    ['null'],
    ['[]'],
    ['{}'],
    ['{"":"{ hello }"}'],
    ['{"a":1}'],
    ['{"a":{"body":"{ hello }"}}'],
    ['{"format":"apollo-persisted-query-manifest","version":1,"operations":[]}'],
    ['{"format":"apollo-persisted-query-manifest","version":1,"operations":[{"id":"a"}]}'],
    [
      '{"format":"apollo-persisted-query-manifest","version":2,"operations":[{"id":"a","body":""}]}',
    ],
    ['{"format":"another","version":1,"operations":[{"id":"a","body":"{ hello }"}]}'],
  ])('cannot be %s', text => {
    expect(problemsOf(() => parseDocumentManifest(text))).toEqual([SHAPE])
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
  it('are all told that are none, by id and place, and never by their text', () => {
    const manifest = new Map([
      ['right', '{ hello(name: "secret") }'],
      ['unfinished', '{ hello(name: "secret")'],
      ['unknown', 'query {\n  secret\n}'],
      ['mutation', 'mutation { secret }'],
      ['nothing to run', 'fragment Secret on Query { hello(name: "secret") }'],
      ['no argument\n', '{ hello }'],
      ['x'.repeat(200), ''],
    ])
    const problems = problemsOf(() => parseTrustedDocuments(schema, manifest))
    const said = (id: string, place: string) =>
      `expected documents of this graph; "${id}" is none, from ${place}`
    expect(problems).toEqual([
      said('unfinished', 'line 1, column 24'),
      said('unknown', 'line 2, column 3'),
      said('mutation', 'line 1, column 1'),
      said('nothing to run', 'line 1, column 1'),
      said('no argument\\n', 'line 1, column 3'),
      said(`${'x'.repeat(100)}…`, 'line 1, column 1'),
    ])
    expect(problems.join()).not.toContain('secret')
  })
})
