import { request } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ADMINISTRATOR } from '../../../src/emulator/answers/accounts.ts'
import { JSON_TYPE, startTestedGateway, type TestedGateway } from '../gateway.ts'

const LISTED = 'https://app.example'
const FOREIGN = 'https://evil.example'
const QUERY = '{ remoteRecords(first: 1) { nodes { csId } } }'
const { account, password } = ADMINISTRATOR
/** As a browser sends it that remembers an account. */
const REMEMBERED = `Basic ${Buffer.from(`${account}:${password}`).toString('base64')}`

let gateway: TestedGateway
beforeAll(async () => {
  gateway = await startTestedGateway({ sharedAccount: null, corsOrigins: [LISTED] })
})
beforeEach(() => gateway.emulator.clearCalls())
afterAll(() => gateway[Symbol.asyncDispose]())

type Fields = Record<string, string>

const get = (headers: Fields) =>
  fetch(`${gateway.url}?query=${encodeURIComponent(QUERY)}`, {
    headers: { authorization: REMEMBERED, ...headers },
  })
const post = (headers: Fields) =>
  fetch(gateway.url, {
    method: 'POST',
    headers: { authorization: REMEMBERED, 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query: QUERY }),
  })
const allowHeadersOf = ({ headers }: Response) =>
  [...headers.keys()].filter(name => name.startsWith('access-control-'))

async function expectBlocked(response: Response): Promise<void> {
  expect(response.status).toBe(403)
  expect(await response.json()).toMatchObject({
    errors: [{ extensions: { code: 'CSRF_BLOCKED' } }],
  })
  expect(allowHeadersOf(response)).toEqual([])
  expect(gateway.emulator.callLines()).toEqual([])
}

describe('a GET with an account that a browser remembers', () => {
  it.each<[title: string, headers: Fields]>([
    ['nothing says who sends it', {}],
    ['an image of another site sends it', { 'sec-fetch-site': 'cross-site', accept: '*/*' }],
    ['another host of the same site sends it', { 'sec-fetch-site': 'same-site' }],
    ['a page of another site sends it', { origin: FOREIGN }],
    ['a sandboxed page sends it', { origin: 'null' }],
    ['a page sends it with a header', { origin: FOREIGN, 'graphql-require-preflight': '1' }],
    ['a form sends it', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['it has a type that is simple', { 'content-type': 'text/plain; x=application/json' }],
  ])('is refused if %s', async (_, headers) => {
    await expectBlocked(await get(headers))
  })

  it.each<[title: string, headers: Fields]>([
    ['the page itself sends it', { 'sec-fetch-site': 'same-origin' }],
    ['its address was typed', { 'sec-fetch-site': 'none', accept: 'application/json' }],
    ['a header says that it is no simple one', { 'graphql-require-preflight': '1' }],
    ['Apollo Client sends it', { 'apollo-require-preflight': 'true' }],
    ['its type is not simple', { 'content-type': 'application/json' }],
    ['a listed origin sends it', { origin: LISTED, 'sec-fetch-site': 'cross-site' }],
  ])('is answered if %s', async (_, headers) => {
    expect((await get(headers)).status).toBe(200)
  })
})

describe('a POST', () => {
  it.each<[title: string, headers: Fields]>([
    ['of another site', { origin: FOREIGN, 'sec-fetch-site': 'cross-site' }],
    ['of another site, by an old browser', { origin: FOREIGN }],
    ['of another port', { origin: 'http://127.0.0.1:1' }],
    ['of a listed host by another scheme', { origin: LISTED.replace('https', 'http') }],
    ['of a host that begins like a listed one', { origin: `${LISTED}.evil.example` }],
    ['of a sandboxed page', { origin: 'null' }],
  ])('%s is refused', async (_, headers) => {
    await expectBlocked(await post(headers))
  })

  it('of a page of ours is answered, by old browsers too', async () => {
    const { origin } = gateway
    expect((await post({ origin, 'sec-fetch-site': 'same-origin' })).status).toBe(200)
    expect((await post({ origin })).status).toBe(200)
  })

  it('of no browser is answered', async () => {
    const response = await post({})
    expect(response.status).toBe(200)
    expect(allowHeadersOf(response)).toEqual([])
  })

  it('of a listed origin is answered, and only its pages may read the answer', async () => {
    const response = await post({ origin: LISTED, 'sec-fetch-site': 'cross-site' })
    expect(response.status).toBe(200)
    expect(response.headers.get('access-control-allow-origin')).toBe(LISTED)
    expect(response.headers.get('access-control-allow-credentials')).toBeNull()
    expect(response.headers.get('vary')).toBe('Origin, Accept, Accept-Encoding')
  })

  it('of a listed origin may have its refusal read', async () => {
    const response = await post({ origin: LISTED, authorization: 'Basic !!!' })
    expect(response.status).toBe(401)
    expect(response.headers.get('access-control-allow-origin')).toBe(LISTED)
  })
})

describe('a preflight', () => {
  const preflight = (origin: string) =>
    fetch(gateway.url, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    })

  it('of a listed origin is answered', async () => {
    const response = await preflight(LISTED)
    expect([response.status, await response.text()]).toEqual([204, ''])
    expect(response.headers.get('access-control-allow-origin')).toBe(LISTED)
    expect(response.headers.get('access-control-allow-methods')).toBe('GET, POST')
    expect(response.headers.get('access-control-allow-headers')).toMatch(
      /Authorization, Content-Type/,
    )
    expect(response.headers.get('vary')).toBe('Origin')
  })

  it.each([FOREIGN, 'null', `${LISTED}:444`])('of %s is not', async origin => {
    const response = await preflight(origin)
    expect(response.status).toBe(405)
    expect(allowHeadersOf(response)).toEqual([])
  })
})

describe('the name by which a gateway of this machine is asked', () => {
  const statusFor = (url: string, host: string, headers: Fields = {}, path = '/graphql') => {
    const { promise, resolve, reject } = Promise.withResolvers<number | undefined>()
    const options = { method: 'POST', path, headers: { Host: host, ...JSON_TYPE, ...headers } }
    const sending = request(url, options, ({ statusCode }) => resolve(statusCode))
    sending.on('error', reject).end(JSON.stringify({ query: QUERY }))
    return promise
  }

  it('is one of this machine, if everyone may ask: no other that was made to lead here', async () => {
    await using open = await startTestedGateway({ corsOrigins: [LISTED] })
    const { port } = new URL(open.url)
    for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, '[::1]', 'LOCALHOST'])
      expect([host, await statusFor(open.url, host)]).toEqual([host, 200])
    expect(await statusFor(open.url, 'app.example')).toBe(200)
    open.emulator.clearCalls()
    for (const host of ['evil.example', `evil.example:${port}`, 'localhost.evil.example']) {
      const ofItsPage = { origin: `http://${host}`, 'sec-fetch-site': 'same-origin' }
      expect([host, await statusFor(open.url, host, ofItsPage)]).toEqual([host, 403])
      expect([host, await statusFor(open.url, host)]).toEqual([host, 403])
    }
    // A target of absolute form has the name, whatever `Host` says.
    const ofAnother = `http://evil.example:${port}/graphql`
    expect(await statusFor(open.url, 'localhost', {}, ofAnother)).toBe(403)
    expect(await statusFor(open.url, 'evil.example', {}, open.url)).toBe(200)
    expect(open.emulator.callLines()).toHaveLength(1)
  })

  it('is any, if callers bring what no browser gives to another name', async () => {
    const headers = { authorization: REMEMBERED }
    for (const host of ['graph.example', '[', 'a b', 'evil.example:99999'])
      expect([host, await statusFor(gateway.url, host, headers)]).toEqual([host, 200])
  })
})

describe('if no origin is listed', () => {
  it('an answer does not depend on it', async () => {
    await using closed = await startTestedGateway()
    const { headers } = await closed.ask('{ __typename }')
    expect(headers.get('vary')).toBe('Accept, Accept-Encoding')
  })

  it('a token may come by GET: no browser remembers one', async () => {
    await using closed = await startTestedGateway()
    const response = await fetch(`${closed.url}?query={__typename}`, {
      headers: { authorization: 'Bearer a.b.c' },
    })
    expect(response.status).toBe(200)
  })
})
