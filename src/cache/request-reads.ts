import type { UpstreamSession } from '../upstream/client.ts'
import type { EndpointName } from '../upstream/endpoint.ts'
import type { AnswerCache, AnswerOwner } from './answer-cache.ts'
import type { AnswerStamp, HeldAnswer } from './held-answer.ts'
import { HeldBlocks } from './held-blocks.ts'
import { HeldReading } from './held-reading.ts'
import type { AnswerKind } from './lifetimes.ts'
import type { Reading, ReadingOptions, Reads } from './reads.ts'

/**
 * Where an answer came from: it was held, or another request's call gave it, or a call of its own.
 */
export type ReadOutcome = 'fresh' | 'stale' | 'stale_on_error' | 'shared' | 'called'

export interface ReadAnswer {
  readonly kind: AnswerKind
  readonly outcome: ReadOutcome
  /** The time since it was received. */
  readonly ageMs: number
  /** Why it is stale: the code of the failure, or `REFRESHING`; undefined if it is not. */
  readonly staleReason: string | undefined
}

interface RequestReadsOptions {
  readonly cache: AnswerCache
  readonly owner: AnswerOwner
  /** The request's own session. */
  readonly calls: UpstreamSession
  /** A session that no request ends, for what is asked for again behind its readers. */
  readonly openRefreshing: () => UpstreamSession
  /** Aborts when the caller hangs up. */
  readonly signal: AbortSignal
  /** How long the operation may take. */
  readonly deadlineMs: number
  /**
   * How old an answer may be that the caller accepts, measured from when it was asked for. Default:
   * any age.
   */
  readonly maxAgeMs?: number | undefined
  /** Called for each answer that is given. */
  readonly onRead: (read: ReadAnswer) => void
}

export interface NamedAnswer {
  readonly name: string
  readonly endpoint: EndpointName
}

/** What one request reads of the upstream, or of what is held of it. */
export class RequestReads implements Reads {
  readonly isHolding = true
  readonly beganAtMs: number
  readonly options: RequestReadsOptions
  readonly #answers = new Set<AnswerStamp>()
  readonly #needed = new Map<string, EndpointName>()
  #isRepeatable = true
  #oldestMs: number
  #newestMs = Number.NEGATIVE_INFINITY

  constructor(options: RequestReadsOptions) {
    this.options = options
    this.beganAtMs = options.cache.nowMs()
    this.#oldestMs = this.beganAtMs
  }

  get calls(): UpstreamSession {
    return this.options.calls
  }

  get oldestMs(): number {
    return this.#oldestMs
  }

  get newestMs(): number {
    return this.#newestMs
  }

  /**
   * The answers that were given, if whoever asks for the same may be given what was made of them, for as
   * long as they are held and fresh. Undefined if one was stale, or something is said to be absent.
   */
  get repeatable(): ReadonlySet<AnswerStamp> | undefined {
    return this.#isRepeatable && this.#answers.size > 0 ? this.#answers : undefined
  }

  /** The answers that were needed: their endpoints by the names that they are held under. */
  get needed(): ReadonlyMap<string, EndpointName> {
    return this.#needed
  }

  noteAbsence(): void {
    this.#isRepeatable = false
  }

  open(options: ReadingOptions = {}): Reading {
    const { notBeforeMs = Number.NEGATIVE_INFINITY } = options
    return new HeldReading(this, {
      ...options,
      notBeforeMs: Math.max(notBeforeMs, this.#oldestWantedMs),
    })
  }

  get blocks(): HeldBlocks {
    return new HeldBlocks(this, this.#oldestWantedMs)
  }

  get #oldestWantedMs(): number {
    const { maxAgeMs = Number.POSITIVE_INFINITY } = this.options
    return this.beganAtMs - maxAgeMs
  }

  /** A block was made of answers: from now on it is needed in their place. */
  noteMade({ name, endpoint }: NamedAnswer, madeOf: ReadonlySet<string>): void {
    for (const each of madeOf) this.#needed.delete(each)
    this.#needed.set(name, endpoint)
  }

  /** One that is not fresh is needed by itself no more than any other: a call says whether it is right. */
  noteBlock({ name, endpoint }: NamedAnswer, block: HeldAnswer, outcome: ReadOutcome): void {
    if (block.isFresh(this.options.cache.nowMs())) this.#needed.set(name, endpoint)
    this.#noteAnswer(block, outcome)
  }

  noteRead({ name, endpoint }: NamedAnswer, answer: HeldAnswer, outcome: ReadOutcome): void {
    this.#needed.set(name, endpoint)
    this.#noteAnswer(answer, outcome)
  }

  #noteAnswer(answer: HeldAnswer, outcome: ReadOutcome): void {
    this.#oldestMs = Math.min(this.#oldestMs, answer.beganAtMs)
    this.#newestMs = Math.max(this.#newestMs, answer.receivedAtMs)
    this.#answers.add(answer.stamp)
    this.#isRepeatable &&= !outcome.startsWith('stale')
    this.options.onRead({
      kind: answer.kind,
      outcome,
      ageMs: Math.max(0, this.options.cache.nowMs() - answer.receivedAtMs),
      staleReason: staleReasonOf(answer, outcome),
    })
  }
}

function staleReasonOf({ failure }: HeldAnswer, outcome: ReadOutcome): string | undefined {
  if (outcome === 'stale') return 'REFRESHING'
  return outcome === 'stale_on_error' ? (failure ?? 'UPSTREAM_UNAVAILABLE') : undefined
}
