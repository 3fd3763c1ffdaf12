/** What can be ended before it is over. */
export interface Cancelable {
  cancel(reason: Error): void
}

/**
 * Ends calls that take too long, and all of them when their caller hangs up. One listener serves
 * all calls of a session, which end together.
 */
export class Deadlines {
  readonly #deadlineMs: number
  readonly #caller: AbortSignal | undefined
  readonly #underWay = new Set<Cancelable>()
  #isListening = false

  /** `caller` aborts with an Error. */
  constructor(deadlineMs: number, caller: AbortSignal | undefined) {
    this.#deadlineMs = deadlineMs
    this.#caller = caller
  }

  /** From now until it is disposed. */
  watch(call: Cancelable, createError: () => Error): Disposable {
    this.#listen()
    this.#underWay.add(call)
    const timer = setTimeout(() => call.cancel(createError()), this.#deadlineMs)
    return {
      [Symbol.dispose]: () => {
        clearTimeout(timer)
        this.#underWay.delete(call)
      },
    }
  }

  #listen(): void {
    if (this.#isListening) return
    this.#isListening = true
    const cancelAll = () => {
      for (const call of this.#underWay) call.cancel(this.#caller?.reason)
    }
    this.#caller?.addEventListener('abort', cancelAll, { once: true })
  }
}
