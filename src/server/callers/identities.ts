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
  const kept = new LRUCache<string, Kept>({ max })
  let generations = 0
  let refusals = 0

  const nameOf = (authorization: string) =>
    createHmac('sha256', key).update(authorization).digest('base64')

  const accept = (name: string, memory: AccountMemory, acceptedAtMs: number) =>
    kept.set(name, { memory, generation: ++generations, acceptedAtMs })

  const named = (name: string): Identity => {
    let memory: AccountMemory | undefined
    return {
      name,
      get memory() {
        memory ??= kept.get(name)?.memory ?? createAccountMemory({ pageRows })
        return memory
      },
      get isKnown() {
        return kept.has(name)
      },
      get isFresh() {
        return this.wasAcceptedWithin(FRESH_MS)
      },
      wasAcceptedWithin(ms) {
        const acceptedAtMs = kept.peek(name)?.acceptedAtMs
        return acceptedAtMs !== undefined && nowMs() - acceptedAtMs < ms
      },
      get generation() {
        return kept.peek(name)?.generation
      },
      renew() {
        const existing = kept.get(name)
        if (existing) existing.generation = ++generations
      },
      get refusals() {
        return refusals
      },
      onCall(outcome) {
        if (outcome === 'UNAUTHENTICATED') kept.delete(name)
        if (outcome === 'UNAUTHENTICATED' || outcome === 'FORBIDDEN') refusals += 1
        const existing = kept.get(name)
        if (existing && outcome === 'FORBIDDEN') existing.generation = ++generations
        if (outcome !== 'ok') return
        if (existing) existing.acceptedAtMs = nowMs()
        else accept(name, this.memory, nowMs())
      },
    }
  }

  return {
    identityOf: authorization => named(nameOf(authorization)),
    shared(authorization) {
      const name = nameOf(authorization)
      // No caller can have made it up: so answers are kept for it from the start.
      accept(name, createAccountMemory({ pageRows }), Number.NEGATIVE_INFINITY)
      return () => named(name)
    },
  }
}
