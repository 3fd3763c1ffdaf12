/** What can be ended before it is over. */
export interface Cancelable {
  cancel(reason: Error): void
}

/** Why a step is canceled, or until when it may go on after all. */
export type Verdict = Error | number

/** When a step ends, and how that is judged then. */
interface End {
  readonly atMs: number
  readonly judge: () => Verdict
}

/**
 * Ends what takes too long, and all of it when its caller hangs up. One listener and one timer serve
 * all steps of a session: most are over long before, and each would need a timer of its own.
 */
export class Deadlines {
  readonly #caller: AbortSignal | undefined
  readonly #underWay = new Map<Cancelable, End>()
  #timer: NodeJS.Timeout | undefined
  #firesAtMs = Number.POSITIVE_INFINITY
  #isListening = false

  /** `caller` aborts with an Error. */
  constructor(caller: AbortSignal | undefined) {
    this.#caller = caller
  }

  /**
   * Has a step judged at a time, by `performance.now`, unless it is let go before; canceled at once if
   * the caller is gone.
   */
  watch(step: Cancelable, atMs: number, judge: () => Verdict): void {
    if (this.#caller?.aborted) {
      step.cancel(this.#caller.reason)
      return
    }
    this.#listen()
    this.#underWay.set(step, { atMs, judge })
    this.#fireAt(atMs)
  }

  /** The step is over. */
  release(step: Cancelable): void {
    this.#underWay.delete(step)
    if (this.#underWay.size === 0) this.#stop()
  }

  /** From now on the step ends with others. */
  handOver(step: Cancelable, to: Deadlines): void {
    const end = this.#underWay.get(step)
    if (!end) return
    this.release(step)
    to.watch(step, end.atMs, end.judge)
  }

  #fireAt(atMs: number): void {
    if (atMs >= this.#firesAtMs) return
    clearTimeout(this.#timer)
    this.#firesAtMs = atMs
    this.#timer = setTimeout(() => this.#fire(), Math.max(0, atMs - performance.now()))
  }

  #fire(): void {
    // A timer may be early by a part of a millisecond.
    const nowMs = Math.max(performance.now(), this.#firesAtMs)
    this.#stop()
    let nextAtMs = Number.POSITIVE_INFINITY
    for (const [step, { atMs, judge }] of this.#underWay) {
      const verdict = atMs <= nowMs ? judge() : atMs
      if (typeof verdict !== 'number') step.cancel(verdict)
      else {
        this.#underWay.set(step, { atMs: verdict, judge })
        nextAtMs = Math.min(nextAtMs, verdict)
      }
    }
    if (nextAtMs < Number.POSITIVE_INFINITY) this.#fireAt(nextAtMs)
  }

  #stop(): void {
    clearTimeout(this.#timer)
    this.#firesAtMs = Number.POSITIVE_INFINITY
  }

  #listen(): void {
    if (this.#isListening) return
    this.#isListening = true
    const cancelAll = () => {
      for (const step of this.#underWay.keys()) step.cancel(this.#caller?.reason)
    }
    this.#caller?.addEventListener('abort', cancelAll, { once: true })
  }
}
