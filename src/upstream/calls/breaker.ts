import type { CallerName } from '../client.ts'

export interface BreakerOptions {
  /** So many failures among the latest outcomes open it. 0: it never opens. */
  readonly failures: number
  /** Of so many different targets; one that always fails is no outage. */
  readonly targets: number
  /** Of so many different callers. */
  readonly callers: number
}

/** A process sees little traffic, so it judges by counts: a rate would take too long to be one. */
const WINDOW = 10
/** An upstream that flaps changes the state no oftener than this. */
const LEAST_STATE_MS = 10_000
/** From one probe to the next, plus up to twice as long. */
const PROBE_EVERY_MS = 2000
/** After a probe that took longer than that: a moment, at random, so that processes spread theirs. */
const PROBE_SPREAD_MS = 500

/** A failed attempt: what was asked for, and by whom. */
export interface Failure {
  readonly target: string
  readonly caller: CallerName
}

/** How a call was let through: as usual, or to find out whether the outage is over. */
type Pass = 'usual' | 'probe'

/**
 * Stops asking for what fails, and finds out when it works again.
 *
 * While it is open, probes go through: one at a time, seconds apart. Once one succeeds, twice as many
 * may be under way as before, again and again, so that answers come long before it closes, which it
 * may do 10 s after it opened. A probe that fails begins anew.
 *
 * Libraries were tried for this: they change state with the first good answer, so that an upstream
 * that flaps makes them flap, and know nothing of targets and callers.
 */
export class Breaker {
  readonly #options: BreakerOptions
  readonly #random: () => number
  /** Undefined is a good answer. */
  readonly #recent: (Failure | undefined)[] = []
  #oldestAt = 0
  #isOpen = false
  #changedAtMs = Number.NEGATIVE_INFINITY
  #probesUnderWay = 0
  #probesAllowed = 1
  #nextProbeAtMs = 0
  #probeBeganAtMs = 0

  constructor(options: BreakerOptions, random: () => number) {
    this.#options = options
    this.#random = random
  }

  get isOpen(): boolean {
    return this.#isOpen
  }

  /** Whether a call would be let through now. */
  admits(nowMs: number): boolean {
    if (!this.#isOpen) return true
    return nowMs >= this.#nextProbeAtMs && this.#probesUnderWay < this.#probesAllowed
  }

  /** Lets a call through that `admits` allows. Its outcome must be reported. */
  enter(nowMs: number): Pass {
    if (!this.#isOpen) return 'usual'
    this.#probesUnderWay += 1
    this.#probeBeganAtMs = nowMs
    return 'probe'
  }

  /** The call came to an end that says nothing: its caller hung up. */
  leave(pass: Pass): void {
    if (pass === 'probe') this.#probesUnderWay -= 1
  }

  succeed(pass: Pass, nowMs: number): void {
    this.leave(pass)
    if (!this.#isOpen) this.#note(undefined)
    else if (pass === 'probe') this.#widen(nowMs)
  }

  /** The upstream works, and refused this very call: 401 of one caller is no news of the others. */
  refuse(pass: Pass, nowMs: number): void {
    if (pass === 'probe') this.succeed(pass, nowMs)
  }

  fail(pass: Pass, failure: Failure, nowMs: number): void {
    this.leave(pass)
    if (this.#isOpen) {
      if (pass === 'probe') this.#waitForProbe(nowMs)
      return
    }
    this.#note(failure)
    if (nowMs - this.#changedAtMs >= LEAST_STATE_MS && this.#isOutage()) this.#open(nowMs)
  }

  #note(outcome: Failure | undefined): void {
    this.#recent[this.#oldestAt] = outcome
    this.#oldestAt = (this.#oldestAt + 1) % WINDOW
  }

  #isOutage(): boolean {
    const { failures, targets, callers } = this.#options
    const failed = this.#recent.filter(outcome => outcome !== undefined)
    return (
      failures > 0 &&
      failed.length >= failures &&
      new Set(failed.map(({ target }) => target)).size >= targets &&
      new Set(failed.map(({ caller }) => caller)).size >= callers
    )
  }

  #open(nowMs: number): void {
    this.#isOpen = true
    this.#changedAtMs = nowMs
    this.#recent.length = 0
    this.#oldestAt = 0
    this.#probeBeganAtMs = nowMs
    this.#waitForProbe(nowMs)
  }

  #waitForProbe(nowMs: number): void {
    this.#probesAllowed = 1
    const sinceBeginMs = PROBE_EVERY_MS * (1 + this.#random())
    const afterEndMs = PROBE_SPREAD_MS * this.#random()
    this.#nextProbeAtMs = Math.max(this.#probeBeganAtMs + sinceBeginMs, nowMs + afterEndMs)
  }

  #widen(nowMs: number): void {
    this.#probesAllowed *= 2
    this.#nextProbeAtMs = nowMs
    if (nowMs - this.#changedAtMs < LEAST_STATE_MS) return
    this.#isOpen = false
    this.#changedAtMs = nowMs
    this.#probesAllowed = 1
  }
}
