import { createHash } from 'node:crypto'
import { ApolloClient, ApolloLink, CombinedGraphQLErrors, gql, HttpLink } from '@apollo/client'
import { ErrorLink } from '@apollo/client/link/error'
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries'
import { generatePersistedQueryIdsFromManifest } from '@apollo/persisted-query-lists'
import { mergeMap, timer } from 'rxjs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseDocumentManifest } from '../../src/server/documents/manifest.ts'
import { startTestedGateway } from '../server/gateway.ts'
import { createApolloCache } from './apollo-cache.ts'
import { type FailingGateway, operationsOf, startFailingGateway } from './gateway.ts'

let gateway: FailingGateway
beforeAll(async () => {
  gateway = await startFailingGateway()
})
afterAll(() => gateway[Symbol.asyncDispose]())

const createClient = (uri: string, ...links: ApolloLink[]) =>
  new ApolloClient({
    cache: createApolloCache(),
    link: ApolloLink.from([...links, new HttpLink({ uri })]),
  })

const LIST = gql`
  query List($first: Int, $after: String, $last: Int, $before: String) {
    remoteRecords(first: $first, after: $after, last: $last, before: $before) {
      edges {
        node {
          csId
          companyName
        }
      }
      pageInfo {
        startCursor
        endCursor
        hasNextPage
        hasPreviousPage
      }
    }
  }
`

interface List {
  readonly remoteRecords: {
    readonly edges: readonly { readonly node: { readonly csId: string } }[]
    readonly pageInfo: PageInfo
  }
}

interface Filtered {
  readonly remoteRecords: {
    readonly edges: readonly { readonly node: { readonly isResolved: boolean | null } }[]
  }
}

interface PageInfo {
  readonly startCursor: string
  readonly endCursor: string
}

const csIdsIn = (data: List | null | undefined) =>
  data?.remoteRecords.edges.map(({ node }) => node.csId)

describe('Apollo Client', () => {
  /** Asks for a part of the list, then for one more, and gives what the cache made of both. */
  async function readTwoPages(variables: object, moreOf: (page: PageInfo) => object) {
    const client = createClient(gateway.url)
    const list = { query: LIST, variables }
    const { data } = await client.query<List>(list)
    const watched = client.watchQuery<List>(list)
    const subscription = watched.subscribe({})
    if (data) await watched.fetchMore({ variables: moreOf(data.remoteRecords.pageInfo) })
    subscription.unsubscribe()
    return csIdsIn(client.readQuery<List>(list))
  }

  it('pages forward, and merges the pages into one list', async () => {
    const csIds = await readTwoPages({ first: 3 }, ({ endCursor }) => ({ after: endCursor }))
    expect(csIds).toEqual(['2999', '2998', '2997', '2996', '2995', '2994'])
  })

  it('pages backward, and merges the pages into one list', async () => {
    const csIds = await readTwoPages({ last: 2 }, ({ startCursor }) => ({ before: startCursor }))
    expect(csIds).toEqual(['1003', '1002', '1001', '1000'])
  })

  it('does not take a list of which it knows the length alone for an empty one', async () => {
    const client = createClient(gateway.url)
    await client.query({ query: gql`{ remoteRecords { totalCount } }` })
    const { data } = await client.query<List>({ query: LIST, variables: { first: 1 } })
    expect(csIdsIn(data)).toEqual(['2999'])
  })

  it('keeps the lists of two filters apart', async () => {
    const client = createClient(gateway.url)
    const filtered = gql`
      query Filtered($filter: RemoteRecordFilter) {
        remoteRecords(
          first: 3
          createdOn: { from: "2026-11-20", to: "2026-11-23" }
          filter: $filter
        ) {
          edges {
            node {
              csId
              isResolved
            }
          }
        }
      }
    `
    for (const isResolved of [true, false]) {
      const filter = { isResolved }
      const { data } = await client.query<Filtered>({ query: filtered, variables: { filter } })
      const resolved = data?.remoteRecords.edges.map(({ node }) => node.isResolved)
      expect(resolved).toEqual([isResolved, isResolved, isResolved])
    }
  })

  it('looks a record up that came with a list, without asking for it', async () => {
    const client = createClient(gateway.url)
    await client.query({ query: LIST, variables: { first: 3 } })
    const asked = operationsOf(gateway)
    const query = gql`
      {
        remoteRecord(csId: "2998") {
          csId
          companyName
        }
      }
    `
    const { data } = await client.query({ query })
    expect(data).toMatchObject({ remoteRecord: { csId: '2998', companyName: expect.any(String) } })
    expect(operationsOf(gateway)).toBe(asked)
  })

  const SUMMARY = gql`
    query Summary {
      remoteRecord(csId: "2000") {
        csId
        serviceSummary {
          csId
          channel
          state
        }
      }
    }
  `

  it('shows what came, and why the rest did not', async () => {
    gateway.failSummaryOf(2000)
    const client = createClient(gateway.url)
    const { data, error } = await client.query({ query: SUMMARY, errorPolicy: 'all' })
    gateway.failSummaryOf(undefined)
    expect(data).toMatchObject({ remoteRecord: { csId: '2000', serviceSummary: null } })
    expect(CombinedGraphQLErrors.is(error) && error.errors[0]?.extensions).toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
      retryable: true,
    })
  })

  it('asks again for what failed, when the gateway says that this may help', async () => {
    gateway.failSummaryOf(2000)
    const askAgain = new ErrorLink(({ error, operation, forward }) => {
      const errors = CombinedGraphQLErrors.is(error) ? error.errors : []
      const again = errors.find(({ extensions }) => extensions?.retryable === true)
      if (!again) return
      gateway.failSummaryOf(undefined)
      return timer(Number(again.extensions?.retryAfterMs ?? 50)).pipe(
        mergeMap(() => forward(operation)),
      )
    })
    const { data } = await createClient(gateway.url, askAgain).query({ query: SUMMARY })
    expect(data).toMatchObject({ remoteRecord: { serviceSummary: { csId: '2000' } } })
  })

  it('persists its queries by itself: first by hash, then with the text, then by hash alone', async () => {
    const hadText: boolean[] = []
    const seen: typeof fetch = (input, init) => {
      hadText.push('query' in JSON.parse(String(init?.body)))
      return fetch(input, init)
    }
    const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
    const ask = () =>
      new ApolloClient({
        cache: createApolloCache(),
        link: ApolloLink.from([
          new PersistedQueryLink({ sha256 }),
          new HttpLink({ uri: gateway.url, fetch: seen }),
        ]),
      }).query({ query: gql`query Persisted { remoteRecords(first: 1) { nodes { csId } } }` })
    const newest = { remoteRecords: { nodes: [{ csId: '2999' }] } }
    for (const { data } of [await ask(), await ask()]) expect(data).toMatchObject(newest)
    expect(hadText).toEqual([false, true, false])
  })

  it('runs the documents of a manifest by their ids', async () => {
    const body =
      'query Newest {\n  remoteRecords(first: 1) {\n    totalCount\n    __typename\n  }\n}'
    const operations = [{ id: 'newest-1', body, name: 'Newest', type: 'query' as const }]
    const manifest = {
      format: 'apollo-persisted-query-manifest' as const,
      version: 1 as const,
      operations,
    }
    const documents = {
      manifest: parseDocumentManifest([JSON.stringify(manifest)]),
      onlyTrusted: true,
    }
    await using trusting = await startTestedGateway({ documents })
    const link = new PersistedQueryLink(
      generatePersistedQueryIdsFromManifest({ loadManifest: async () => manifest }),
    )
    const client = createClient(trusting.url, link)
    const { data } = await client.query({ query: gql(body) })
    expect(data).toMatchObject({ remoteRecords: { totalCount: 2000 } })
    await expect(client.query({ query: LIST })).rejects.toThrow('not found in manifest')
  })
})
