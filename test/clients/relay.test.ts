import { readFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import {
  createOperationDescriptor,
  Environment,
  type FetchFunction,
  fetchQuery,
  getSingularSelector,
  Network,
  RecordSource,
  Store,
  type Variables,
} from 'relay-runtime'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseDocumentManifest } from '../../src/server/documents/manifest.ts'
import { type FailingGateway, startFailingGateway } from './gateway.ts'
import { generateRelay } from './generate-relay.ts'
import type { records_list$data } from './generated/relay/records_list.graphql.ts'
import type { recordsBackQuery$data } from './generated/relay/recordsBackQuery.graphql.ts'

await generateRelay()
const { default: listQuery } = await import('./generated/relay/recordsListQuery.graphql.ts')
const { default: forwardQuery } = await import('./generated/relay/recordsForwardQuery.graphql.ts')
const { default: backQuery } = await import('./generated/relay/recordsBackQuery.graphql.ts')
const { default: oneQuery } = await import('./generated/relay/recordsOneQuery.graphql.ts')
const { default: list } = await import('./generated/relay/records_list.graphql.ts')

const MANIFEST = new URL('generated/relay-documents.json', import.meta.url)

let gateway: FailingGateway
beforeAll(async () => {
  const manifest = parseDocumentManifest([readFileSync(MANIFEST, 'utf8')])
  gateway = await startFailingGateway({ documents: { manifest, onlyTrusted: true } })
})
afterAll(() => gateway[Symbol.asyncDispose]())

/** Sends the ids that Relay's compiler gave to the documents, and no text. */
async function post(id: string | null | undefined, variables: Variables) {
  const response = await fetch(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ documentId: id, variables }),
  })
  return response.json()
}

const ask: FetchFunction = ({ id }, variables) => post(id, variables)

interface Failure {
  readonly extensions: { readonly retryable?: boolean }
}

/** Asks again, as long as the gateway says that this may help. */
const askAgain: FetchFunction = async ({ id }, variables) => {
  for (;;) {
    const answer = await post(id, variables)
    const mayHelp = answer.errors?.some(({ extensions }: Failure) => extensions.retryable)
    if (!mayHelp) return answer
    gateway.failSummaryOf(undefined)
    await setTimeout(50)
  }
}

const createEnvironment = (fetchFunction = ask) =>
  new Environment({ network: Network.create(fetchFunction), store: new Store(new RecordSource()) })

/** The id of the newest record, which Relay has from a list. */
async function newestIn(environment: Environment): Promise<string> {
  await fetchQuery(environment, listQuery, { first: 1, after: null }).toPromise()
  const ids = environment.getStore().getSource().getRecordIDs()
  return ids.find(each => !each.startsWith('client:')) ?? ''
}

describe('Relay, whose compiler reads schema.graphql', () => {
  it('pages forward by ids of documents, and merges the pages into one connection', async () => {
    const environment = createEnvironment()
    const csIds = () => {
      const operation = createOperationDescriptor(listQuery, { first: 3, after: null })
      const { data } = environment.lookup(operation.fragment)
      const selector = getSingularSelector(list, data)
      const { remoteRecords } = environment.lookup(selector).data as records_list$data
      return remoteRecords?.edges.map(({ node }) => node.csId)
    }
    await fetchQuery(environment, listQuery, { first: 3, after: null }).toPromise()
    expect(csIds()).toEqual(['2999', '2998', '2997'])
    const records = environment.getStore().getSource()
    const page = records.get('client:root:__records_remoteRecords_connection:pageInfo')
    await fetchQuery(environment, forwardQuery, { first: 3, after: page?.endCursor }).toPromise()
    expect(csIds()).toEqual(['2999', '2998', '2997', '2996', '2995', '2994'])
  })

  it('pages backward too', async () => {
    const environment = createEnvironment()
    const readBack = async (before: string | undefined) => {
      await fetchQuery(environment, backQuery, { last: 2, before }).toPromise()
      const operation = createOperationDescriptor(backQuery, { last: 2 })
      const { remoteRecords } = environment.lookup(operation.fragment).data as recordsBackQuery$data
      return remoteRecords?.edges.map(({ node }) => node.csId)
    }
    expect(await readBack(undefined)).toEqual(['1001', '1000'])
    const records = environment.getStore().getSource()
    const page = records.get('client:root:__recordsBack_remoteRecords_connection:pageInfo')
    expect(await readBack(String(page?.startCursor))).toEqual(['1003', '1002', '1001', '1000'])
  })

  it('finds by `node` a record that came with a list', async () => {
    const environment = createEnvironment()
    const id = await newestIn(environment)
    const data = await fetchQuery(environment, oneQuery, { id }).toPromise()
    expect(data).toMatchObject({
      node: { csId: '2999', serviceSummary: { state: expect.any(String) } },
    })
  })

  it('shows what came, if the rest did not', async () => {
    const environment = createEnvironment()
    const id = await newestIn(environment)
    gateway.failSummaryOf(2999)
    const data = await fetchQuery(environment, oneQuery, { id }).toPromise()
    gateway.failSummaryOf(undefined)
    expect(data).toMatchObject({ node: { csId: '2999', serviceSummary: null } })
  })

  it('asks again for what failed, when the gateway says that this may help', async () => {
    const environment = createEnvironment(askAgain)
    const id = await newestIn(environment)
    gateway.failSummaryOf(2999)
    const data = await fetchQuery(environment, oneQuery, { id }).toPromise()
    expect(data).toMatchObject({ node: { serviceSummary: { state: expect.any(String) } } })
  })
})
