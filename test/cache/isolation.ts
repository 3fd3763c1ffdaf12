import type { AnswerOwner } from '../../src/cache/answer-cache.ts'
import { AnswerCache } from '../../src/cache/answer-cache.ts'
import { RequestReads } from '../../src/cache/request-reads.ts'
import { parseConfig } from '../../src/config.ts'
import { Dice } from '../../src/emulator/random.ts'
import { createIdentities, type Identity } from '../../src/server/callers/identities.ts'
import { basicAuthorization, type UpstreamSession } from '../../src/upstream/client.ts'
import { UpstreamForbiddenError, UpstreamUnauthenticatedError } from '../../src/upstream/errors.ts'

/** Accounts and passwords that a careless key would mix up; some differ in the password alone. */
const ACCOUNTS = [
  ['a', 'b:c'],
  ['a', 'b'],
  ['ab', 'c'],
  ['a', 'bc'],
  ['A', 'b'],
  ['a ', 'b'],
  ['admin@example.com', 'old'],
  ['admin@example.com', 'new'],
  ['agent@example.com', 'old'],
  ['1 /x {}', '2 /x {}'],
] as const

const PATHS = ['/api/v1/remoterecord/histories.json', '/x.json', '/x.json {"page":1}'] as const

interface Stamped {
  readonly reader: string
  /** How often the account was refused before. */
  readonly refusals: number
}

interface Isolation {
  readonly operations: number
  readonly calls: number
  readonly foreign: number
  /** Answers from before a refusal, given after it. */
  readonly outdated: number
}

/**
 * Has many accounts read the same at the same time, in any order, while some are refused now and
 * then. Each answer of the upstream is stamped with its reader; counts those that reach another.
 */
export async function checkIsolation(operations: number, seed: number): Promise<Isolation> {
  const random = new Dice(seed, 'isolation', 0)
  const world = new World(random)
  const parallel = 50
  for (let made = 0; made < operations; made += parallel) {
    const round = Array.from({ length: Math.min(parallel, operations - made) }, () => world.read())
    await Promise.all(round)
    world.pass()
  }
  const { calls, foreign, outdated } = world
  return { operations, calls, foreign, outdated }
}

class World {
  calls = 0
  foreign = 0
  outdated = 0
  readonly #random: Dice
  readonly #identities = createIdentities({ max: 9 })
  readonly #refusals = new Map<string, number>()
  readonly #cache: AnswerCache
  #nowMs = Date.parse('2026-11-23T12:00:00+08:00')

  constructor(random: Dice) {
    const { cache } = parseConfig({ CACHE_MIB: '1' })
    if (!cache) throw new Error('expected a cache')
    this.#random = random
    this.#cache = new AnswerCache({
      ...cache,
      maxBytes: 60_000,
      nowMs: () => this.#nowMs,
      random: () => random.below(1000) / 1000,
    })
  }

  pass(): void {
    this.#nowMs += this.#random.below(1000)
  }

  async read(): Promise<void> {
    const authorization = this.#authorization()
    const identity = this.#identities.identityOf(authorization)
    const path = PATHS[this.#random.below(PATHS.length)] ?? ''
    const query = this.#random.below(2) === 0 ? {} : { page: this.#random.below(4) }
    const reading = this.#readsOf(identity, authorization).open()
    const refusals = this.#refusalsOf(authorization)
    try {
      const body = await reading.get('histories', path, query, answer => answer as Stamped)
      if (body.reader !== authorization) this.foreign += 1
      if (body.refusals < refusals) this.outdated += 1
    } catch (error) {
      if (!isRefusal(error)) throw error
    }
  }

  #authorization(): string {
    const [account, password] = ACCOUNTS[this.#random.below(ACCOUNTS.length)] ?? ['', '']
    return basicAuthorization(account, password)
  }

  #readsOf(identity: Identity, authorization: string): RequestReads {
    const owner: AnswerOwner = identity
    return new RequestReads({
      cache: this.#cache,
      owner,
      calls: this.#sessionOf(identity, authorization),
      openRefreshing: () => this.#sessionOf(identity, authorization),
      signal: new AbortController().signal,
      deadlineMs: 30_000,
      onRead: () => undefined,
    })
  }

  #sessionOf(identity: Identity, authorization: string): UpstreamSession {
    return {
      oddity: () => () => undefined,
      get: async (_endpoint, _path, _query, decode) => {
        this.calls += 1
        for (let tick = this.#random.below(6); tick > 0; tick--) await Promise.resolve()
        const refusal = identity.isKnown ? this.#refusal(authorization) : undefined
        if (refusal) {
          identity.onCall(refusal.code)
          throw refusal
        }
        const stamped = { reader: authorization, refusals: this.#refusalsOf(authorization) }
        for (let tick = this.#random.below(6); tick > 0; tick--) await Promise.resolve()
        identity.onCall('ok')
        return decode(stamped)
      },
    }
  }

  #refusal(authorization: string) {
    const draw = this.#random.below(200)
    if (draw > 1) return undefined
    this.#refusals.set(authorization, this.#refusalsOf(authorization) + 1)
    return draw === 0 ? new UpstreamUnauthenticatedError('no') : new UpstreamForbiddenError('no')
  }

  #refusalsOf(authorization: string): number {
    return this.#refusals.get(authorization) ?? 0
  }
}

const isRefusal = (error: unknown) =>
  error instanceof UpstreamUnauthenticatedError || error instanceof UpstreamForbiddenError
