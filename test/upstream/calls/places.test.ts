import { describe, expect, it } from 'vitest'
import { UpstreamBusyError } from '../../../src/upstream/errors.ts'
import { elapsedMs } from '../../measure.ts'
import { LIMITS, rejection, startFakeUpstream, visit } from '../fake-upstream.ts'
import { cut, stall, status } from './faults.ts'

describe('places among the calls under way', () => {
  it('are half of them for one endpoint, so that one that stalls slows none of the others', async () => {
    await using upstream = await startFakeUpstream(({ url }, response) => {
      if (url !== '/chat.json') response.end('{"ok":true}')
    })
    const limits = { attemptMs: 5000, maxWaitMs: 4000, breakerFailures: 0 }
    await using visitor = visit(upstream.url, limits)
    const stalled = Array.from({ length: 40 }, () => {
      const session = visitor.client.session({ authorization: 'Basic eDp4' })
      return rejection(session.get('chatrecords', '/chat.json', {}, body => body))
    })
    await expect.poll(() => upstream.requests.length).toBe(LIMITS.concurrency / 2)
    const ask = () => visitor.get('histories')
    for (let i = 0; i < 20; i++) expect(await elapsedMs(ask)).toBeLessThan(2000)
    const errors = await Promise.all(stalled)
    // Who found no place within four seconds is sent away.
    expect(errors.filter(error => error instanceof UpstreamBusyError)).toHaveLength(30)
  })

  it('are given back whatever becomes of a call', async () => {
    const fails = [status(500), cut, status(200, {}, '<'), status(401), status(200, {}, '{}')]
    let at = 0
    await using upstream = await startFakeUpstream((request, response) =>
      fails[at++ % fails.length]?.(request, response),
    )
    await using visitor = visit(upstream.url, { concurrency: 2, breakerFailures: 0 })
    for (let i = 0; i < 20; i++) await visitor.get().catch(() => undefined)
    expect(upstream.requests).toHaveLength(20)
  })

  it('are left at once by a caller who hangs up while it waits', async () => {
    await using upstream = await startFakeUpstream(stall)
    const caller = new AbortController()
    await using visitor = visit(upstream.url, { concurrency: 1, attemptMs: 2000 })
    const first = rejection(visitor.get())
    await expect.poll(() => upstream.requests.length).toBe(1)
    const session = visitor.client.session({
      authorization: 'Basic eDp4',
      signal: caller.signal,
    })
    const waiting = rejection(session.get('histories', '/other.json', {}, body => body))
    const reason = new Error('gone')
    caller.abort(reason)
    expect(await waiting).toBe(reason)
    await first
    expect(upstream.requests).toHaveLength(1)
  })
})

it('who is gone before its call waits for a place gets none', async () => {
  await using upstream = await startFakeUpstream((_, response) => {
    setTimeout(() => response.end('{"ok":true}'), 100)
  })
  await using visitor = visit(upstream.url, { concurrency: 1 })
  const first = visitor.get()
  const caller = new AbortController()
  const reason = new Error('gone')
  const gone = visitor.client.session({
    authorization: 'Basic eDp4',
    signal: caller.signal,
    beforeCall: () => caller.abort(reason),
  })
  expect(await rejection(gone.get('histories', '/gone.json', {}, body => body))).toBe(reason)
  await first
  expect(await visitor.get()).toEqual({ ok: true })
  expect(upstream.requests).toHaveLength(2)
})

it('calls come no faster than the upstream is to get them', async () => {
  const cameAtMs: number[] = []
  await using upstream = await startFakeUpstream((_, response) => {
    cameAtMs.push(performance.now())
    response.end('{}')
  })
  await using visitor = visit(upstream.url, { callsPerSecond: 4 })
  const beganAtMs = performance.now()
  await Promise.all(Array.from({ length: 10 }, () => visitor.get()))
  const cameWithin = (ms: number) => cameAtMs.filter(atMs => atMs - beganAtMs < ms).length
  expect(cameWithin(990)).toBeLessThanOrEqual(4)
  expect(cameWithin(1990)).toBeLessThanOrEqual(8)
  expect(cameAtMs).toHaveLength(10)
})
