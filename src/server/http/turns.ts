import { OVERLOADED, RefusalError } from './refusals.ts'

interface TurnsOptions {
  /** A request that waits longer than this for its turn is turned away. */
  readonly maxWaitMs?: number
  readonly nowMs?: () => number
}

interface Waiting {
  readonly sinceMs: number
  readonly begin: () => void
  readonly turnAway: (refusal: RefusalError) => void
}

/**
 * In this pause the work that these requests began runs, and requests that have come since are
 * read.
 */
const TURNS_AT_ONCE = 8
/** To answer that there is no time takes some, too. */
const TURNED_AWAY_AT_ONCE = 50

/**
 * For so long at most, turns wait for connections that come in. Node accepts one in each iteration of
 * its loop: if each iteration gave turns, too, others would wait outside, where nobody sees for how long.
 */
const ACCEPTING_MS = 100

/**
 * Begins requests in the order in which they came, few at once. If more come than the process has time
 * for, each waits longer than the one before, and in the end longer than its caller. Those that waited
 * too long are turned away, which takes little time, so that the others are answered soon.
 */
export class Turns {
  readonly #maxWaitMs: number
  readonly #nowMs: () => number
  readonly #waiting: Waiting[] = []
  #hasNewConnection = false
  #gaveTurnsAtMs = 0

  constructor({ maxWaitMs = 1000, nowMs = () => performance.now() }: TurnsOptions = {}) {
    this.#maxWaitMs = maxWaitMs
    this.#nowMs = nowMs
  }

  /** Rejects with a RefusalError if it takes too long. */
  turn(): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const sinceMs = this.#nowMs()
    if (this.#waiting.length === 0) {
      this.#gaveTurnsAtMs = sinceMs
      setImmediate(this.#giveTurns)
    }
    this.#waiting.push({ sinceMs, begin: resolve, turnAway: reject })
    return promise
  }

  /** Is to be called for each connection that is accepted. */
  noteConnection(): void {
    this.#hasNewConnection = true
  }

  readonly #giveTurns = (): void => {
    const nowMs = this.#nowMs()
    const isAccepting = this.#hasNewConnection && nowMs - this.#gaveTurnsAtMs < ACCEPTING_MS
    this.#hasNewConnection = false
    if (isAccepting) {
      setImmediate(this.#giveTurns)
      return
    }
    this.#gaveTurnsAtMs = nowMs
    const late = nowMs - this.#maxWaitMs
    let begun = 0
    let turnedAway = 0
    for (const { sinceMs, begin, turnAway } of this.#waiting) {
      if (begun === TURNS_AT_ONCE || turnedAway === TURNED_AWAY_AT_ONCE) break
      if (sinceMs < late) {
        turnAway(new RefusalError(OVERLOADED))
        turnedAway += 1
      } else {
        begin()
        begun += 1
      }
    }
    this.#waiting.splice(0, begun + turnedAway)
    if (this.#waiting.length > 0) setImmediate(this.#giveTurns)
  }
}
