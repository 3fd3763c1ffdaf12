import { expect, test } from 'vitest'
import {
  UpstreamBadResponseError,
  UpstreamForbiddenError,
  UpstreamNotFoundError,
  UpstreamRateLimitedError,
  UpstreamUnauthenticatedError,
  UpstreamUnavailableError,
} from '../../src/upstream/errors.ts'
import { rejection, startFakeUpstream, visit } from './fake-upstream.ts'

test.each([
  [401, UpstreamUnauthenticatedError, 'UNAUTHENTICATED', false],
  [403, UpstreamForbiddenError, 'FORBIDDEN', false],
  [404, UpstreamNotFoundError, 'UPSTREAM_BAD_RESPONSE', false],
  [429, UpstreamRateLimitedError, 'UPSTREAM_RATE_LIMITED', true],
  [500, UpstreamUnavailableError, 'UPSTREAM_UNAVAILABLE', true],
  [502, UpstreamUnavailableError, 'UPSTREAM_UNAVAILABLE', true],
  [503, UpstreamUnavailableError, 'UPSTREAM_UNAVAILABLE', true],
  [504, UpstreamUnavailableError, 'UPSTREAM_UNAVAILABLE', true],
  [204, UpstreamBadResponseError, 'UPSTREAM_BAD_RESPONSE', false],
  [304, UpstreamBadResponseError, 'UPSTREAM_BAD_RESPONSE', false],
  [400, UpstreamBadResponseError, 'UPSTREAM_BAD_RESPONSE', false],
  [418, UpstreamBadResponseError, 'UPSTREAM_BAD_RESPONSE', false],
])('status %i is a %o', async (status, errorClass, code, retryable) => {
  await using upstream = await startFakeUpstream((_request, response) => {
    response.writeHead(status).end()
  })
  await using visitor = visit(upstream.url)
  const error = await rejection(visitor.get('chatrecords'))
  expect(error).toBeInstanceOf(errorClass)
  expect(error).toMatchObject({ code, retryable, name: errorClass.name })
  expect((error as Error).message).toContain(
    `the chat of a service record: expected status 200, got ${status}.`,
  )
  expect(visitor.calls).toMatchObject([{ outcome: code }])
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
    response.writeHead(404).end('x'.repeat(1000))
  })
  await using visitor = visit(upstream.url)
  for (let i = 0; i < 5; i++) {
    await rejection(visitor.get())
    await new Promise(resolve => setTimeout(resolve, 10))
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
  await using visitor = visit(upstream.url, { connections: 1 })
  const startedAt = performance.now()
  const error = await rejection(visitor.get('histories', '/endless.json'))
  expect(error).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' })
  expect(performance.now() - startedAt).toBeLessThan(500)
  expect(await visitor.get()).toEqual({ ok: true })
  expect(closed).toEqual(['/endless.json'])
})
