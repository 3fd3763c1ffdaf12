import { ClientError, GraphQLClient, gql } from 'graphql-request'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FailingGateway, startFailingGateway } from './gateway.ts'

let gateway: FailingGateway
beforeAll(async () => {
  gateway = await startFailingGateway()
})
afterAll(() => gateway[Symbol.asyncDispose]())

const LIST = gql`
  query List($first: Int, $after: String, $last: Int, $before: String) {
    remoteRecords(first: $first, after: $after, last: $last, before: $before) {
      nodes {
        csId
      }
      pageInfo {
        startCursor
        endCursor
      }
    }
  }
`

interface List {
  readonly remoteRecords: {
    readonly nodes: readonly { readonly csId: string }[]
    readonly pageInfo: { readonly startCursor: string; readonly endCursor: string }
  }
}

const SUMMARY = gql`
  {
    remoteRecord(csId: "2000") {
      csId
      serviceSummary {
        state
      }
    }
  }
`

describe('graphql-request', () => {
  const ask = (variables: object) => new GraphQLClient(gateway.url).request<List>(LIST, variables)
  const csIdsIn = ({ remoteRecords }: List) => remoteRecords.nodes.map(({ csId }) => csId)

  it('pages forward and backward', async () => {
    const first = await ask({ first: 2 })
    const second = await ask({ first: 2, after: first.remoteRecords.pageInfo.endCursor })
    const back = await ask({ last: 2, before: second.remoteRecords.pageInfo.startCursor })
    expect(csIdsIn(first)).toEqual(['2999', '2998'])
    expect(csIdsIn(second)).toEqual(['2997', '2996'])
    expect(csIdsIn(back)).toEqual(csIdsIn(first))
  })

  it('shows what came, and why the rest did not', async () => {
    gateway.failSummaryOf(2000)
    const client = new GraphQLClient(gateway.url, { errorPolicy: 'all' })
    const { data, errors } = await client.rawRequest(SUMMARY)
    gateway.failSummaryOf(undefined)
    expect(data).toMatchObject({ remoteRecord: { csId: '2000', serviceSummary: null } })
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', retryable: true })
  })

  it('throws what the gateway says, with its code', async () => {
    const error = await ask({ first: 1000 }).catch((error: unknown) => error)
    expect(error).toBeInstanceOf(ClientError)
    expect((error as ClientError).response.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT')
  })
})
