import type { ExecutionResult } from 'graphql'
import { LRUCache } from 'lru-cache'
import type { AnswerStamp } from '../../cache/held-answer.ts'
import type { Log } from '../../log.ts'
import type { EncodedBody } from '../http/response.ts'
import type { Metrics } from '../metrics/metrics.ts'
import { maxAgeMsOf } from './held-answers.ts'
import { type OperationTrace, type ServerContext, wantsCost } from './operation-context.ts'
import { logRepeated } from './upstream-log.ts'

/** An answer as it was sent, and what it was made of. */
interface RepeatedAnswer {
  readonly body: EncodedBody & { readonly bytes: Buffer }
  readonly operationName: string | undefined
  readonly operationType: string | undefined
  readonly plan: OperationTrace['plan']
  /** The upstream's answers that it was made of. */
  readonly madeOf: readonly AnswerStamp[]
  /** When the oldest of these was asked for, in milliseconds since 1970. */
  readonly oldestMs: number
  readonly freshUntilMs: number
}

interface RepeatedAnswersOptions {
  readonly maxBytes: number
  readonly nowMs: () => number
}

/** Labels and names that it was made with are not held, and may be learnt anew. */
const LONGEST_MS = 60_000
/** To copy a larger one would keep others waiting. */
const LARGEST_BYTES = 1024 * 1024
/** Of keys that were asked once. */
const BYTES_OF_KEYS = 1024 * 1024
/** What is kept beside the body: about what its plan and its list take. */
const BYTES_OF_AN_ENTRY = 2000

/**
 * Answers as bytes, by what was asked and by whom. What is asked a second time is kept, and given again
 * as long as all of the upstream's answers that it was made of are held and fresh.
 */
export class RepeatedAnswers {
  readonly nowMs: () => number
  readonly #answers: LRUCache<string, RepeatedAnswer>
  /** Keys of what was asked once, and may be asked again. */
  readonly #asked = new LRUCache<string, true>({
    maxSize: BYTES_OF_KEYS,
    sizeCalculation: (_, key) => key.length * 2 + 1,
  })

  constructor({ maxBytes, nowMs }: RepeatedAnswersOptions) {
    this.nowMs = nowMs
    this.#answers = new LRUCache({
      maxSize: maxBytes,
      sizeCalculation: ({ body }, key) => BYTES_OF_AN_ENTRY + key.length * 2 + body.bytes.length,
    })
  }

  /** Undefined if there is none for a key that is as new as the caller wants it. */
  find(key: string, maxAgeMs = Number.POSITIVE_INFINITY): RepeatedAnswer | undefined {
    const answer = this.#answers.get(key)
    if (!answer) return undefined
    const nowMs = this.nowMs()
    if (nowMs < answer.freshUntilMs && answer.madeOf.every(({ isHeld }) => isHeld))
      return answer.oldestMs >= nowMs - maxAgeMs ? answer : undefined
    this.#answers.delete(key)
    return undefined
  }

  keep(key: string, trace: OperationTrace, body: EncodedBody, madeOf: Iterable<AnswerStamp>): void {
    const answers = [...madeOf]
    const freshUntilMs = Math.min(...answers.map(each => each.freshUntilMs))
    if (body.bytes.length > LARGEST_BYTES || freshUntilMs <= this.nowMs()) return
    // Most of what is asked is asked once: to copy it would be in vain.
    if (!this.#asked.has(key)) return void this.#asked.set(key, true)
    const { operationName, operationType, plan } = trace
    this.#answers.set(key, {
      body: { ...body, bytes: Buffer.from(body.bytes) },
      operationName,
      operationType,
      plan,
      madeOf: answers,
      oldestMs: Math.min(...answers.map(({ beganAtMs }) => beganAtMs)),
      freshUntilMs: Math.min(this.nowMs() + LONGEST_MS, freshUntilMs),
    })
  }
}

/** Stands for the result that an answer was made of, which is not kept. */
const REPEATED: ExecutionResult = { data: {} }

/** One request, whose answer may be one that was given before, or be given again. */
export class Repetition {
  readonly #answers: RepeatedAnswers | undefined
  readonly #metrics: Metrics
  readonly #log: Log
  readonly #context: ServerContext
  readonly #writtenAs: string
  #key: string | undefined
  #found: RepeatedAnswer | undefined

  /** `writtenAs` is how the caller wants it written: its media type, its encoding. */
  constructor(
    { repeatedAnswers, metrics, log }: RepetitionOptions,
    context: ServerContext,
    writtenAs: string,
  ) {
    this.#answers = repeatedAnswers
    this.#metrics = metrics
    this.#log = log
    this.#context = context
    this.#writtenAs = writtenAs
  }

  /** What stands for the result of what is asked; undefined if that has to run. */
  resultFor(asked: string): ExecutionResult | undefined {
    if (!this.#answers) return undefined
    const { trace, incoming } = this.#context
    this.#key = keyOf(this.#context, asked, this.#writtenAs)
    if (!this.#key) return undefined
    this.#found = this.#answers.find(this.#key, maxAgeMsOf(incoming))
    if (!this.#found) return undefined
    const { operationName, operationType, plan } = this.#found
    Object.assign(trace, { operationName, operationType, plan })
    return REPEATED
  }

  /** Undefined unless the result still is the one that stands for an answer: steps may refuse it. */
  bodyOf(result: ExecutionResult): EncodedBody | undefined {
    if (result !== REPEATED || !this.#found) return undefined
    this.#noteGiven(this.#found)
    return this.#found.body
  }

  #noteGiven({ madeOf }: RepeatedAnswer): void {
    const nowMs = this.#answers?.nowMs() ?? 0
    let oldestMs = 0
    for (const { kind, receivedAtMs } of madeOf) {
      const ageMs = nowMs - receivedAtMs
      oldestMs = Math.max(oldestMs, ageMs)
      this.#metrics.onCacheRead({ kind, outcome: 'fresh', ageMs, staleReason: undefined })
    }
    logRepeated(this.#log, this.#context.trace.identity, madeOf.length, oldestMs)
  }

  keep(result: ExecutionResult, body: EncodedBody): void {
    const { callerIfKnown: caller, trace } = this.#context
    const isWhole = result.data && !result.errors
    if (!this.#key || this.#found || !isWhole || !caller?.repeatable) return
    // A refusal in the meantime is about what was read, too.
    const isOfGeneration = this.#key.startsWith(`${caller.generation} `)
    if (isOfGeneration) this.#answers?.keep(this.#key, trace, body, caller.repeatable)
  }
}

interface RepetitionOptions {
  readonly repeatedAnswers: RepeatedAnswers | undefined
  readonly metrics: Metrics
  readonly log: Log
}

/**
 * All of a request that decides what its answer says and how it is written. Undefined for one whose
 * answer is its own: the account is not known yet, or it wants to know what it costs.
 */
function keyOf(
  { incoming, callerIfKnown: caller }: ServerContext,
  asked: string,
  writtenAs: string,
): string | undefined {
  const { generation, permissions } = caller ?? {}
  if (generation === undefined || !permissions || wantsCost(incoming)) return undefined
  const granted = Object.values(permissions).map(Number).join('')
  return `${generation} ${granted} ${incoming.method} ${writtenAs} ${asked}`
}
