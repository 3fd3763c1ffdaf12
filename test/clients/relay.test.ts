import { readFileSync } from 'node:fs'
import {
  createOperationDescriptor,
  Environment,
  type FetchFunction,
  fetchQuery,
  getSingularSelector,
  Network,
  RecordSource,
  Store,
} from 'relay-runtime'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseDocumentManifest } from '../../src/server/documents/manifest.ts'
import { startTestedGateway, type TestedGateway } from '../server/gateway.ts'
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

let gateway: TestedGateway
beforeAll(async () => {
  const manifest = parseDocumentManifest([readFileSync(MANIFEST, 'utf8')])
  gateway = await startTestedGateway({ documents: { manifest, onlyTrusted: true } })
})
afterAll(() => gateway[Symbol.asyncDispose]())

/** Sends the ids that Relay's compiler gave to the documents, and no text. */
const ask: FetchFunction = async ({ id }, variables) => {
  const response = await fetch(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ documentId: id, variables }),
  })
  return response.json()
}

const createEnvironment = () =>
  new Environment({ network: Network.create(ask), store: new Store(new RecordSource()) })

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
    const page = await fetchQuery(environment, listQuery, { first: 1, after: null }).toPromise()
    expect(page).toBeDefined()
    const ids = environment.getStore().getSource().getRecordIDs()
    const id = ids.find(each => !each.startsWith('client:')) ?? ''
    const data = await fetchQuery(environment, oneQuery, { id }).toPromise()
    expect(data).toMatchObject({
      node: { csId: '2999', serviceSummary: { state: expect.any(String) } },
    })
  })
})
