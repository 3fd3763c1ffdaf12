import { buildSchema } from 'graphql'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ADMINISTRATOR } from '../../../src/emulator/answers/accounts.ts'
import { GRAPHQL_RESPONSE, startTestedGateway, type TestedGateway } from '../gateway.ts'
import {
  documentsClient,
  LATEST,
  latestRecord,
  persistedQuery,
  sha256,
} from './documents-client.ts'

const SUMMARIES =
  'query Summaries($first: Int) { remoteRecords(first: $first) { nodes { serviceSummary { state } } } }'
const OTHER = '{ remoteRecords(first: 1) { totalCount } }'

const manifest = new Map([
  [sha256(LATEST), LATEST],
  ['weekly-summaries', SUMMARIES],
])

let gateway: TestedGateway
const start = (onlyTrusted: boolean) => async () => {
  gateway = await startTestedGateway({ documents: { manifest, onlyTrusted }, maxUpstreamCalls: 50 })
}
const stop = () => gateway[Symbol.asyncDispose]()

const { post, get, expectRefusal } = documentsClient(() => gateway)

const runsDocumentsByTheirIds = () => {
  const variables = { first: 1 }

  it.each([
    ['documentId', { documentId: sha256(LATEST) }],
    ['documentId with the name of the hash', { documentId: `sha256:${sha256(LATEST)}` }],
    ['persistedQuery', { extensions: persistedQuery(sha256(LATEST)) }],
    ['documentId beside a query that is null', { documentId: sha256(LATEST), query: null }],
    ['documentId and its operationName', { documentId: sha256(LATEST), operationName: 'Latest' }],
  ])('in a body: %s', async (_, sent) => {
    expect(await post({ ...sent, variables })).toEqual(latestRecord)
  })

  it.each<[string, Record<string, string>]>([
    ['documentId', { documentId: sha256(LATEST) }],
    ['persistedQuery', { extensions: JSON.stringify(persistedQuery(sha256(LATEST))) }],
  ])('in a URL: %s', async (_, sent) => {
    expect(await get({ ...sent, variables: JSON.stringify(variables) })).toEqual(latestRecord)
  })

  it('whatever the manifest calls them, and by the hash of their text', async () => {
    for (const documentId of ['weekly-summaries', sha256(SUMMARIES)]) {
      const { status, body } = await post({ documentId, variables: { first: 2 } })
      expect(status).toBe(200)
      expect(body.data?.remoteRecords).toMatchObject({
        nodes: [{ serviceSummary: expect.anything() }, { serviceSummary: expect.anything() }],
      })
    }
  })

  it('with the checks and limits of any operation', async () => {
    const documentId = 'weekly-summaries'
    expectRefusal(await post({ documentId, variables: { first: 101 } }), 'BAD_USER_INPUT')
    expectRefusal(await post({ documentId, variables: { first: 'x' } }), 'BAD_USER_INPUT')
    expectRefusal(await post({ documentId, operationName: 'Other' }), 'BAD_USER_INPUT')
    expectRefusal(await post({ documentId, variables: { first: 100 } }), 'UPSTREAM_CALL_LIMIT')
  })

  it.each([
    ['unknown'],
    [''],
    [sha256(OTHER)],
    [sha256(LATEST).toUpperCase()],
    [`sha1:${sha256(LATEST)}`],
    ['__proto__'],
    ['constructor'],
    ['toString'],
    ['x'.repeat(10_000)],
  ])('and no other: %j', async documentId => {
    const message = 'PersistedQueryNotFound'
    const code = 'PERSISTED_QUERY_NOT_FOUND'
    expectRefusal(await post({ documentId }), code, message)
    expectRefusal(await post({ extensions: persistedQuery(documentId) }), code, message)
    expectRefusal(await get({ documentId }), code, message)
  })

  it.each<[sent: object, message: string]>([
    [{ documentId: 7 }, 'Expected documentId to be a string, got number.'],
    [{ documentId: ['a'] }, 'Expected documentId to be a string, got a list.'],
    [
      { extensions: persistedQuery({ toString: 1 }) },
      'Expected sha256Hash to be a string, got object.',
    ],
    [
      { extensions: { persistedQuery: 'a' } },
      'Expected persistedQuery to be an object, got string.',
    ],
    [
      { extensions: persistedQuery(sha256(LATEST), 2) },
      'Expected persistedQuery.version to be 1, got another.',
    ],
    [
      { extensions: persistedQuery(sha256(LATEST), '1') },
      'Expected persistedQuery.version to be 1, got another.',
    ],
  ])('unless they are no ids: %j', async (sent, message) => {
    expectRefusal(await post(sent), 'BAD_REQUEST', message)
  })

  it('and logs their names', async () => {
    await post({ documentId: sha256(LATEST), variables })
    expect(gateway.logged.at(-1)).toMatchObject({ operationName: 'Latest', outcome: 'ok' })
    await post({ documentId: 'nonsense' })
    expect(gateway.logged.at(-1)).toMatchObject({
      outcome: 'refused',
      errorCodes: ['PERSISTED_QUERY_NOT_FOUND'],
      upstreamCalls: 0,
    })
    expect(gateway.loggedText()).not.toContain('nonsense')
  })
}

describe('a gateway for trusted documents only', () => {
  beforeAll(start(true))
  beforeEach(() => gateway.emulator.clearCalls())
  afterAll(stop)

  describe('runs documents by their ids', runsDocumentsByTheirIds)

  it.each([
    ['another text', { query: OTHER }],
    ['the text of a trusted document', { query: LATEST }],
    ['another text beside its own hash', { query: OTHER, documentId: sha256(OTHER) }],
    ['another text beside the id of a trusted one', { query: OTHER, documentId: sha256(LATEST) }],
    ['a text that is empty', { query: '' }],
    ['introspection', { query: '{ __schema { types { name } } }' }],
    ['the text of the subgraph', { query: '{ _service { sdl } }' }],
    ['nothing at all', {}],
  ])('refuses %s', async (_, sent) => {
    const message = 'Expected the id of a trusted document: nothing else runs here.'
    expectRefusal(await post(sent), 'PERSISTED_QUERY_ID_REQUIRED', message)
  })

  it.each([
    ['id', { query: LATEST, documentId: sha256(LATEST) }],
    ['hash', { query: LATEST, extensions: persistedQuery(sha256(LATEST)) }],
  ])('takes the text of a trusted document beside its own %s', async (_, sent) => {
    expect(await post({ ...sent, variables: { first: 1 } })).toEqual(latestRecord)
  })

  it('refuses a text by GET, whatever it is', async () => {
    for (const query of [OTHER, 'mutation { x }'])
      expectRefusal(await get({ query }), 'PERSISTED_QUERY_ID_REQUIRED')
  })

  it('has no GraphiQL, and says so to a browser', async () => {
    const headers = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }
    const response = await fetch(gateway.url, { headers })
    expect(response.status).toBe(404)
    expect(await response.text()).toContain('DOCUMENTS=trusted')
  })
})

describe('a gateway for any document', () => {
  beforeAll(start(false))
  beforeEach(() => gateway.emulator.clearCalls())
  afterAll(stop)

  describe('runs those of a manifest by their ids', runsDocumentsByTheirIds)

  it('runs texts too', async () => {
    expect((await post({ query: OTHER })).status).toBe(200)
    expect((await get({ query: OTHER })).status).toBe(200)
  })

  it('runs a text beside its own id or hash, as clients send both where a hash was unknown', async () => {
    for (const sent of [
      { query: OTHER, extensions: persistedQuery(sha256(OTHER)) },
      { query: OTHER, documentId: `sha256:${sha256(OTHER)}` },
      { query: SUMMARIES, documentId: 'weekly-summaries', variables: { first: 1 } },
    ])
      expect((await post(sent)).status).toBe(200)
  })

  it('refuses a text beside the id of another', async () => {
    const message = 'Expected the id beside query to be of that text, got another.'
    for (const sent of [
      { query: OTHER, documentId: sha256(LATEST) },
      { query: OTHER, extensions: persistedQuery('weekly-summaries') },
      { query: '', documentId: '' },
    ])
      expectRefusal(await post(sent), 'BAD_REQUEST', message)
  })
})

describe('trusted documents', () => {
  it('are asked for by callers who are known', async () => {
    const documents = { manifest, onlyTrusted: true }
    await using closed = await startTestedGateway({ sharedAccount: null, documents })
    const { account, password } = ADMINISTRATOR
    const authorization = `Basic ${Buffer.from(`${account}:${password}`).toString('base64')}`
    const search = new URLSearchParams({ documentId: sha256(LATEST), variables: '{"first":1}' })
    const ask = (headers: Record<string, string>) =>
      fetch(`${closed.url}?${search}`, { headers: { 'x-requested-with': 'fetch', ...headers } })
    expect((await ask({})).status).toBe(401)
    expect(await (await ask({ authorization })).json()).toEqual(latestRecord.body)
  })

  it('may be mutations, if the graph has any, but not by GET', async () => {
    const schema = buildSchema('type Query { a: Int } type Mutation { b: Int }')
    const documents = { manifest: new Map([['b', 'mutation { b }']]), onlyTrusted: true }
    await using changing = await startTestedGateway({ schema, documents })
    const response = await fetch(`${changing.url}?documentId=b`, { headers: GRAPHQL_RESPONSE })
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST'])
    expect(await response.json()).toMatchObject({
      errors: [{ extensions: { code: 'METHOD_NOT_ALLOWED' } }],
    })
  })
})
