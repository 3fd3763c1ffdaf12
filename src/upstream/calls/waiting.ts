import type { Cancelable } from './deadline.ts'

/** Something that is waited for, and that can be given up. */
export class Waiting implements Cancelable {
  readonly #settled = Promise.withResolvers<void>()
  readonly #onGivenUp: () => void

  /** `onGivenUp` frees what the wait holds. It may run after the wait has ended. */
  constructor(onGivenUp: () => void) {
    this.#onGivenUp = onGivenUp
  }

  get over(): Promise<void> {
    return this.#settled.promise
  }

  end(): void {
    this.#settled.resolve()
  }

  cancel(reason: Error): void {
    this.#onGivenUp()
    this.#settled.reject(reason)
  }
}

/** Waits for a time. */
export function delay(ms: number): Waiting {
  const waiting = new Waiting(() => clearTimeout(timer))
  const timer = setTimeout(() => waiting.end(), ms)
  return waiting
}
