import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { JSON_TYPE, startTestedGateway, type TestedGateway } from '../gateway.ts'

let gateway: TestedGateway
beforeAll(async () => {
  gateway = await startTestedGateway()
})
afterAll(() => gateway[Symbol.asyncDispose]())

const RECORDS = '{ remoteRecords(first: 100) { nodes { csId description } } }'
const TINY = '{ __typename }'

/** The answer as it comes over the wire. */
async function ask(query: string, acceptEncoding: string | undefined) {
  const sending = request(gateway.url, {
    method: 'POST',
    headers: {
      ...JSON_TYPE,
      ...(acceptEncoding !== undefined && { 'accept-encoding': acceptEncoding }),
    },
  })
  sending.end(JSON.stringify({ query }))
  const [response] = (await once(sending, 'response')) as [IncomingMessage]
  const body = Buffer.concat(await response.toArray())
  return { status: response.statusCode, headers: response.headers, body }
}

const DECODERS: Record<string, (body: Buffer) => Buffer> = {
  br: brotliDecompressSync,
  gzip: gunzipSync,
}

describe('the answer with 100 records', () => {
  it.each<[acceptEncoding: string | undefined, encoding: string | undefined]>([
    [undefined, undefined],
    ['', undefined],
    ['identity', undefined],
    ['deflate', undefined],
    ['zstd', undefined],
    ['gzip', 'gzip'],
    ['GZIP', 'gzip'],
    ['br', 'br'],
    ['gzip, deflate, br, zstd', 'br'],
    ['*', 'br'],
    ['br;q=0.5, gzip', 'gzip'],
    ['br;q=0, *', 'gzip'],
    ['gzip;q=0.5, identity', undefined],
    ['gzip;q=0', undefined],
    ['identity;q=0, gzip', 'gzip'],
    ['*;q=0, gzip;q=0.001', 'gzip'],
    ['br;q=nonsense, gzip', 'gzip'],
  ])('to who accepts %j is encoded in %s', async (acceptEncoding, encoding) => {
    const plain = (await ask(RECORDS, undefined)).body
    const { status, headers, body } = await ask(RECORDS, acceptEncoding)
    expect(status).toBe(200)
    expect(headers['content-encoding']).toBe(encoding)
    expect(headers.vary).toBe('Accept, Accept-Encoding')
    expect(headers['content-length']).toBe(String(body.byteLength))
    expect(encoding ? DECODERS[encoding]?.(body) : body).toEqual(plain)
    if (encoding) expect(body.byteLength).toBeLessThan(plain.byteLength / 3)
  })

  it.each([['identity;q=0'], ['identity;q=0, deflate'], ['*;q=0']])(
    'is not made for who accepts %j',
    async acceptEncoding => {
      gateway.emulator.clearCalls()
      const { status, body } = await ask(RECORDS, acceptEncoding)
      expect(status).toBe(406)
      expect(JSON.parse(body.toString()).errors[0]).toMatchObject({
        message: 'Expected Accept-Encoding to allow br, gzip or identity, got none of them.',
        extensions: { code: 'NOT_ACCEPTABLE' },
      })
      expect(gateway.emulator.callLines()).toEqual([])
    },
  )

  it('has no ETag, as nobody may keep it', async () => {
    const { headers } = await ask(RECORDS, 'br')
    expect(headers['cache-control']).toBe('no-store')
    expect(headers).not.toHaveProperty('etag')
    expect(headers).not.toHaveProperty('last-modified')
  })
})

describe('a small answer', () => {
  it('stays as it is', async () => {
    const { headers, body } = await ask(TINY, 'gzip, br')
    expect(headers).not.toHaveProperty('content-encoding')
    expect(headers.vary).toBe('Accept, Accept-Encoding')
    expect(JSON.parse(body.toString())).toEqual({ data: { __typename: 'Query' } })
  })

  it('is encoded where it must be', async () => {
    const { headers, body } = await ask(TINY, 'identity;q=0, gzip')
    expect(headers['content-encoding']).toBe('gzip')
    expect(JSON.parse(gunzipSync(body).toString())).toEqual({ data: { __typename: 'Query' } })
  })
})
