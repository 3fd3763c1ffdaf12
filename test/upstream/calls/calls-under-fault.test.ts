import type { RequestListener } from 'node:http'
import { describe, expect, it } from 'vitest'
import {
  UpstreamBadResponseError,
  UpstreamBusyError,
  UpstreamRateLimitedError,
  UpstreamTimeoutError,
  UpstreamUnavailableError,
} from '../../../src/upstream/errors.ts'
import { LIMITS, rejection, startFakeUpstream, visit } from '../fake-upstream.ts'

/** Fails so many times, and is well from then on. */
function failing(times: number, fail: RequestListener): RequestListener {
  let left = times
  return (request, response) => {
    left -= 1
    if (left >= 0) fail(request, response)
    else response.end('{"ok":true}')
  }
}

const status =
  (code: number, headers: Record<string, string> = {}, body = ''): RequestListener =>
  (_request, response) => {
    response.writeHead(code, headers).end(body)
  }
const cut: RequestListener = (_request, response) => {
  response.writeHead(200, { 'content-length': '100' })
  response.write('{', () => setTimeout(() => response.destroy(), 5))
}
const stall: RequestListener = () => undefined

/** Short waits, so that tests are quick. */
const QUICK = { maxAttempts: 3, callDeadlineMs: 5000, attemptMs: 500 }

const elapsed = async (promise: Promise<unknown>) => {
  const beganAtMs = performance.now()
  await promise
  return performance.now() - beganAtMs
}

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
    await using upstream = await startFakeUpstream(failing(1, status(500)))
    await using visitor = visit(upstream.url, { ...QUICK, callDeadlineMs: 150, random: 1 })
    const failed = rejection(visitor.get())
    expect(await elapsed(failed)).toBeLessThan(140)
    expect(await failed).toBeInstanceOf(UpstreamUnavailableError)
    expect(upstream.requests).toHaveLength(1)
  })

  it('stops waiting for its next attempt when its caller hangs up', async () => {
    await using upstream = await startFakeUpstream(failing(1, status(500)))
    const caller = new AbortController()
    await using visitor = visit(upstream.url, { ...QUICK, random: 1 }, { signal: caller.signal })
    const failed = rejection(visitor.get())
    await expect.poll(() => upstream.requests.length).toBe(1)
    const reason = new Error('gone')
    setTimeout(() => caller.abort(reason), 20)
    expect(await failed).toBe(reason)
    await new Promise(resolve => setTimeout(resolve, 300))
    expect(upstream.requests).toHaveLength(1)
  })

  it('has half of its time at most for an attempt while another may follow', async () => {
    await using upstream = await startFakeUpstream(failing(1, stall))
    const limits = { maxAttempts: 3, callDeadlineMs: 1200, attemptMs: 5000 }
    await using visitor = visit(upstream.url, limits)
    const call = visitor.get()
    expect(await elapsed(call)).toBeGreaterThan(590)
    expect(await call).toEqual({ ok: true })
  })

  it('never takes longer than its deadline, with all its attempts', async () => {
    await using upstream = await startFakeUpstream(stall)
    const limits = { maxAttempts: 3, callDeadlineMs: 700, attemptMs: 5000 }
    await using visitor = visit(upstream.url, limits)
    const failed = rejection(visitor.get())
    expect(await elapsed(failed)).toBeLessThan(800)
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
    const limits = { operationDeadlineMs: 300, concurrency: 2, maxAttempts: 3 }
    await using visitor = visit(upstream.url, limits)
    // One is under way, two wait for its place.
    const failed = Promise.all(Array.from({ length: 3 }, () => rejection(visitor.get())))
    expect(await elapsed(failed)).toBeLessThan(400)
    for (const error of await failed)
      expect(error).toMatchObject({
        code: 'UPSTREAM_TIMEOUT',
        message:
          'The operation takes too long for the list of service records: expected its end within 300 ms.',
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

describe('a pause that the upstream asks for', () => {
  it.each([429, 503])('is kept before the call is made again: %i', async code => {
    await using upstream = await startFakeUpstream(failing(1, status(code, { 'retry-after': '1' })))
    await using visitor = visit(upstream.url, { maxAttempts: 3 })
    const call = visitor.get()
    expect(await elapsed(call)).toBeGreaterThan(990)
    expect(await call).toEqual({ ok: true })
    expect(upstream.requests).toHaveLength(2)
  })

  it('ends for each call at another moment', async () => {
    await using upstream = await startFakeUpstream(failing(1, status(429, { 'retry-after': '1' })))
    await using visitor = visit(upstream.url, { maxAttempts: 3, random: 1 })
    expect(await elapsed(visitor.get())).toBeGreaterThan(1240)
  })

  it('is one for all calls that it is about', async () => {
    await using upstream = await startFakeUpstream(failing(1, status(429, { 'retry-after': '1' })))
    await using visitor = visit(upstream.url, { maxAttempts: 3 })
    const first = visitor.get('histories')
    await expect.poll(() => upstream.requests.length).toBe(1)
    await new Promise(resolve => setTimeout(resolve, 20))
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

describe('an endpoint that fails for all', () => {
  /** Has callers meet failures of different targets. */
  async function breakDown(visitor: ReturnType<typeof visit>, endpoint: 'chatrecords') {
    for (let i = 0; i < 10; i++) {
      const session = visitor.client.session({ authorization: 'Basic eDp4' })
      await session.get(endpoint, `/${i}.json`, {}, body => body).catch(() => undefined)
    }
  }

  it.each<[string, RequestListener]>([
    ['500', status(500)],
    ['silence', stall],
    ['a page of HTML', status(200, {}, '<html>')],
    ['200 with an error in its body', status(200, {}, '{"status":"500"}')],
  ])('is not asked any more, and the others are: %s', async (_, fail) => {
    await using upstream = await startFakeUpstream((request, response) =>
      request.url?.includes('well') ? response.end('{"ok":true}') : fail(request, response),
    )
    await using visitor = visit(upstream.url, { attemptMs: 50 })
    await breakDown(visitor, 'chatrecords')
    const made = upstream.requests.length
    expect(made).toBe(9)
    const failed = rejection(visitor.get('chatrecords'))
    expect(await elapsed(failed)).toBeLessThan(50)
    expect(await failed).toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
      retryable: true,
      message:
        'The upstream is not asked for the chat of a service record: it has failed again and again, and is asked in some seconds again.',
    })
    expect(visitor.calls.at(-1)).toMatchObject({ attempts: 0 })
    expect(upstream.requests).toHaveLength(made)
    expect(await visitor.get('histories', '/well.json')).toEqual({ ok: true })
  })

  it.each([401, 403, 404, 400, 429])('is asked on if its answers are %i', async code => {
    const body = `{"status":"${code}"}`
    await using upstream = await startFakeUpstream(status(code, {}, body))
    await using visitor = visit(upstream.url)
    await breakDown(visitor, 'chatrecords')
    await breakDown(visitor, 'chatrecords')
    expect(upstream.requests).toHaveLength(20)
  })

  it('is asked on by others if it fails for one caller alone', async () => {
    await using upstream = await startFakeUpstream(({ headers }, response) => {
      response.writeHead(headers.authorization === 'Basic YmFkOng=' ? 500 : 200).end('{"ok":true}')
    })
    await using visitor = visit(upstream.url)
    const caller = 'alice'
    const session = visitor.client.session({ authorization: 'Basic YmFkOng=', caller })
    for (let i = 0; i < 12; i++)
      await rejection(session.get('histories', `/${i}.json`, {}, body => body))
    expect(upstream.requests).toHaveLength(9)
    expect(await visitor.get('histories')).toEqual({ ok: true })
  })

  it('is asked on if it answers now and then', async () => {
    let calls = 0
    await using upstream = await startFakeUpstream((_, response) => {
      calls += 1
      response.writeHead(calls % 4 === 0 ? 200 : 500).end('{}')
    })
    await using visitor = visit(upstream.url)
    for (let i = 0; i < 4; i++) await breakDown(visitor, 'chatrecords')
    expect(upstream.requests).toHaveLength(40)
  })

  it('has nobody wait for the place of a probe', async () => {
    let isSilent = false
    await using upstream = await startFakeUpstream((_, response) => {
      if (!isSilent) response.writeHead(500).end()
    })
    await using visitor = visit(upstream.url, { concurrency: 1 })
    await breakDown(visitor, 'chatrecords')
    isSilent = true
    await new Promise(resolve => setTimeout(resolve, 2100))
    const made = upstream.requests.length
    const probe = rejection(visitor.get('chatrecords'))
    await expect.poll(() => upstream.requests.length).toBe(made + 1)
    const failed = rejection(visitor.get('chatrecords'))
    expect(await elapsed(failed)).toBeLessThan(500)
    expect(await failed).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' })
    await probe
  })

  it('is asked again within some seconds of its return', async () => {
    let isUp = false
    await using upstream = await startFakeUpstream((_, response) => {
      response.writeHead(isUp ? 200 : 500).end('{"ok":true}')
    })
    await using visitor = visit(upstream.url)
    await breakDown(visitor, 'chatrecords')
    isUp = true
    const backAtMs = performance.now()
    await expect
      .poll(() => visitor.get('chatrecords').catch(() => undefined), { timeout: 7000 })
      .toEqual({ ok: true })
    expect(performance.now() - backAtMs).toBeLessThan(6000)
  })
})

describe('places among the calls under way', () => {
  it('are half of them for one endpoint, so that one that stalls slows none of the others', async () => {
    await using upstream = await startFakeUpstream(({ url }, response) => {
      if (url !== '/chat.json') response.end('{"ok":true}')
    })
    await using visitor = visit(upstream.url, { attemptMs: 1500, breakerFailures: 0 })
    const stalled = Array.from({ length: 40 }, () => {
      const session = visitor.client.session({ authorization: 'Basic eDp4' })
      return rejection(session.get('chatrecords', '/chat.json', {}, body => body))
    })
    await expect.poll(() => upstream.requests.length).toBe(LIMITS.concurrency / 2)
    for (let i = 0; i < 20; i++) expect(await elapsed(visitor.get('histories'))).toBeLessThan(300)
    const errors = await Promise.all(stalled)
    // Who found no place within a second is sent away.
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
    await using visitor = visit(upstream.url, { concurrency: 1, attemptMs: 300 })
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
  const wrong = new UpstreamBadResponseError('wrong')
  const failing = visitor.session.get('histories', '/any.json', {}, () => {
    throw wrong
  })
  expect(await rejection(failing)).toBe(wrong)
  expect(visitor.calls).toMatchObject([{ outcome: 'UPSTREAM_BAD_RESPONSE', attempts: 1 }])
})
