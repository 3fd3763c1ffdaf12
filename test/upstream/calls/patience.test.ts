import type { RequestListener } from 'node:http'
import { describe, expect, it } from 'vitest'
import { Patience } from '../../../src/upstream/calls/patience.ts'
import { UpstreamTimeoutError } from '../../../src/upstream/errors.ts'
import { elapsedMs } from '../../measure.ts'
import {
  type FakeUpstream,
  rejection,
  startFakeUpstream,
  type Visit,
  visit,
} from '../fake-upstream.ts'
import { QUICK, stall } from './faults.ts'

/** An attempt lasts so long that no answer of a busy machine is near it. */
const LIMITS = {
  ...QUICK,
  callDeadlineMs: 60_000,
  attemptMs: 20_000,
  stallMs: 100,
  retryPercent: 20,
}
const WELL = '{"ok":true}'

/** Well at once, until it is told how to answer from then on. */
class Upstream {
  answer: RequestListener = (_request, response) => void response.end(WELL)
  readonly listener: RequestListener = (request, response) => this.answer(request, response)

  /** Stalls so many requests. */
  stall(times: number): void {
    const { answer } = this
    let left = times
    this.answer = (request, response) => {
      left -= 1
      if (left >= 0) stall(request, response)
      else answer(request, response)
    }
  }
}

async function learn(visitor: Visit, answers = 20): Promise<void> {
  for (let count = 0; count < answers; count++) await visitor.get()
}

async function opened(limits: object = {}) {
  const upstream = new Upstream()
  const server: FakeUpstream = await startFakeUpstream(upstream.listener)
  const visitor = visit(server.url, { ...LIMITS, ...limits })
  return {
    upstream,
    server,
    visitor,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]()
      await visitor[Symbol.asyncDispose]()
    },
  }
}

describe('an attempt that takes much longer than usual', () => {
  it('is made again long before its deadline', async () => {
    await using each = await opened()
    await learn(each.visitor)
    each.upstream.stall(1)
    expect(await elapsedMs(() => each.visitor.get())).toBeLessThan(10_000)
    expect(each.visitor.calls.at(-1)).toMatchObject({ outcome: 'ok', attempts: 2 })
  })

  it('has its deadline while it is not known what is usual', async () => {
    await using each = await opened({ attemptMs: 400 })
    await learn(each.visitor, 10)
    each.upstream.stall(1)
    expect(await elapsedMs(() => each.visitor.get())).toBeGreaterThan(390)
  })

  it('is given up once in a call: the next one has its whole time', async () => {
    await using each = await opened({ attemptMs: 600 })
    await learn(each.visitor)
    each.upstream.stall(2)
    const failing = rejection(each.visitor.get())
    expect(await elapsedMs(() => failing)).toBeGreaterThan(690)
    expect(await failing).toBeInstanceOf(UpstreamTimeoutError)
    expect(each.visitor.calls.at(-1)).toMatchObject({ attempts: 2 })
  })

  it('goes on if no further one can be paid for, and is answered', async () => {
    await using each = await opened({ retryPercent: 0 })
    await learn(each.visitor)
    const late: RequestListener = (_request, response) =>
      void setTimeout(() => response.end(WELL), 3000)
    each.upstream.answer = late
    // What may be spent without traffic pays for two.
    const calls = await Promise.all(Array.from({ length: 6 }, () => each.visitor.get()))
    expect(calls).toEqual(Array(6).fill({ ok: true }))
    const attempts = each.visitor.calls.slice(-6).map(call => call.attempts)
    expect(attempts.toSorted()).toEqual([1, 1, 1, 1, 2, 2])
  })

  it('costs no more than an attempt that fails at its deadline: two retries', async () => {
    await using each = await opened({ retryPercent: 0 })
    await learn(each.visitor)
    for (const _ of [1, 2]) {
      each.upstream.stall(1)
      await each.visitor.get()
    }
    each.upstream.answer = (_request, response) => void response.writeHead(500).end()
    await rejection(each.visitor.get())
    // Five may be spent within ten seconds, of which one is left.
    expect(each.visitor.calls.at(-1)).toMatchObject({ attempts: 2 })
  })
})

describe('what is usual', () => {
  it('is unknown before 16 answers', () => {
    const patience = new Patience(1000)
    for (let count = 0; count < 15; count++) patience.noteAnswer(10)
    expect(patience.ms).toBe(Number.POSITIVE_INFINITY)
    patience.noteAnswer(10)
    expect(patience.ms).toBe(1000)
  })

  it('is five times what nearly all answers took, whatever a few did', () => {
    const patience = new Patience(1000)
    for (let count = 1; count <= 64; count++) patience.noteAnswer(count % 32 === 0 ? 60_000 : 400)
    expect(patience.ms).toBe(2000)
  })

  it('follows an upstream that becomes slower, and quicker again', () => {
    const patience = new Patience(1000)
    for (let count = 0; count < 64; count++) patience.noteAnswer(10)
    for (let count = 0; count < 64; count++) patience.noteAnswer(800)
    expect(patience.ms).toBe(4000)
    for (let count = 0; count < 64; count++) patience.noteAnswer(10)
    expect(patience.ms).toBe(1000)
  })
})
