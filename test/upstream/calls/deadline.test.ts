import { randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { UpstreamTimeoutError } from '../../../src/upstream/errors.ts'
import { elapsedMs, leastOfThree } from '../../measure.ts'
import { rejection, startFakeUpstream, visit } from '../fake-upstream.ts'

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

test('no headers by the deadline is a timeout, to some milliseconds', async () => {
  await using upstream = await startFakeUpstream(() => undefined)
  await using visitor = visit(upstream.url, { callDeadlineMs: 120 })
  let error: unknown
  const fail = async () => {
    error = await rejection(visitor.get('histories'))
  }
  // By itself undici looks at its timeouts once a second.
  expect(await leastOfThree(900, () => elapsedMs(fail))).toBeLessThan(900)
  expect(error).toBeInstanceOf(UpstreamTimeoutError)
  expect(error).toMatchObject({
    code: 'UPSTREAM_TIMEOUT',
    retryable: true,
    message:
      'The upstream is too slow for the list of service records: expected an answer within 120 ms, got none.',
  })
  expect(visitor.calls.at(-1)).toMatchObject({ outcome: 'UPSTREAM_TIMEOUT' })
})

test.each([
  ['identity', randomBytes(1000)],
  ['gzip', gzipSync(randomBytes(1000))],
])('the deadline is a total: a body of %s that trickles is cut', async (encoding, bytes) => {
  let isCut = false
  await using upstream = await startFakeUpstream((_request, response) => {
    response.writeHead(200, { 'content-encoding': encoding })
    let sent = 0
    const timer = setInterval(() => response.write(bytes.subarray(sent, ++sent)), 20)
    response.on('close', () => {
      isCut = true
      clearInterval(timer)
    })
  })
  await using visitor = visit(upstream.url, { callDeadlineMs: 150 })
  const failing = rejection(visitor.get())
  expect(await elapsedMs(() => failing)).toBeGreaterThan(120)
  expect(await failing).toBeInstanceOf(UpstreamTimeoutError)
  await expect.poll(() => isCut).toBe(true)
})

test('waiting for a connection counts', async () => {
  await using upstream = await startFakeUpstream(() => undefined)
  await using visitor = visit(upstream.url, { callDeadlineMs: 1000, concurrency: 1 })
  const both = Promise.all([rejection(visitor.get()), rejection(visitor.get())])
  for (const error of await both) expect(error).toBeInstanceOf(UpstreamTimeoutError)
  // If its wait did not count, the second call would be sent once the first has ended.
  expect(upstream.requests).toHaveLength(1)
})

test('a cut call leaves its connection slot to the next', async () => {
  let first = true
  await using upstream = await startFakeUpstream((_request, response) => {
    if (!first) response.end('{"ok":true}')
    first = false
  })
  await using visitor = visit(upstream.url, { callDeadlineMs: 2000, concurrency: 1 })
  await rejection(visitor.get())
  expect(await visitor.get()).toEqual({ ok: true })
})

test("a caller's abort is passed on as it is, and ends the request", async () => {
  let closed = 0
  await using upstream = await startFakeUpstream((_request, response) => {
    response.write('{"half":')
    response.on('close', () => {
      closed += 1
    })
  })
  const caller = new AbortController()
  await using visitor = visit(upstream.url, {}, { signal: caller.signal })
  const failing = rejection(visitor.get())
  await expect.poll(() => upstream.requests.length).toBe(1)
  const reason = new Error('the caller hung up')
  caller.abort(reason)
  expect(await failing).toBe(reason)
  expect(visitor.calls).toMatchObject([{ outcome: 'ABORTED' }])
  await expect.poll(() => closed).toBe(1)
})

test('it ends all calls of the session, those too that still wait for a connection', async () => {
  await using upstream = await startFakeUpstream(() => undefined)
  const caller = new AbortController()
  await using visitor = visit(upstream.url, { concurrency: 1 }, { signal: caller.signal })
  const failing = Promise.all([rejection(visitor.get()), rejection(visitor.get())])
  await expect.poll(() => upstream.requests.length).toBe(1)
  const reason = new Error('the caller hung up')
  caller.abort(reason)
  expect(await failing).toEqual([reason, reason])
  await pause(50)
  expect(upstream.requests).toHaveLength(1)
})

test('a caller who hung up before makes no call', async () => {
  await using upstream = await startFakeUpstream((_request, response) => response.end('{}'))
  const reason = new Error('the caller hung up')
  await using visitor = visit(upstream.url, {}, { signal: AbortSignal.abort(reason) })
  expect(await rejection(visitor.get())).toBe(reason)
  expect(upstream.requests).toEqual([])
  expect(visitor.calls).toEqual([])
})
