import { describe, expect, it } from 'vitest'
import { UpstreamRateLimitedError } from '../../../src/upstream/errors.ts'
import { elapsedMs } from '../../measure.ts'
import { rejection, startFakeUpstream, visit } from '../fake-upstream.ts'
import { failing, QUICK, status } from './faults.ts'

describe('a pause that the upstream asks for', () => {
  it.each([429, 503])('is kept before the call is made again: %i', async code => {
    await using upstream = await startFakeUpstream(failing(1, status(code, { 'retry-after': '1' })))
    await using visitor = visit(upstream.url, { maxAttempts: 3 })
    const call = visitor.get()
    expect(await elapsedMs(() => call)).toBeGreaterThan(990)
    expect(await call).toEqual({ ok: true })
    expect(upstream.requests).toHaveLength(2)
  })

  it('ends for each call at another moment', async () => {
    await using upstream = await startFakeUpstream(failing(1, status(429, { 'retry-after': '1' })))
    await using visitor = visit(upstream.url, { maxAttempts: 3, random: 1 })
    expect(await elapsedMs(() => visitor.get())).toBeGreaterThan(1240)
  })

  it('is one for all calls that it is about', async () => {
    await using upstream = await startFakeUpstream(failing(1, status(429, { 'retry-after': '4' })))
    await using visitor = visit(upstream.url, { maxAttempts: 3 })
    const first = visitor.get('histories')
    await expect.poll(() => upstream.requests.length).toBe(1)
    // Until the answer has come back.
    await new Promise(resolve => setTimeout(resolve, 500))
    const later = [visitor.get('chatrecords'), visitor.get('histories')]
    await new Promise(resolve => setTimeout(resolve, 700))
    expect(upstream.requests).toHaveLength(1)
    expect(await Promise.all([first, ...later])).toEqual(Array(3).fill({ ok: true }))
  })

  it('holds for the account that is asked to, or for the endpoint, and for no others', async () => {
    await using upstream = await startFakeUpstream(({ url, headers }, response) => {
      if (url === '/busy.json') response.writeHead(503, { 'retry-after': '9' }).end()
      else if (headers.authorization === 'Basic bGltaXRlZDp4')
        response.writeHead(429, { 'retry-after': '9' }).end()
      else response.end('{"ok":true}')
    })
    await using visitor = visit(upstream.url, { callDeadlineMs: 2000 })
    const limited = visitor.client.session({ authorization: 'Basic bGltaXRlZDp4' })
    await rejection(visitor.get('chatrecords', '/busy.json'))
    await rejection(limited.get('histories', '/any.json', {}, body => body))
    expect(await visitor.get('histories')).toEqual({ ok: true })
    expect(await rejection(visitor.get('chatrecords'))).toMatchObject({
      code: 'UPSTREAM_RATE_LIMITED',
      retryAfterMs: expect.any(Number),
      message: expect.stringContaining('expected one that ends in time'),
    })
    const calls = upstream.requests.length
    await rejection(limited.get('servicesummary', '/any.json', {}, body => body))
    expect(upstream.requests).toHaveLength(calls)
  })

  it.each([
    ['0', 'within'],
    ['-1', 'within'],
    ['soon', 'within'],
    ['Wed, 21 Oct 2015 07:28:00 GMT', 'within'],
    ['1000000000', 'refused'],
    [new Date(Date.now() + 3_600_000).toUTCString(), 'refused'],
  ])('of %j is kept if it ends in time', async (retryAfter, outcome) => {
    const limited = status(429, { 'retry-after': retryAfter })
    await using upstream = await startFakeUpstream(failing(1, limited))
    await using visitor = visit(upstream.url, QUICK)
    const call = visitor.get()
    if (outcome === 'within') expect(await call).toEqual({ ok: true })
    else expect(await rejection(call)).toBeInstanceOf(UpstreamRateLimitedError)
    expect(upstream.requests).toHaveLength(outcome === 'within' ? 2 : 1)
  })
})
