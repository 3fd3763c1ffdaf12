import { Client, type Exchange, fetchExchange, gql } from '@urql/core'
import { persistedExchange } from '@urql/exchange-persisted'
import { retryExchange } from '@urql/exchange-retry'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type FailingGateway, operationsOf, startFailingGateway } from './gateway.ts'
import { createUrqlCache } from './urql-cache.ts'

let gateway: FailingGateway
beforeAll(async () => {
  gateway = await startFailingGateway()
})
afterAll(() => gateway[Symbol.asyncDispose]())

const createClient = (exchanges: Exchange[] = [], fetchWith: typeof fetch = fetch) =>
  new Client({
    url: gateway.url,
    exchanges: [createUrqlCache(), ...exchanges, fetchExchange],
    preferGetMethod: false,
    fetch: fetchWith,
  })

const LIST = gql`
  query List($first: Int, $after: String, $last: Int, $before: String) {
    remoteRecords(first: $first, after: $after, last: $last, before: $before) {
      edges {
        cursor
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
    readonly pageInfo: { readonly startCursor: string; readonly endCursor: string }
  }
}

interface ResolvedEdge {
  readonly node: { readonly isResolved: boolean | null }
}

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

describe('urql with Graphcache', () => {
  const ask = async (client: Client, variables: object): Promise<List> => {
    const { data, error } = await client.query<List>(LIST, variables)
    if (!data) throw error ?? new Error('neither data nor an error')
    return data
  }
  const csIdsIn = ({ remoteRecords }: List) => remoteRecords.edges.map(({ node }) => node.csId)

  it('pages forward, and merges the pages into one list', async () => {
    const client = createClient()
    const { remoteRecords } = await ask(client, { first: 3 })
    const merged = await ask(client, { first: 3, after: remoteRecords.pageInfo.endCursor })
    expect(csIdsIn(merged)).toEqual(['2999', '2998', '2997', '2996', '2995', '2994'])
  })

  it('pages backward, and merges the pages into one list', async () => {
    const client = createClient()
    const { remoteRecords } = await ask(client, { last: 2 })
    const merged = await ask(client, { last: 2, before: remoteRecords.pageInfo.startCursor })
    expect(csIdsIn(merged)).toEqual(['1003', '1002', '1001', '1000'])
  })

  it('keeps the lists of two filters apart, and takes figures for parts of what has them', async () => {
    const warnings = vi.spyOn(console, 'warn')
    const client = createClient()
    const days = 'createdOn: { from: "2026-11-20", to: "2026-11-23" }'
    const list = '{ edges { node { csId isResolved } } scan { recordsRead } }'
    await client.query(`{ remoteRecords(first: 3, ${days}) ${list} }`, {})
    const { data, error } = await client.query(
      `{
        remoteRecords(first: 3, ${days}, filter: { isResolved: false }) ${list}
        remoteRecordStatistics(${days}) { count byRating { rating count duration { sum } } }
      }`,
      {},
    )
    expect(error).toBeUndefined()
    const resolved = data.remoteRecords.edges.map((edge: ResolvedEdge) => edge.node.isResolved)
    expect(resolved).toEqual([false, false, false])
    expect(data.remoteRecordStatistics.count).toBeGreaterThan(0)
    expect(warnings).not.toHaveBeenCalled()
    warnings.mockRestore()
  })

  it('looks a record up that came with a list, without asking for it', async () => {
    const client = createClient()
    await ask(client, { first: 3 })
    const asked = operationsOf(gateway)
    const { data } = await client.query(
      gql`{ remoteRecord(csId: "2998") { csId companyName } }`,
      {},
    )
    expect(data).toMatchObject({ remoteRecord: { csId: '2998', companyName: expect.any(String) } })
    expect(operationsOf(gateway)).toBe(asked)
  })

  it('shows what came, and why the rest did not', async () => {
    gateway.failSummaryOf(2000)
    const { data, error } = await createClient().query(SUMMARY, {})
    gateway.failSummaryOf(undefined)
    expect(data).toMatchObject({ remoteRecord: { csId: '2000', serviceSummary: null } })
    expect(error?.graphQLErrors[0]?.extensions).toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
      retryable: true,
    })
  })

  it('asks again for what failed, when the gateway says that this may help', async () => {
    gateway.failSummaryOf(2000)
    const askAgain = retryExchange({
      initialDelayMs: 50,
      retryIf(error) {
        gateway.failSummaryOf(undefined)
        return error.graphQLErrors.some(({ extensions }) => extensions.retryable === true)
      },
    })
    const { data, error } = await createClient([askAgain]).query(SUMMARY, {})
    expect(error).toBeUndefined()
    expect(data).toMatchObject({ remoteRecord: { serviceSummary: { csId: '2000' } } })
  })

  it('persists its queries by itself: first by hash, then with the text, then by hash alone', async () => {
    const hadText: boolean[] = []
    const seen: typeof fetch = (input, init) => {
      hadText.push('query' in JSON.parse(String(init?.body)))
      return fetch(input, init)
    }
    const persisted = gql`query Persisted { remoteRecords(first: 1) { totalCount } }`
    const askOnce = () =>
      createClient([persistedExchange({ preferGetForPersistedQueries: false })], seen)
        .query(persisted, {})
        .toPromise()
    for (const { data } of [await askOnce(), await askOnce()])
      expect(data).toMatchObject({ remoteRecords: { totalCount: 2000 } })
    expect(hadText).toEqual([false, true, false])
  })
})
