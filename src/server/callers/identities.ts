import { createHmac, randomBytes } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { type AccountMemory, createAccountMemory } from '../../loaders/account-memory.ts'

/** What is known of an account of the upstream, for as long as a request lives. */
export interface Identity {
  /** Stands for the credential, which nobody can read from it. */
  readonly name: string
  readonly memory: AccountMemory
  /** Whether the upstream accepted the credential before, and has not refused it since. */
  readonly isKnown: boolean
  /** Whether it did so within the last minute. */
  readonly isFresh: boolean
  /** Whether it did so within the last milliseconds, and has not refused it since. */
  wasAcceptedWithin(ms: number): boolean
  /** Changes with each refusal by the upstream; undefined until it accepted the credential. */
  readonly generation: number | undefined
  /** Has a new generation begin, as after a refusal. */
  renew(): void
  /** How often the upstream has refused anyone: nothing is kept of those whom it never accepted. */
  readonly refusals: number
  /** Is called with the outcome of each call of this identity. */
  onCall(outcome: string): void
}

/** By the whole `Authorization` value for the upstream. */
export type IdentityOf = (authorization: string) => Identity

interface Identities {
  readonly identityOf: IdentityOf
  /**
   * Of an account that all callers share, for each of their requests. Its name is made once: that
   * is a tenth of the work for a small request.
   */
  shared(authorization: string): () => Identity
}

interface IdentitiesOptions {
  /** What credentials are hashed with. Default: one of this process alone. */
  readonly key?: Buffer | undefined
  /** How many records may be asked for at once. */
  readonly pageRows?: number | undefined
  readonly max?: number
  readonly nowMs?: (() => number) | undefined
}

interface Kept {
  readonly memory: AccountMemory
  generation: number
  acceptedAtMs: number
}

/** A password that was changed is noticed so soon, even by callers who need no upstream call. */
const FRESH_MS = 60_000

/**
 * Keeps what was learnt apart for each upstream credential, of which it holds no copy.
 *
 * An identity is kept from its first successful call on, and dropped as soon as the upstream no
 * longer accepts it: so made-up credentials take no room.
 */
export function createIdentities({
  key = randomBytes(32),
  pageRows,
  max = 500,
  nowMs = () => performance.now(),
}: IdentitiesOptions = {}): Identities {
  const nameOf = (authorization: string) =>
    createHmac('sha256', key).update(authorization).digest('base64')
  const accounts = new Accounts({ max, nowMs, pageRows })

  return {
    identityOf: authorization => new AccountIdentity(accounts, nameOf(authorization)),
    shared(authorization) {
      const name = nameOf(authorization)
      // No caller can have made it up: so answers are kept for it from the start.
      accounts.accept(name, accounts.createMemory(), Number.NEGATIVE_INFINITY)
      return () => new AccountIdentity(accounts, name)
    },
  }
}

/** The accounts that the upstream accepted, by the name of their identity. */
class Accounts {
  readonly kept: LRUCache<string, Kept>
  readonly nowMs: () => number
  readonly #pageRows: number | undefined
  refusals = 0
  #generations = 0

  constructor({
    max,
    nowMs,
    pageRows,
  }: { max: number; nowMs: () => number; pageRows: number | undefined }) {
    this.kept = new LRUCache({ max })
    this.nowMs = nowMs
    this.#pageRows = pageRows
  }

  createMemory(): AccountMemory {
    return createAccountMemory({ pageRows: this.#pageRows })
  }

  accept(name: string, memory: AccountMemory, acceptedAtMs: number): void {
    this.kept.set(name, { memory, generation: this.nextGeneration(), acceptedAtMs })
  }

  nextGeneration(): number {
    this.#generations += 1
    return this.#generations
  }
}

class AccountIdentity implements Identity {
  readonly name: string
  readonly #accounts: Accounts
  #memory: AccountMemory | undefined

  constructor(accounts: Accounts, name: string) {
    this.#accounts = accounts
    this.name = name
  }

  get memory(): AccountMemory {
    this.#memory ??= this.#accounts.kept.get(this.name)?.memory ?? this.#accounts.createMemory()
    return this.#memory
  }

  get isKnown(): boolean {
    return this.#accounts.kept.has(this.name)
  }

  get isFresh(): boolean {
    return this.wasAcceptedWithin(FRESH_MS)
  }

  wasAcceptedWithin(ms: number): boolean {
    const { kept, nowMs } = this.#accounts
    const acceptedAtMs = kept.peek(this.name)?.acceptedAtMs
    return acceptedAtMs !== undefined && nowMs() - acceptedAtMs < ms
  }

  get generation(): number | undefined {
    return this.#accounts.kept.peek(this.name)?.generation
  }

  renew(): void {
    const existing = this.#accounts.kept.get(this.name)
    if (existing) existing.generation = this.#accounts.nextGeneration()
  }

  get refusals(): number {
    return this.#accounts.refusals
  }

  onCall(outcome: string): void {
    const accounts = this.#accounts
    if (outcome === 'UNAUTHENTICATED') accounts.kept.delete(this.name)
    if (outcome === 'UNAUTHENTICATED' || outcome === 'FORBIDDEN') accounts.refusals += 1
    if (outcome === 'FORBIDDEN') this.renew()
    if (outcome !== 'ok') return
    const existing = accounts.kept.get(this.name)
    if (existing) existing.acceptedAtMs = accounts.nowMs()
    else accounts.accept(this.name, this.memory, accounts.nowMs())
  }
}
