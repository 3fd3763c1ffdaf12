import type { RequestListener } from 'node:http'
import { describe, expect, it } from 'vitest'
import { elapsedMs } from '../../measure.ts'
import { rejection, startFakeUpstream, visit } from '../fake-upstream.ts'
import { stall, status } from './faults.ts'

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
    await using visitor = visit(upstream.url, { attemptMs: 150 })
    await breakDown(visitor, 'chatrecords')
    const made = upstream.requests.length
    expect(made).toBe(9)
    expect(await rejection(visitor.get('chatrecords'))).toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
      retryable: true,
      message:
        'The upstream is not asked for the chat of a service record: it has failed again and again, and is asked in some seconds again.',
    })
    expect(visitor.calls.at(-1)).toMatchObject({ attempts: 0 })
    expect(upstream.requests).toHaveLength(made)
    // An attempt is short here, for a busy machine.
    await expect
      .poll(() => visitor.get('histories', '/well.json').catch(() => undefined))
      .toEqual({ ok: true })
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
    await using visitor = visit(upstream.url, { concurrency: 1, maxWaitMs: 10_000 })
    await breakDown(visitor, 'chatrecords')
    isSilent = true
    await new Promise(resolve => setTimeout(resolve, 2100))
    const made = upstream.requests.length
    const probe = rejection(visitor.get('chatrecords'))
    await expect.poll(() => upstream.requests.length).toBe(made + 1)
    const failed = rejection(visitor.get('chatrecords'))
    // The probe has its place for five seconds.
    expect(await elapsedMs(() => failed)).toBeLessThan(2500)
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
      .poll(() => visitor.get('chatrecords').catch(() => undefined), { timeout: 20_000 })
      .toEqual({ ok: true })
    expect(performance.now() - backAtMs).toBeLessThan(6000)
  })
})
