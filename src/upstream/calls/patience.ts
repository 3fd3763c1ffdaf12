/** So many of the latest answers say what is usual. */
const ANSWERS = 64
/** It is found out anew after so many. Before that, nothing is usual. */
const EVERY = 16
/** Of all answers, nearly all were sooner. */
const USUAL_SHARE = 0.95
/** What takes so many times as long has stalled. */
const TIMES = 5

/**
 * How long an attempt is waited for, judged by the latest answers of the same endpoint. An answer that
 * never comes would else hold its place for as long as the slowest that does.
 */
export class Patience {
  readonly #leastMs: number
  readonly #durationsMs = new Float64Array(ANSWERS)
  #answers = 0
  #ms = Number.POSITIVE_INFINITY

  /** It is never less than `leastMs`. */
  constructor(leastMs: number) {
    this.#leastMs = leastMs
  }

  /** Infinity until enough is known. */
  get ms(): number {
    return this.#ms
  }

  noteAnswer(durationMs: number): void {
    this.#durationsMs[this.#answers % ANSWERS] = durationMs
    this.#answers += 1
    if (this.#answers % EVERY === 0) this.#ms = Math.max(this.#leastMs, TIMES * this.#usualMs())
  }

  #usualMs(): number {
    const known = this.#durationsMs.slice(0, this.#answers).sort()
    return known[Math.floor(known.length * USUAL_SHARE)] ?? 0
  }
}
