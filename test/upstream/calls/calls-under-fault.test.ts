import type { RequestListener } from 'node:http'
import { describe, expect, it } from 'vitest'
import {
  UpstreamBadResponseError,
  UpstreamTimeoutError,
  UpstreamUnavailableError,
} from '../../../src/upstream/errors.ts'
import { elapsedMs, leastOfThree } from '../../measure.ts'
import { rejection, startFakeUpstream, visit } from '../fake-upstream.ts'
import { cut, failing, QUICK, stall, status } from './faults.ts'

describe('a call that fails', () => {
  it.each<[string, RequestListener, number]>([
    ['500', status(500), 3],
    ['502', status(502), 3],
    ['503 without Retry-After', status(503), 3],
    ['504', status(504), 3],
    ['a reset before the answer', (_, response) => response.destroy(), 3],
    ['a body that is cut', cut, 3],
    ['JSON that is cut', status(200, {}, '{"a":'), 3],
    ['429 without Retry-After', status(429), 3],
    ['a page of HTML', status(200, {}, '<html>'), 2],
    ["a balancer's 404", status(404, {}, '<html>'), 2],
    ['silence', stall, 2],
    ['a redirect', status(302, { location: '/' }), 1],
    ['400', status(400), 1],
    ['401', status(401), 1],
    ['403', status(403), 1],
    ["the API's own 404", status(404, {}, '{"status":"404"}'), 1],
    ['another encoding', status(200, { 'content-encoding': 'zstd' }, '{}'), 1],
  ])('is made again as often as that may help: %s', async (_, fail, attempts) => {
    await using upstream = await startFakeUpstream(failing(9, fail))
    await using visitor = visit(upstream.url, QUICK)
    await rejection(visitor.get())
    expect(upstream.requests).toHaveLength(attempts)
    expect(visitor.calls).toMatchObject([{ attempts }])
  })

  it('is made once more after its first silence, whatever failed before', async () => {
    const answers = [status(500), stall, status(200, {}, '{"ok":true}')]
    await using upstream = await startFakeUpstream((request, response) =>
      answers.shift()?.(request, response),
    )
    await using visitor = visit(upstream.url, QUICK)
    expect(await visitor.get()).toEqual({ ok: true })
  })

  it('is one call, however often it was made', async () => {
    await using upstream = await startFakeUpstream(failing(2, status(500)))
    const begun: string[] = []
    const retried: string[] = []
    const told = {
      beforeCall: (endpoint: string) => begun.push(endpoint),
      onRetry: (endpoint: string) => retried.push(endpoint),
    }
    await using visitor = visit(upstream.url, QUICK, told)
    expect(await visitor.get('chatrecords')).toEqual({ ok: true })
    expect(begun).toEqual(['chatrecords'])
    expect(retried).toEqual(['chatrecords', 'chatrecords'])
    expect(visitor.calls).toMatchObject([{ outcome: 'ok', attempts: 3 }])
  })

  it('is not made again if the next attempt would begin after its deadline', async () => {
    await using upstream = await startFakeUpstream(status(500))
    // It waits for 200 ms before its second attempt, and would wait for 800 ms before its third.
    await using visitor = visit(upstream.url, { ...QUICK, callDeadlineMs: 900, random: 1 })
    const fail = async () =>
      expect(await rejection(visitor.get())).toBeInstanceOf(UpstreamUnavailableError)
    expect(await leastOfThree(800, () => elapsedMs(fail))).toBeLessThan(800)
    expect(visitor.calls.at(-1)).toMatchObject({ attempts: 2 })
  })

  it('stops waiting for its next attempt when its caller hangs up', async () => {
    const fail = status(503, { 'retry-after': '2' })
    await using upstream = await startFakeUpstream(failing(1, fail))
    const caller = new AbortController()
    await using visitor = visit(upstream.url, QUICK, { signal: caller.signal })
    const failed = rejection(visitor.get())
    await expect.poll(() => upstream.requests.length).toBe(1)
    const reason = new Error('gone')
    setTimeout(() => caller.abort(reason), 20)
    expect(await failed).toBe(reason)
    await new Promise(resolve => setTimeout(resolve, 2500))
    expect(upstream.requests).toHaveLength(1)
  })

  it('has half of its time at most for an attempt while another may follow', async () => {
    await using upstream = await startFakeUpstream(failing(1, stall))
    const limits = { maxAttempts: 3, callDeadlineMs: 3000, attemptMs: 5000 }
    await using visitor = visit(upstream.url, limits)
    const call = visitor.get()
    expect(await elapsedMs(() => call)).toBeGreaterThan(1490)
    expect(await call).toEqual({ ok: true })
  })

  it('never takes longer than its deadline, with all its attempts', async () => {
    await using upstream = await startFakeUpstream(stall)
    const limits = { maxAttempts: 3, callDeadlineMs: 3000, attemptMs: 10_000 }
    await using visitor = visit(upstream.url, limits)
    const failed = rejection(visitor.get())
    // A further attempt would take it to 4.5 s at least.
    expect(await elapsedMs(() => failed)).toBeLessThan(4400)
    expect(await failed).toBeInstanceOf(UpstreamTimeoutError)
    expect(upstream.requests).toHaveLength(2)
  })

  it('is not made again when the retries are spent, which first attempts pay for', async () => {
    await using upstream = await startFakeUpstream(status(500))
    await using visitor = visit(upstream.url, { ...QUICK, breakerFailures: 0 })
    const calls = Array.from({ length: 40 }, () => rejection(visitor.get()))
    await Promise.all(calls)
    // 5 of the reserve, and a fifth of 40.
    expect(upstream.requests).toHaveLength(40 + 13)
  })

  it('pays twice for a retry after silence', async () => {
    await using upstream = await startFakeUpstream(stall)
    const limits = { ...QUICK, breakerFailures: 0, concurrency: 40 }
    await using visitor = visit(upstream.url, limits)
    await Promise.all(Array.from({ length: 20 }, () => rejection(visitor.get())))
    // 5 of the reserve, and a fifth of 20: 9, for 2 each.
    expect(upstream.requests).toHaveLength(20 + 4)
  })

  it('takes nothing of the retries of another endpoint', async () => {
    await using upstream = await startFakeUpstream(({ url }, response) =>
      url === '/well.json' ? response.end('{}') : response.writeHead(500).end(),
    )
    await using visitor = visit(upstream.url, { ...QUICK, breakerFailures: 0 })
    await Promise.all(Array.from({ length: 40 }, () => rejection(visitor.get('chatrecords'))))
    await rejection(visitor.get('servicesummary'))
    expect(visitor.calls.at(-1)).toMatchObject({ endpoint: 'servicesummary', attempts: 3 })
  })
})

describe('an operation', () => {
  it('ends with its deadline, whatever its calls wait for', async () => {
    await using upstream = await startFakeUpstream(stall)
    const limits = { operationDeadlineMs: 2000, maxWaitMs: 10_000, concurrency: 2, maxAttempts: 3 }
    await using visitor = visit(upstream.url, limits)
    // One is under way, two wait for its place.
    const failed = Promise.all(Array.from({ length: 3 }, () => rejection(visitor.get())))
    // An attempt ends after five seconds by itself.
    expect(await elapsedMs(() => failed)).toBeLessThan(4500)
    for (const error of await failed)
      expect(error).toMatchObject({
        code: 'UPSTREAM_TIMEOUT',
        message:
          'The operation takes too long for the list of service records: expected its end within 2000 ms.',
      })
  })

  it('makes no more calls after it', async () => {
    await using upstream = await startFakeUpstream(status(200, {}, '{}'))
    let begun = 0
    const beforeCall = () => {
      begun += 1
    }
    await using visitor = visit(upstream.url, { operationDeadlineMs: 50 }, { beforeCall })
    await new Promise(resolve => setTimeout(resolve, 60))
    expect(await rejection(visitor.get())).toBeInstanceOf(UpstreamTimeoutError)
    expect(begun).toBe(0)
    expect(upstream.requests).toEqual([])
  })
})

it('an error of our own is passed on at once', async () => {
  await using upstream = await startFakeUpstream(status(200, {}, '{}'))
  await using visitor = visit(upstream.url, QUICK)
  const fault = new RangeError('a fault of ours')
  const failing = visitor.session.get('histories', '/any.json', {}, () => {
    throw fault
  })
  expect(await rejection(failing)).toBe(fault)
  expect(upstream.requests).toHaveLength(1)
})

it('what an answer says against its reading is an outcome of the attempt', async () => {
  await using upstream = await startFakeUpstream(status(200, {}, '{}'))
  await using visitor = visit(upstream.url, QUICK)
  const wrong = new UpstreamBadResponseError('wrong', { reason: 'other-shape' })
  const failing = visitor.session.get('histories', '/any.json', {}, () => {
    throw wrong
  })
  expect(await rejection(failing)).toBe(wrong)
  expect(visitor.calls).toMatchObject([{ outcome: 'UPSTREAM_BAD_RESPONSE', attempts: 1 }])
})
