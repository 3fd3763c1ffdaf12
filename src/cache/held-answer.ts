import type { UpstreamErrorCode } from '../upstream/errors.ts'
import type { AnswerKind, Lifetime } from './lifetimes.ts'

/**
 * What an answer that is held may be used for now: given at once; given while it is asked for again;
 * given without asking, since the upstream failed a moment ago; given only if the upstream fails; or
 * nothing.
 */
type Use = 'fresh' | 'stale' | 'stale until the next try' | 'if the upstream fails' | 'none'

export interface ReceivedAnswer {
  readonly kind: AnswerKind
  /** The parsed JSON, which nobody changes; or an UpstreamNotFoundError. */
  readonly body: unknown
  /** Of the memory that it takes, about. */
  readonly bytes: number
  /** When it was asked for and when it was there: the upstream made it in between. */
  readonly beganAtMs: number
  readonly receivedAtMs: number
  /** The process by whose clock these times are; undefined for this one. */
  readonly origin?: string | undefined
}

/** What is to be known of an answer that something was made of, without the answer itself. */
export interface AnswerStamp {
  readonly kind: AnswerKind
  readonly beganAtMs: number
  readonly receivedAtMs: number
  readonly freshUntilMs: number
  /** Whether it is held now; not any more once another one has taken its place. */
  isHeld: boolean
}

const FIRST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 30_000

/** An answer of the upstream, with the times until which it may be given. */
export class HeldAnswer implements ReceivedAnswer {
  readonly kind: AnswerKind
  readonly body: unknown
  readonly bytes: number
  readonly beganAtMs: number
  readonly receivedAtMs: number
  readonly origin: string | undefined
  readonly #staleUntilMs: number
  readonly #usableOnErrorUntilMs: number
  #failures = 0
  #nextTryAtMs = 0
  #failure: UpstreamErrorCode | undefined
  readonly stamp: AnswerStamp
  /** Is pending while it is asked for again behind its readers. */
  refreshing: Promise<void> | undefined

  constructor(answer: ReceivedAnswer, { freshMs, staleMs }: Lifetime, staleOnErrorMs: number) {
    this.kind = answer.kind
    this.body = answer.body
    this.bytes = answer.bytes
    this.beganAtMs = answer.beganAtMs
    this.receivedAtMs = answer.receivedAtMs
    this.origin = answer.origin
    const { kind, beganAtMs, receivedAtMs } = answer
    const freshUntilMs = receivedAtMs + freshMs
    this.stamp = { kind, beganAtMs, receivedAtMs, freshUntilMs, isHeld: false }
    this.#staleUntilMs = answer.receivedAtMs + staleMs
    this.#usableOnErrorUntilMs = answer.receivedAtMs + staleOnErrorMs
  }

  /** Why it was not replaced: the code of the latest failure; undefined if none is known. */
  get failure(): UpstreamErrorCode | undefined {
    return this.#failure
  }

  get usableUntilMs(): number {
    return Math.max(this.#staleUntilMs, this.#usableOnErrorUntilMs)
  }

  isFresh(nowMs: number): boolean {
    return nowMs < this.stamp.freshUntilMs
  }

  useAt(nowMs: number): Use {
    if (this.isFresh(nowMs)) return 'fresh'
    const mayReplaceFailure = nowMs < this.#usableOnErrorUntilMs
    const isFailing = this.#failures > 0
    // While the upstream is known to fail, the limit for failures counts, however long copies serve else.
    if (isFailing && !mayReplaceFailure) return 'none'
    if (isFailing && nowMs < this.#nextTryAtMs) return 'stale until the next try'
    if (nowMs < this.#staleUntilMs) return 'stale'
    return mayReplaceFailure ? 'if the upstream fails' : 'none'
  }

  /** Whether it may stand for an answer that failed just now. */
  mayReplaceFailureAt(nowMs: number): boolean {
    return nowMs < this.#usableOnErrorUntilMs
  }

  /** It was asked for again, and that failed: the next try waits 1 s, then twice as long, up to 30 s. */
  noteFailure(code: UpstreamErrorCode, nowMs: number, random: () => number): void {
    const waitMs = Math.min(FIRST_WAIT_MS * 2 ** this.#failures, LONGEST_WAIT_MS)
    this.#failures += 1
    this.#failure = code
    this.#nextTryAtMs = nowMs + waitMs * (0.5 + random() / 2)
  }
}
