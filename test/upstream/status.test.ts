import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import {
  UpstreamBadResponseError,
  type UpstreamError,
  UpstreamForbiddenError,
  UpstreamNotFoundError,
  UpstreamRateLimitedError,
  UpstreamRejectedError,
  UpstreamUnauthenticatedError,
  UpstreamUnavailableError,
} from '../../src/upstream/errors.ts'
import { elapsedMs, leastOfThree } from '../measure.ts'
import { answering, rejection, startFakeUpstream, visit } from './fake-upstream.ts'

/** What a caller does about it needs no status. */
const OF_ACCOUNT = new Map([
  [401, 'The upstream does not accept the account or its password.'],
  [403, "read the chat of a service record: that needs an administrator's account."],
])

test.each([
  [401, UpstreamUnauthenticatedError, 'UNAUTHENTICATED', false],
  [403, UpstreamForbiddenError, 'FORBIDDEN', false],
  [429, UpstreamRateLimitedError, 'UPSTREAM_RATE_LIMITED', true],
  [500, UpstreamUnavailableError, 'UPSTREAM_UNAVAILABLE', true],
  [502, UpstreamUnavailableError, 'UPSTREAM_UNAVAILABLE', true],
  [503, UpstreamUnavailableError, 'UPSTREAM_UNAVAILABLE', true],
  [504, UpstreamUnavailableError, 'UPSTREAM_UNAVAILABLE', true],
  [204, UpstreamBadResponseError, 'UPSTREAM_BAD_RESPONSE', false],
  [304, UpstreamBadResponseError, 'UPSTREAM_BAD_RESPONSE', false],
  [400, UpstreamRejectedError, 'UPSTREAM_BAD_RESPONSE', false],
  [418, UpstreamRejectedError, 'UPSTREAM_BAD_RESPONSE', false],
])('status %i is a %o', async (status, errorClass, code, retryable) => {
  await using upstream = await startFakeUpstream((_request, response) => {
    response.writeHead(status).end()
  })
  await using visitor = visit(upstream.url)
  const error = await rejection(visitor.get('chatrecords'))
  expect(error).toBeInstanceOf(errorClass)
  expect(error).toMatchObject({ code, retryable, name: errorClass.name })
  expect((error as Error).message).toContain(
    OF_ACCOUNT.get(status) ?? `the chat of a service record: expected status 200, got ${status}.`,
  )
  expect(visitor.calls).toMatchObject([{ outcome: code }])
})

test.each([
  ['404', UpstreamNotFoundError, 'does not have the chat of a service record: expected'],
  ['401', UpstreamUnauthenticatedError, 'does not accept the account or its password'],
  [403, UpstreamForbiddenError, "that needs an administrator's account"],
  ['404.0', UpstreamNotFoundError, 'expected status 200, got 404'],
  ['429', UpstreamRateLimitedError, 'expected status 200, got 429'],
  ['500', UpstreamUnavailableError, 'expected status 200, got 500'],
  [503, UpstreamUnavailableError, 'expected status 200, got 503'],
  ['400', UpstreamRejectedError, 'expected status 200, got 400'],
  ['302', UpstreamBadResponseError, 'expected status 200, got 302'],
  ['120003', UpstreamBadResponseError, 'got an object with status 120003'],
])(
  '200 with a status of %j in its body has its meaning, beside a list too',
  async (status, errorClass, message) => {
    const body = { status, message: 'secret', remoterecords: [], count: 0 }
    await using upstream = await startFakeUpstream(answering(body))
    await using visitor = visit(upstream.url)
    const error = await rejection(visitor.get('chatrecords'))
    expect(error).toBeInstanceOf(errorClass)
    expect((error as Error).message).toContain(message)
    expect(visitor.calls).toMatchObject([{ outcome: (error as UpstreamError).code }])
  },
)

test.each(['200', 200, 0, 1, 'ok', true, null])(
  '200 with a status of %j in its body is an answer like any other',
  async status => {
    await using upstream = await startFakeUpstream(answering({ status, count: 0 }))
    await using visitor = visit(upstream.url)
    expect(await visitor.get()).toEqual({ status, count: 0 })
  },
)

test('a pause that is asked for in a body is as long as its header says', async () => {
  const listener = answering({ status: '429', message: 'slow down' }, { 'retry-after': '7' })
  await using upstream = await startFakeUpstream(listener)
  await using visitor = visit(upstream.url)
  expect(await rejection(visitor.get())).toMatchObject({ retryAfterMs: 7000 })
})

const NOT_FOUND = JSON.stringify({ status: '404', message: 'there is no such record' })

test.each([
  ['plain', NOT_FOUND, {}],
  ['with a number', '{"status":404}', {}],
  ['compressed', gzipSync(NOT_FOUND), { 'content-encoding': 'gzip' }],
  ['in the form of the examples', '{"status":"404" ,\n"message":"none",\n}', {}],
])("a 404 in the API's own JSON says that there is none: %s", async (_, body, headers) => {
  await using upstream = await startFakeUpstream((_request, response) => {
    response.writeHead(404, headers).end(body)
  })
  await using visitor = visit(upstream.url)
  expect(await rejection(visitor.get())).toBeInstanceOf(UpstreamNotFoundError)
})

test.each([
  ['an HTML page', '<html><body>404 Not Found</body></html>'],
  ['nothing', ''],
  ['a text', 'default backend - 404'],
  ['JSON of a router', '{"message":"no Route matched with those values"}'],
  ['an object', '{}'],
  ['a list', '[]'],
  ['another status', '{"status":"200"}'],
  ['more than any error says', `{"status":"404","message":"${'x'.repeat(20_000)}"}`],
  ['bytes', Buffer.from([0x7b, 0xff, 0x7d])],
])('a 404 with %s proves nothing, and may come right', async (_, body) => {
  await using upstream = await startFakeUpstream((_request, response) => {
    response.writeHead(404).end(body)
  })
  await using visitor = visit(upstream.url)
  const error = await rejection(visitor.get())
  expect(error).toBeInstanceOf(UpstreamBadResponseError)
  expect(error).toMatchObject({
    retryable: true,
    message:
      "The upstream did not give the list of service records: expected the API's own answer, got 404 from something else.",
  })
})

test('a 404 whose body does not end proves nothing either', async () => {
  await using upstream = await startFakeUpstream((_request, response) => {
    response.writeHead(404).write('{"status":"404"')
  })
  await using visitor = visit(upstream.url)
  expect(await rejection(visitor.get())).toMatchObject({
    retryable: true,
    message: expect.stringContaining('got 404 from something else'),
  })
})

test.each([429, 503])('%i with Retry-After says how long to wait', async status => {
  await using upstream = await startFakeUpstream((_request, response) => {
    response.writeHead(status, { 'retry-after': '7' }).end()
  })
  await using visitor = visit(upstream.url)
  const error = await rejection(visitor.get())
  expect(error).toBeInstanceOf(UpstreamRateLimitedError)
  expect(error).toMatchObject({ retryAfterMs: 7000, retryable: true })
})

test('429 without Retry-After, or with junk in it, says no time', async () => {
  await using upstream = await startFakeUpstream(({ url }, response) => {
    response.writeHead(429, url === '/junk.json' ? { 'retry-after': '-1' } : {}).end()
  })
  await using visitor = visit(upstream.url)
  for (const path of ['/junk.json', '/none.json'])
    expect(await rejection(visitor.get('histories', path))).toMatchObject({
      code: 'UPSTREAM_RATE_LIMITED',
      retryAfterMs: undefined,
    })
})

test.each([301, 302, 303, 307, 308])('a redirect with %i is not followed', async status => {
  await using elsewhere = await startFakeUpstream((_request, response) => {
    response.end('{"stolen":true}')
  })
  await using upstream = await startFakeUpstream((_request, response) => {
    response.writeHead(status, { location: `${elsewhere.url}/api` }).end()
  })
  await using visitor = visit(upstream.url)
  const error = await rejection(visitor.get())
  expect(error).toMatchObject({ code: 'UPSTREAM_BAD_RESPONSE', retryable: false })
  expect(upstream.requests).toHaveLength(1)
  expect(elsewhere.connectionCount()).toBe(0)
})

test('a small error body is read so that the connection serves the next call', async () => {
  await using upstream = await startFakeUpstream((_request, response) => {
    response.writeHead(400).end('x'.repeat(1000))
  })
  await using visitor = visit(upstream.url)
  for (let i = 0; i < 5; i++) {
    await rejection(visitor.get())
    await new Promise(resolve => setTimeout(resolve, 100))
  }
  expect(upstream.connectionCount()).toBe(1)
})

test('an error body without end delays neither the error nor the next call', async () => {
  const closed: string[] = []
  await using upstream = await startFakeUpstream(({ url = '' }, response) => {
    response.writeHead(url === '/endless.json' ? 500 : 200).write('{"ok":')
    if (url !== '/endless.json') response.end('true}')
    else response.on('close', () => closed.push(url))
  })
  await using visitor = visit(upstream.url, { concurrency: 1 })
  const fail = async () => {
    const error = await rejection(visitor.get('histories', '/endless.json'))
    expect(error).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' })
  }
  const failBeforeAnother = async () => {
    const tookMs = await elapsedMs(fail)
    expect(await visitor.get()).toEqual({ ok: true })
    return tookMs
  }
  // The connection is closed after a second.
  expect(await leastOfThree(900, failBeforeAnother)).toBeLessThan(900)
  expect(new Set(closed)).toEqual(new Set(['/endless.json']))
})
