import { AnswerCache, type AnswerOwner } from '../../src/cache/answer-cache.ts'
import { RequestReads } from '../../src/cache/request-reads.ts'
import { parseConfig } from '../../src/config.ts'
import { type AccountMemory, createAccountMemory } from '../../src/loaders/account-memory.ts'
import type { Query, UpstreamSession } from '../../src/upstream/client.ts'

type BodyOf = (path: string, query: Query) => unknown

const { cache: cacheOptions } = parseConfig({})

/** Between two events there is some time, however little, or nobody could say which came first. */
const MOMENT_MS = 0.001

/** An upstream without HTTP, on a clock of its own, and a cache before it as the program has it. */
export class VirtualUpstream {
  readonly cache: AnswerCache
  readonly memory: AccountMemory = createAccountMemory()
  nowMs = Date.parse('2026-11-23T12:00:00+08:00')
  readonly #owner: AnswerOwner = {
    name: 'owner',
    generation: 1,
    refusals: 0,
    renew: () => undefined,
  }
  readonly #callMs: readonly number[]
  readonly #bodyOf: BodyOf
  #calls = 0
  #underWay = 0

  /** Calls take so long, in turn. */
  constructor(callMs: readonly number[], bodyOf: BodyOf) {
    this.#callMs = callMs
    this.#bodyOf = bodyOf
    if (!cacheOptions) throw new Error('expected a cache by default')
    this.cache = new AnswerCache({ ...cacheOptions, nowMs: () => this.nowMs, random: () => 0.5 })
  }

  /** As each request has its own. */
  openReads(): RequestReads {
    return new RequestReads({
      cache: this.cache,
      owner: this.#owner,
      calls: this.#session,
      openRefreshing: () => this.#session,
      signal: new AbortController().signal,
      deadlineMs: 30_000,
      onRead: () => undefined,
    })
  }

  /** Once nothing is asked for again any more, time passes. */
  async pass(ms: number): Promise<void> {
    for (let quiet = 0; quiet < 2; quiet = this.#underWay === 0 ? quiet + 1 : 0)
      await new Promise(setImmediate)
    this.nowMs += ms + MOMENT_MS
  }

  /** Something changes: before and after are two times. */
  tick(): void {
    this.nowMs += MOMENT_MS
  }

  readonly #session: UpstreamSession = {
    oddity: () => () => undefined,
    get: async (_endpoint, path, query, decode) => {
      this.#underWay += 1
      try {
        const callMs = this.#callMs[this.#calls++ % this.#callMs.length] ?? 0
        await ticks(callMs % 4)
        this.nowMs += callMs / 2 + MOMENT_MS
        const body = await this.#bodyOf(path, query)
        this.nowMs += callMs / 2 + MOMENT_MS
        await ticks(callMs % 3)
        return decode(body)
      } finally {
        this.#underWay -= 1
      }
    },
  }
}

async function ticks(count: number): Promise<void> {
  for (let tick = 0; tick < count; tick++) await Promise.resolve()
}
