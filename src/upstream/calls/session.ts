import { parseAnswer } from '../bodies/answer.ts'
import { ACCEPTED_ENCODINGS } from '../bodies/body.ts'
import type { CallerName, OnBegin, Query, SessionOptions, UpstreamSession } from '../client.ts'
import type { EndpointName } from '../endpoint.ts'
import { UpstreamError, UpstreamTimeoutError } from '../errors.ts'
import { oddityFor } from '../oddity.ts'
import { type Attempt, beginAttempt, endOf } from './attempt.ts'
import { backoffMs } from './backoff.ts'
import { Call, type Decode, measured } from './call.ts'
import { Deadlines, type Verdict } from './deadline.ts'
import { Exchange } from './exchange.ts'
import { pauseTooLong } from './pauses.ts'
import type { SharedState } from './shared-state.ts'
import { callTimeout, operationTimeout } from './timeouts.ts'
import { delay, type Waiting } from './waiting.ts'

/** After a pause, all who waited for its end come back, though not at the same moment. */
const PAUSE_SPREAD_MS = 250
/** A slow upstream gets slower by being asked again. */
const COST_AFTER_TIMEOUT = 2

/**
 * Makes calls as one identity. Around each attempt, from outside in: the operation's deadline, the
 * call's, retries, the place among the calls under way, the endpoint's breaker, the attempt's deadline.
 */
export class Session implements UpstreamSession {
  readonly oddity: UpstreamSession['oddity']
  readonly #shared: SharedState
  readonly #options: SessionOptions
  readonly #headers: Readonly<Record<string, string>>
  readonly #caller: CallerName
  readonly #deadlines: Deadlines
  readonly #endsAtMs: number

  constructor(shared: SharedState, options: SessionOptions) {
    const { authorization, traceparent, signal, onOddity, caller = Symbol() } = options
    this.oddity = oddityFor(onOddity)
    this.#shared = shared
    this.#options = options
    this.#headers = {
      accept: 'application/json',
      'accept-encoding': ACCEPTED_ENCODINGS,
      authorization,
      ...(traceparent !== undefined && { traceparent }),
    }
    this.#caller = caller
    this.#deadlines = new Deadlines(signal)
    this.#endsAtMs = performance.now() + shared.limits.operationDeadlineMs
  }

  async get<Body>(
    endpoint: EndpointName,
    path: string,
    query: Query,
    decode: Decode<Body>,
    onBegin?: OnBegin,
  ): Promise<Body> {
    const { signal, beforeCall, onCall } = this.#options
    signal?.throwIfAborted()
    const beganAtMs = performance.now()
    const endsAtMs = Math.min(beganAtMs + this.#shared.limits.callDeadlineMs, this.#endsAtMs)
    const deadlines = this.#deadlines
    const call = new Call({ endpoint, path, query, decode, endsAtMs, signal, deadlines })
    if (endsAtMs <= beganAtMs) throw this.#timeout(call, endsAtMs)
    beforeCall?.(endpoint)
    onBegin?.(others =>
      call.outlive(others, performance.now() + this.#shared.limits.callDeadlineMs),
    )
    return measured(
      call,
      () => this.#make(call),
      measure => onCall?.({ endpoint, ...measure, attempts: call.attempts }),
    )
  }

  async #make<Body>(call: Call<Body>): Promise<Body> {
    const failures: UpstreamError[] = []
    for (;;) {
      try {
        return await this.#reportedAttempt(call)
      } catch (error) {
        if (!(error instanceof UpstreamError)) throw error
        failures.push(error)
        call.hasTimedOut ||= error instanceof UpstreamTimeoutError
        const waitMs = this.#waitAfter(failures, error, call)
        if (waitMs === undefined) throw error
        await this.#wait(call, waitMs)
      }
    }
  }

  #reportedAttempt<Body>(call: Call<Body>): Promise<Body> {
    const { onAttempt } = this.#options
    if (!onAttempt) return this.#attempt(call)
    const { endpoint, query, attempts } = call
    call.status = undefined
    return measured(
      call,
      () => this.#attempt(call),
      measure => {
        const attempt = call.attempts > attempts ? call.attempts : undefined
        onAttempt({ endpoint, query, attempt, status: call.status, ...measure })
      },
    )
  }

  /** How long to wait after a failure, the last one of all; undefined if there is to be no retry. */
  #waitAfter(
    failures: readonly UpstreamError[],
    last: UpstreamError,
    call: Call<unknown>,
  ): number | undefined {
    const ofItsKind = failures.filter(({ name }) => name === last.name).length
    if (failures.length >= this.#shared.limits.maxAttempts) return undefined
    if (ofItsKind > last.maxRetries) return undefined
    // A pause that was asked for is waited for by the next attempt itself.
    const pauseMs = this.#pauseMs(call)
    const waitMs = pauseMs > 0 ? 0 : backoffMs(failures.length, this.#shared.random)
    if (performance.now() + Math.max(pauseMs, waitMs) >= call.endsAtMs) return undefined
    const cost = last instanceof UpstreamTimeoutError ? COST_AFTER_TIMEOUT : 1
    const isPaid = call.isPaid || this.#tryPay(call, cost)
    call.isPaid = false
    return isPaid ? waitMs : undefined
  }

  #tryPay({ endpoint }: Call<unknown>, cost: number): boolean {
    return this.#shared.budgets(endpoint).tryWithdraw(cost)
  }

  /** One attempt, once it may be made. */
  async #attempt<Body>(call: Call<Body>): Promise<Body> {
    const { gate, breakers, pauses } = this.#shared
    const { endpoint, target } = call
    const pauseMs = this.#pauseMs(call)
    if (pauseMs > 0) await this.#waitForPause(call, pauseMs)
    breakers(endpoint).check(this.#caller, performance.now())
    const waiting = gate.enter(endpoint, this.#caller)
    if (waiting) await this.#waitFor(waiting, call)
    try {
      const passage = breakers(endpoint).enter({ target, caller: this.#caller }, performance.now())
      this.#noteAttempt(call)
      try {
        const body = await this.#exchange(call, passage.isProbe)
        passage.succeed(performance.now())
        return body
      } catch (error) {
        pauses.note(error, endpoint, this.#options.authorization)
        passage.fail(error, performance.now())
        throw error
      }
    } finally {
      gate.leave(endpoint, this.#caller)
    }
  }

  #noteAttempt(call: Call<unknown>): void {
    call.attempts += 1
    if (call.attempts === 1) this.#shared.budgets(call.endpoint).deposit()
    else this.#options.onRetry?.(call.endpoint)
  }

  /** Sends the call, and once more if a kept connection turns out to be closed. */
  async #exchange<Body>(call: Call<Body>, isProbe: boolean): Promise<Body> {
    const { limits, connections } = this.#shared
    const patience = this.#shared.patience(call.endpoint)
    const attempt = beginAttempt(call, limits, isProbe ? Number.POSITIVE_INFINITY : patience.ms)
    try {
      const body = await this.#send(call, attempt)
      patience.noteAnswer(performance.now() - attempt.beganAtMs)
      return body
    } catch (error) {
      if (!connections.isClosedByServer(error, attempt.beganAtMs)) throw error
      return await this.#send(call, attempt)
    }
  }

  async #send<Body>(call: Call<Body>, attempt: Attempt): Promise<Body> {
    const { endpoint, target, decode } = call
    const { limits, largeBodies, connections, pathPrefix } = this.#shared
    const exchange = new Exchange(endpoint, limits.maxBodyBytes, largeBodies)
    call.watch(exchange, attempt.stallsAtMs ?? endOf(attempt, call), () =>
      this.#judge(call, attempt),
    )
    try {
      connections.send(pathPrefix + target, this.#headers, exchange)
      const answer = await exchange.answer
      const body = parseAnswer(endpoint, answer, this.oddity(endpoint))
      return decode(body instanceof Promise ? await body : body)
    } finally {
      call.status = exchange.status
      call.release()
      largeBodies.release(exchange)
    }
  }

  /** A stalled attempt goes on to its deadline if another cannot be paid for. */
  #judge(call: Call<unknown>, attempt: Attempt): Verdict {
    const { longestMs, stallsAtMs } = attempt
    const endsAtMs = endOf(attempt, call)
    attempt.stallsAtMs = undefined
    if (stallsAtMs === undefined) return this.#judgeEnd(call, endsAtMs, longestMs)
    call.isPaid = this.#tryPay(call, COST_AFTER_TIMEOUT)
    if (!call.isPaid) return endsAtMs
    return this.#timeout(call, stallsAtMs, Math.round(stallsAtMs - attempt.beganAtMs))
  }

  /** An end may be later than when it was set, as others came to wait. */
  #judgeEnd(call: Call<unknown>, endsAtMs: number, attemptMs?: number): Verdict {
    return performance.now() < endsAtMs ? endsAtMs : this.#timeout(call, endsAtMs, attemptMs)
  }

  /** Waits no longer than the call may take. */
  async #waitFor(waiting: Waiting, call: Call<unknown>): Promise<void> {
    call.watch(waiting, call.endsAtMs, () => this.#judgeEnd(call, call.endsAtMs))
    try {
      await waiting.over
    } finally {
      call.release()
    }
  }

  async #wait(call: Call<unknown>, ms: number): Promise<void> {
    await this.#waitFor(delay(ms), call)
  }

  #pauseMs({ endpoint }: Call<unknown>): number {
    return this.#shared.pauses.remainingMs(endpoint, this.#options.authorization)
  }

  async #waitForPause(call: Call<unknown>, pauseMs: number): Promise<void> {
    const waitMs = pauseMs + PAUSE_SPREAD_MS * this.#shared.random()
    if (performance.now() + waitMs >= call.endsAtMs) throw pauseTooLong(call.endpoint, pauseMs)
    await this.#wait(call, waitMs)
  }

  /** Names the deadline that came first: the operation's, the call's, or its attempt's. */
  #timeout(call: Call<unknown>, endedAtMs: number, attemptMs?: number): UpstreamTimeoutError {
    const { operationDeadlineMs, callDeadlineMs } = this.#shared.limits
    if (endedAtMs === this.#endsAtMs) return operationTimeout(call.endpoint, operationDeadlineMs)
    const isOfAttempt = attemptMs !== undefined && endedAtMs !== call.endsAtMs
    return callTimeout(call.endpoint, isOfAttempt ? attemptMs : callDeadlineMs)
  }
}
