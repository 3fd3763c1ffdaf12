interface RetryBudgetOptions {
  /** How many retries a hundred first attempts pay for. */
  readonly percent: number
  /** What may be spent beside that, so that little traffic can retry too. */
  readonly reservePerSecond: number
}

/** In hundredths, so that sums are exact. */
const RETRY = 100
/** What was paid in long ago must not pay for the retries of an outage. */
const WINDOW_S = 10

/**
 * Keeps retries a small share of all attempts, as Finagle and Linkerd do: first attempts pay in,
 * retries are paid from it, and both count for 10 s. So an outage makes no storm of calls.
 */
export class RetryBudget {
  readonly #options: RetryBudgetOptions
  readonly #nowMs: () => number
  /** What is left of each of the latest seconds, by its number modulo their number. */
  readonly #left = new Float64Array(WINDOW_S)
  #second: number

  constructor(options: RetryBudgetOptions, nowMs: () => number) {
    this.#options = options
    this.#nowMs = nowMs
    this.#second = this.#currentSecond()
  }

  /** Pays in for one first attempt. */
  deposit(): void {
    this.#forgetOld()
    const at = this.#second % WINDOW_S
    this.#left[at] = (this.#left[at] ?? 0) + this.#options.percent
  }

  /** Whether a retry of this cost is paid for, which it then is. */
  tryWithdraw(cost: number): boolean {
    this.#forgetOld()
    const reserve = RETRY * this.#options.reservePerSecond * WINDOW_S
    const balance = this.#left.reduce((sum, left) => sum + left, reserve)
    if (balance < RETRY * cost) return false
    const at = this.#second % WINDOW_S
    this.#left[at] = (this.#left[at] ?? 0) - RETRY * cost
    return true
  }

  #currentSecond(): number {
    return Math.floor(this.#nowMs() / 1000)
  }

  #forgetOld(): void {
    const second = this.#currentSecond()
    const oldest = Math.max(this.#second + 1, second - WINDOW_S + 1)
    for (let each = oldest; each <= second; each++) this.#left[each % WINDOW_S] = 0
    this.#second = second
  }
}
