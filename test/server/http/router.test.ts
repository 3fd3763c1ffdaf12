import { once } from 'node:events'
import { get } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { GRAPHQL_RESPONSE, JSON_TYPE, startTestedGateway, type TestedGateway } from '../gateway.ts'

let gateway: TestedGateway
beforeAll(async () => {
  gateway = await startTestedGateway()
})
beforeEach(() => gateway.emulator.clearCalls())
afterAll(() => gateway[Symbol.asyncDispose]())

const LATEST = JSON.stringify({ query: '{ remoteRecords(first: 1) { nodes { csId } } }' })

const send = (path: string, init: RequestInit = {}) => fetch(gateway.origin + path, init)
const post = (body: BodyInit, headers: Record<string, string> = {}) =>
  send('/graphql', { method: 'POST', headers: { ...GRAPHQL_RESPONSE, ...headers }, body })
const codeIn = async (response: Response) =>
  (await response.json()).errors[0].extensions.code as unknown

/** Sends a target as it is. */
async function rawGet(path: string): Promise<[status: number | undefined, body: string]> {
  const { hostname, port } = new URL(gateway.url)
  const headers = { 'graphql-require-preflight': '1' }
  const [response] = await once(get({ hostname, port, path, headers }), 'response')
  return [response.statusCode, await text(response)]
}

describe('every answer', () => {
  it.each([['/graphql'], ['/health/live'], ['/nowhere']])('of %s has the headers', async path => {
    const { headers } = await send(path)
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('access-control-allow-origin')).toBeNull()
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
    expect(headers.get('x-powered-by')).toBeNull()
  })

  it('has the request id and the trace of its caller, if these are well-formed', async () => {
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'
    const requestId = 'order-service:42.a_b'
    const sent = { ...JSON_TYPE, 'x-request-id': requestId, traceparent }
    const { headers } = await post(LATEST, sent)
    expect(headers.get('x-request-id')).toBe(requestId)
    expect(headers.get('traceparent')).toBe(traceparent)
    const line = () => gateway.logged.find(each => each.requestId === requestId)
    await expect.poll(line).toMatchObject({ traceId: traceparent.slice(3, 35) })
  })

  it.each([
    ['x-request-id', 'two words'],
    ['x-request-id', '"quoted"'],
    ['x-request-id', 'x'.repeat(129)],
    ['x-request-id', '-leading'],
    ['traceparent', '00-00000000000000000000000000000000-00f067aa0ba902b7-01'],
    ['traceparent', '00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01'],
    ['traceparent', '01-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01'],
    ['traceparent', 'nonsense'],
  ])('does not repeat a %s that is none: %s', async (name, value) => {
    const { headers } = await send('/health/live', { headers: { [name]: value } })
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    expect(headers.get('traceparent')).toBeNull()
  })

  it('that refuses leaves a line, without the path', async () => {
    const { headers } = await send('/secret/13800138000')
    const requestId = headers.get('x-request-id')
    expect(gateway.logged.find(each => each.requestId === requestId)).toEqual({
      level: 'info',
      time: expect.any(String),
      event: 'request-refused',
      requestId,
      status: 404,
      errorCodes: ['NOT_FOUND'],
    })
    expect(gateway.loggedText()).not.toContain('secret')
  })

  it('has a request id of its own', async () => {
    const ids = await Promise.all(
      [1, 2, 3].map(async () => (await send('/graphql')).headers.get('x-request-id')),
    )
    expect(new Set(ids).size).toBe(3)
  })
})

describe('a path', () => {
  it.each([
    ['/'],
    ['/graphql/'],
    ['/graphqlx'],
    ['/x/graphql'],
    ['/GRAPHQL'],
    ['/health'],
    ['/health/'],
    ['/health/other'],
    ['/x/health/live'],
  ])('%s leads nowhere', async path => {
    const response = await send(path, { method: 'POST', headers: JSON_TYPE, body: LATEST })
    expect(response.status).toBe(404)
    expect(await codeIn(response)).toBe('NOT_FOUND')
    expect(gateway.emulator.callLines()).toEqual([])
  })

  it('may stand in a target of absolute form', async () => {
    const path = `http://localhost/graphql?query=${encodeURIComponent('{ __typename }')}`
    expect(await rawGet(path)).toEqual([200, '{"data":{"__typename":"Query"}}'])
    expect((await rawGet('HTTPS://localhost/health/live'))[0]).toBe(200)
    expect((await rawGet('http://localhost'))[0]).toBe(404)
    expect((await rawGet('http://localhost/nowhere?/graphql'))[0]).toBe(404)
  })

  it('is what stands before the question mark', async () => {
    const response = await send('/graphql?query={__typename}&x=/health', {
      headers: GRAPHQL_RESPONSE,
    })
    expect(await response.json()).toEqual({ data: { __typename: 'Query' } })
  })
})

describe('a method', () => {
  it.each([['PUT'], ['DELETE'], ['PATCH'], ['OPTIONS']])(
    '%s is not allowed on /graphql',
    async method => {
      const response = await send('/graphql', {
        method,
        headers: { origin: 'http://evil.example' },
      })
      expect(response.status).toBe(405)
      expect(response.headers.get('allow')).toBe('GET, HEAD, POST')
      expect([...response.headers.keys()].filter(name => name.startsWith('access-'))).toEqual([])
    },
  )

  it('HEAD is answered as GET is, without the body', async () => {
    const read = (method: string) =>
      send('/graphql?query={__typename}', { method, headers: GRAPHQL_RESPONSE })
    const [got, head] = await Promise.all([read('GET'), read('HEAD')])
    expect([head.status, await head.text()]).toEqual([200, ''])
    for (const name of ['content-type', 'content-length', 'vary'])
      expect(head.headers.get(name), name).toBe(got.headers.get(name))
    const wrong = await send('/graphql?query={x', { method: 'HEAD', headers: GRAPHQL_RESPONSE })
    expect(wrong.status).toBe(400)
  })

  it('GET may not run a mutation', async () => {
    const response = await send('/graphql?query=mutation{x}', { headers: GRAPHQL_RESPONSE })
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('POST')
    expect(await codeIn(response)).toBe('METHOD_NOT_ALLOWED')
  })
})

describe('a media type', () => {
  it.each([
    ['text/plain'],
    ['application/x-www-form-urlencoded'],
    ['multipart/form-data; boundary=x'],
    ['application/graphql'],
    ['application/jsonx'],
    [''],
  ])('of a body must not be %j', async type => {
    const response = await post(LATEST, { 'content-type': type })
    expect(response.status).toBe(415)
    expect(await codeIn(response)).toBe('UNSUPPORTED_MEDIA_TYPE')
    expect(gateway.emulator.callLines()).toEqual([])
  })

  it('of a body may have parameters, blanks and capitals', async () => {
    for (const type of [
      'Application/JSON ; charset=utf-8',
      'application/json;charset="UTF-8"',
      'application/json; charset=utf8; x=1',
    ])
      expect((await post(LATEST, { 'content-type': type })).status).toBe(200)
  })

  it.each([
    ['application/json; charset=gbk'],
    ['application/json; charset="iso-8859-1"'],
    ['application/json;x=1;CHARSET=utf-16'],
    ['application/json; charset='],
  ])('of a body must name no charset but UTF-8: %s', async type => {
    const response = await post(LATEST, { 'content-type': type })
    expect(response.status).toBe(415)
    expect(await codeIn(response)).toBe('UNSUPPORTED_MEDIA_TYPE')
    expect(gateway.emulator.callLines()).toEqual([])
  })

  it('may have an encoding that changes nothing', async () => {
    for (const encoding of ['identity', 'Identity'])
      expect((await post(LATEST, { 'content-encoding': encoding })).status).toBe(200)
  })

  it('is nothing without its encoding', async () => {
    const response = await post(LATEST, { 'content-encoding': 'gzip' })
    expect(response.status).toBe(415)
    expect(gateway.emulator.callLines()).toEqual([])
  })

  it.each([['image/png'], ['text/event-stream'], ['multipart/mixed'], ['application/json;q=0']])(
    'of an answer cannot be %j',
    async accept => {
      const response = await post(LATEST, { accept })
      expect(response.status).toBe(406)
      expect(await codeIn(response)).toBe('NOT_ACCEPTABLE')
      expect(gateway.emulator.callLines()).toEqual([])
    },
  )

  it.each([
    ['application/graphql-response+json', 'application/graphql-response+json'],
    ['application/json', 'application/json'],
    ['*/*', 'application/json'],
    ['', 'application/json'],
    ['application/*', 'application/json'],
    [
      'application/json;q=0.5, application/graphql-response+json',
      'application/graphql-response+json',
    ],
    ['application/graphql-response+json;q=0.5, application/json', 'application/json'],
    ['image/png, application/json; charset=latin1', 'application/json'],
    ['text/event-stream, */*;q=0.1', 'application/json'],
  ])('of an answer to %s is %s', async (accept, type) => {
    const response = await post(LATEST, { accept })
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe(`${type}; charset=utf-8`)
  })
})

describe('health', () => {
  it.each([['/health/live'], ['/health/ready']])('at %s is told to anyone', async path => {
    const response = await send(path)
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({ status: 'ok' })
    const head = await send(path, { method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([200, ''])
    const posted = await send(path, { method: 'POST' })
    expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
  })
})
