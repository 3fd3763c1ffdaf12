import { LRUCache } from 'lru-cache'
import type { CallerName } from '../client.ts'
import { ENDPOINT_NOUNS, type EndpointName } from '../endpoint.ts'
import {
  UpstreamBadResponseError,
  UpstreamError,
  UpstreamTimeoutError,
  UpstreamUnavailableError,
} from '../errors.ts'
import { Breaker, type Failure } from './breaker.ts'

/** Not of one target alone, nor of two that happen to be odd. */
const TARGETS = 3

/** Of whom failures are remembered. If more meet some, it is an outage of all. */
const MAX_CALLERS = 200

/** A call that was let through, until its outcome is known. */
interface Passage {
  /** Whether it is to find out if an outage is over. */
  readonly isProbe: boolean
  succeed(nowMs: number): void
  /** An error that is none of the upstream's says nothing of it. */
  fail(error: unknown, nowMs: number): void
}

/**
 * The breakers of one endpoint: one for all callers, which opens if several of them meet failures,
 * and one for each caller who does, so that a caller for whom everything fails stops asking and
 * leaves the others alone.
 */
export class EndpointBreaker {
  readonly #endpoint: EndpointName
  readonly #failures: number
  readonly #random: () => number
  readonly #ofAll: Breaker
  /** Only of callers who have met a failure. */
  readonly #ofCallers = new LRUCache<CallerName, Breaker>({ max: MAX_CALLERS })

  /** `failures` is how many open it; 0: none do. */
  constructor(endpoint: EndpointName, failures: number, random: () => number) {
    this.#endpoint = endpoint
    this.#failures = failures
    this.#random = random
    this.#ofAll = new Breaker({ failures, targets: TARGETS, callers: 2 }, random)
  }

  /** Whether it is open for all callers. */
  get isOpen(): boolean {
    return this.#ofAll.isOpen
  }

  /** Throws UpstreamUnavailableError if a call would not be let through now. */
  check(caller: CallerName, nowMs: number): void {
    const ofCaller = this.#ofCallers.get(caller)
    if (this.#ofAll.admits(nowMs) && (ofCaller?.admits(nowMs) ?? true)) return
    throw new UpstreamUnavailableError(
      `The upstream is not asked for ${ENDPOINT_NOUNS[this.#endpoint]}: it has failed again and again, and is asked in some seconds again.`,
      { reason: 'breaker-open', maxRetries: 0 },
    )
  }

  /** Lets a call through. Throws as `check` does. */
  enter(failure: Failure, nowMs: number): Passage {
    const { caller } = failure
    this.check(caller, nowMs)
    const ofCaller = this.#ofCallers.get(caller)
    const pass = this.#ofAll.enter(nowMs)
    const callersPass = ofCaller?.enter(nowMs) ?? 'usual'
    return {
      isProbe: pass === 'probe' || callersPass === 'probe',
      succeed: atMs => {
        this.#ofAll.succeed(pass, atMs)
        ofCaller?.succeed(callersPass, atMs)
      },
      fail: (error, atMs) => {
        if (isOutage(error)) {
          this.#ofAll.fail(pass, failure, atMs)
          this.#breakerOf(caller).fail(callersPass, failure, atMs)
        } else if (error instanceof UpstreamError) {
          this.#ofAll.refuse(pass, atMs)
          ofCaller?.refuse(callersPass, atMs)
        } else {
          this.#ofAll.leave(pass)
          ofCaller?.leave(callersPass)
        }
      },
    }
  }

  #breakerOf(caller: CallerName): Breaker {
    const known = this.#ofCallers.get(caller)
    if (known) return known
    const options = { failures: this.#failures, targets: TARGETS, callers: 1 }
    const breaker = new Breaker(options, this.#random)
    this.#ofCallers.set(caller, breaker)
    return breaker
  }
}

/** Whether an error speaks against the upstream, not against this call or its caller. */
const isOutage = (error: unknown) =>
  error instanceof UpstreamUnavailableError ||
  error instanceof UpstreamTimeoutError ||
  error instanceof UpstreamBadResponseError
