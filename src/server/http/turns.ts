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

/**
 * Begins requests in the order in which they came, few at once. If more come than the process has time
 * for, each waits longer than the one before, and in the end longer than its caller. Those that waited
 * too long are turned away, which takes no time, so that the others are answered soon.
 */
export class Turns {
  readonly #maxWaitMs: number
  readonly #nowMs: () => number
  #waiting: Waiting[] = []
  #next = 0

  constructor({ maxWaitMs = 1000, nowMs = () => performance.now() }: TurnsOptions = {}) {
    this.#maxWaitMs = maxWaitMs
    this.#nowMs = nowMs
  }

  /** Rejects with a RefusalError if it takes too long. */
  turn(): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    if (this.#waiting.length === 0) setImmediate(this.#giveTurns)
    this.#waiting.push({ sinceMs: this.#nowMs(), begin: resolve, turnAway: reject })
    return promise
  }

  readonly #giveTurns = (): void => {
    const late = this.#nowMs() - this.#maxWaitMs
    let begun = 0
    while (this.#next < this.#waiting.length && begun < TURNS_AT_ONCE) {
      const waiting = this.#waiting[this.#next]
      this.#next += 1
      if (waiting && waiting.sinceMs < late) waiting.turnAway(new RefusalError(OVERLOADED))
      else {
        waiting?.begin()
        begun += 1
      }
    }
    if (this.#next < this.#waiting.length) setImmediate(this.#giveTurns)
    else {
      this.#waiting = []
      this.#next = 0
    }
  }
}
