import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTestedGateway, type TestedGateway } from '../gateway.ts'
import {
  answered,
  documentsClient,
  LATEST,
  latestRecord,
  persistedQuery,
  sha256,
} from './documents-client.ts'

let gateway: TestedGateway
const stop = () => gateway[Symbol.asyncDispose]()
const { post, get, expectRefusal } = documentsClient(() => gateway)

describe('a gateway without a manifest', () => {
  beforeAll(async () => {
    gateway = await startTestedGateway()
  })
  beforeEach(() => gateway.emulator.clearCalls())
  afterAll(stop)

  it('tells clients that ids will never do', async () => {
    const message = 'PersistedQueryNotSupported'
    const code = 'PERSISTED_QUERY_NOT_SUPPORTED'
    expectRefusal(await post({ documentId: sha256(LATEST) }), code, message)
    expectRefusal(await get({ documentId: sha256(LATEST) }), code, message)
  })

  it('knows a hash once it has seen the valid text of it', async () => {
    const unknown = 'PERSISTED_QUERY_NOT_FOUND'
    const byHash = (query: string) => ({ extensions: persistedQuery(sha256(query)) })
    const automatic = 'query Automatic { remoteRecords(first: 1) { nodes { csId } } }'
    expectRefusal(await post(byHash(automatic)), unknown, 'PersistedQueryNotFound')
    expect(await post({ query: automatic, ...byHash(automatic) })).toEqual(latestRecord)
    expect(await post(byHash(automatic))).toEqual(latestRecord)
    expect(await get({ extensions: JSON.stringify(byHash(automatic).extensions) })).toEqual(
      latestRecord,
    )
    const invalid = '{ absent }'
    expect((await post({ query: invalid, ...byHash(invalid) })).status).toBe(400)
    gateway.emulator.clearCalls()
    expectRefusal(await post(byHash(invalid)), unknown)
  })

  it.each([
    ['PersistedQueryNotFound', { extensions: persistedQuery(sha256('{ never }')) }],
    ['PersistedQueryNotSupported', { documentId: sha256('{ never }') }],
  ])('says %s with 200 to clients that accept plain JSON', async (message, sent) => {
    const headers = { accept: 'application/json', 'content-type': 'application/json' }
    const body = JSON.stringify(sent)
    const { status, body: answer } = await answered(
      await fetch(gateway.url, { method: 'POST', headers, body }),
    )
    expect([status, answer.errors?.[0]?.message]).toEqual([200, message])
  })
})
