import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { leastOfThree } from '../../measure.ts'
import { startTestedGateway, type TestedGateway } from '../gateway.ts'

let gateway: TestedGateway
beforeAll(async () => {
  gateway = await startTestedGateway()
})
afterAll(() => gateway[Symbol.asyncDispose]())
afterEach(() => void vi.useRealTimers())

interface Got {
  readonly status: number | undefined
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

/** What comes over the wire. */
async function get(path: string, headers: Record<string, string> = {}, method = 'GET') {
  const sending = request(new URL(path, gateway.origin), { method, headers }).end()
  const [response] = (await once(sending, 'response')) as [IncomingMessage]
  const body = Buffer.concat(await response.toArray())
  return { status: response.statusCode, headers: response.headers, body } satisfies Got
}

const HTML = { accept: 'text/html,*/*;q=0.8' }
const getPage = (headers: Record<string, string> = {}) => get('/graphql', { ...HTML, ...headers })

/** The paths of the script, the style and the workers, as a browser finds them. */
async function assetPaths(): Promise<string[]> {
  const html = (await getPage()).body.toString()
  const found = html.matchAll(/"(\.\/graphql\/[^"]+)"/g)
  return [...found].map(([, path = '']) => new URL(path, gateway.url).pathname)
}
const scriptPath = async () => (await assetPaths()).find(path => /graphiql\..*js$/.test(path)) ?? ''

describe('the page', () => {
  it('is small, and holds no script', async () => {
    const { status, headers, body } = await getPage()
    expect(status).toBe(200)
    expect(headers['content-type']).toBe('text/html; charset=utf-8')
    expect(body.byteLength).toBeLessThan(20_480)
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; script-src 'self'; .*connect-src 'self'; .*frame-ancestors 'none'$/,
    )
    expect(
      body.toString().match(/<script(?! defer src=| type="(?:module" src=|application\/json"))/g),
    ).toBeNull()
  })

  it('is kept by the browser, which asks whether it still holds', async () => {
    const { headers } = await getPage()
    expect(headers['cache-control']).toBe('private, no-cache')
    expect(headers.vary).toBe('Accept, Accept-Encoding')
    const again = await getPage({ 'if-none-match': headers.etag ?? '' })
    expect(again.status).toBe(304)
    expect(again.body.byteLength).toBe(0)
    expect(again.headers).toMatchObject({
      etag: headers.etag,
      vary: 'Accept, Accept-Encoding',
      'cache-control': 'private, no-cache',
    })
    expect(again.headers).not.toHaveProperty('content-length')
  })

  it('is another on another day, as its examples name days', async () => {
    const { headers } = await getPage()
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 24 * 60 * 60 * 1000 })
    const tomorrow = await getPage({ 'if-none-match': headers.etag ?? '' })
    expect(tomorrow.status).toBe(200)
    expect(tomorrow.headers.etag).not.toBe(headers.etag)
  })

  it('has a head of its own', async () => {
    const head = await get('/graphql', HTML, 'HEAD')
    expect(head.status).toBe(200)
    expect(head.body.byteLength).toBe(0)
    expect(head.headers['content-length']).toBe(String((await getPage()).body.byteLength))
  })

  it('is not made for who accepts no encoding', async () => {
    expect((await getPage({ 'accept-encoding': 'identity;q=0' })).status).toBe(406)
  })
})

describe('what the page needs', () => {
  it('is a style, scripts and three workers', async () => {
    const paths = new Set(await assetPaths())
    expect([...paths].map(path => path.replace(/[\w-]{22}/, '…')).toSorted()).toEqual([
      '/graphql/answers.….js',
      '/graphql/cost-line.….js',
      '/graphql/editor-worker.….js',
      '/graphql/editors.….js',
      '/graphql/first-answer.….js',
      '/graphql/graphiql.….css',
      '/graphql/graphiql.….js',
      '/graphql/graphql-worker.….js',
      '/graphql/json-worker.….js',
      '/graphql/page.….js',
      '/graphql/panes.….js',
      '/graphql/search.….js',
      '/graphql/storage.….js',
    ])
  })

  it('is kept for good, by anyone', async () => {
    for (const path of await assetPaths()) {
      const { status, headers, body } = await get(path)
      expect(status, path).toBe(200)
      expect(headers['content-type']).toBe(
        path.endsWith('.css') ? 'text/css; charset=utf-8' : 'text/javascript; charset=utf-8',
      )
      expect(headers['cache-control']).toBe('public, max-age=31536000, immutable')
      expect(headers.vary).toBe('Accept-Encoding')
      expect(headers['content-length']).toBe(String(body.byteLength))
    }
  })

  it('is a fifth as large over the wire', async () => {
    const path = await scriptPath()
    const plain = await get(path)
    const [br, gzip] = await Promise.all([
      get(path, { 'accept-encoding': 'gzip, deflate, br, zstd' }),
      get(path, { 'accept-encoding': 'gzip' }),
    ])
    expect(br.headers['content-encoding']).toBe('br')
    expect(gzip.headers['content-encoding']).toBe('gzip')
    expect(brotliDecompressSync(br.body).equals(plain.body)).toBe(true)
    expect(gunzipSync(gzip.body).equals(plain.body)).toBe(true)
    expect(gzip.body.byteLength).toBeLessThan(plain.body.byteLength / 3)
    expect(br.body.byteLength).toBeLessThan(plain.body.byteLength / 4)
    const tags = [plain, br, gzip].map(({ headers }) => headers.etag)
    expect(new Set(tags).size).toBe(3)
    expect(tags).toEqual([
      expect.stringMatching(/^"[\w-]+"$/),
      expect.any(String),
      expect.any(String),
    ])
  })

  it('is small enough for an answer within three seconds, at 10 Mbit/s', async () => {
    const paths = [...new Set(await assetPaths())].filter(each => /graphiql\.|\/page\./.test(each))
    const sizes = await Promise.all(
      paths.map(async each => (await get(each, { 'accept-encoding': 'br' })).body.byteLength),
    )
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(1_500_000)
  })

  it('has fonts for Latin and for symbols, each once', async () => {
    const path = (await assetPaths()).find(each => each.endsWith('.css')) ?? ''
    const style = (await get(path)).body.toString()
    const fonts = style.match(/(?<=@font-face\s*\{[^}]*font-family:)[\w ]+/g)
    expect(fonts?.toSorted()).toEqual(['Fira Code', 'Roboto', 'Roboto', 'codicon'])
  })

  it('is there at once for the first who comes, if it was prepared', async () => {
    const firstVisit = async (isPrepared: boolean) => {
      await using fresh = await startTestedGateway()
      if (isPrepared) await fresh.prepareGraphiql()
      const paths = [['/graphql', HTML] as const, [await scriptPath(), {}] as const]
      const began = performance.now()
      for (const [path, headers] of paths) {
        const encoded = { ...headers, 'accept-encoding': 'br' }
        const response = await fetch(new URL(path, fresh.origin), { headers: encoded })
        expect(response.status).toBe(200)
        await response.bytes()
      }
      return performance.now() - began
    }
    const unprepared = await firstVisit(false)
    const prepared = await leastOfThree(unprepared / 2, () => firstVisit(true))
    expect(prepared).toBeLessThan(unprepared / 2)
  })

  it.each<[ifNoneMatch: (etag: string) => string, status: number]>([
    [etag => etag, 304],
    [etag => `W/${etag}`, 304],
    [etag => `"other", ${etag}`, 304],
    [() => '*', 304],
    [() => '"other"', 200],
    [etag => etag.slice(1, -1), 200],
  ])('is not sent again: %s', async (ifNoneMatch, status) => {
    const path = await scriptPath()
    const { headers } = await get(path)
    const again = await get(path, { 'if-none-match': ifNoneMatch(headers.etag ?? '') })
    expect(again.status).toBe(status)
  })

  it('can be read only', async () => {
    const { status, headers } = await get(await scriptPath(), {}, 'POST')
    expect([status, headers.allow]).toEqual([405, 'GET, HEAD'])
  })

  it.each([
    ['/graphql/graphiql.js'],
    [`/graphql/graphiql.${'x'.repeat(22)}.js`],
    ['/graphql/../package.json'],
    ['/graphql/page.js'],
    ['/graphql/'],
    [`/graphiql.${'x'.repeat(22)}.js`],
  ])('is not at %s', async path => {
    expect((await get(path, HTML)).status).toBe(404)
  })
})

describe('where only trusted documents run', () => {
  let trusting: TestedGateway
  beforeAll(async () => {
    const manifest = new Map([['type', '{ __typename }']])
    trusting = await startTestedGateway({ documents: { onlyTrusted: true, manifest } })
  })
  afterAll(() => trusting[Symbol.asyncDispose]())

  it.each(['/graphql', '/'])('a browser that opens %s is told why there is no page', async path => {
    const response = await fetch(trusting.origin + path, { headers: HTML })
    expect(response.status).toBe(404)
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(await response.text()).toMatch(/^GraphiQL is off here, because .*DOCUMENTS=trusted/)
  })

  it('there is nothing that the page needs', async () => {
    const { pathname } = new URL(await scriptPath(), trusting.url)
    expect((await fetch(trusting.origin + pathname, { headers: HTML })).status).toBe(404)
  })

  it('a link to a document is answered in a browser too', async () => {
    // As a browser sends it for an address that was typed, or a link in a message.
    const headers = { ...HTML, 'sec-fetch-site': 'none' }
    const response = await fetch(`${trusting.url}?documentId=type`, { headers })
    expect(await response.json()).toEqual({ data: { __typename: 'Query' } })
  })
})

describe('the root of the server', () => {
  it('leads a browser to the page, below whatever prefix a proxy gives it', async () => {
    const { status, headers } = await get('/', HTML)
    expect([status, headers.location]).toEqual([302, 'graphql'])
    const response = await fetch(`${gateway.origin}/`, { headers: HTML })
    expect(response.url).toBe(gateway.url)
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
  })

  it('is nothing to anyone else', async () => {
    expect((await get('/')).status).toBe(404)
    expect((await get('/', HTML, 'POST')).status).toBe(404)
  })
})
