import type { OnBegin } from '../upstream/client.ts'
import { type Patience, waitAtMost } from './wait-at-most.ts'

/**
 * All who wait for one call. As long as that is only the request that makes it, the call ends with the
 * request. Once others have joined, it goes on until nobody waits for it.
 */
export class SharedWait {
  #outlive: Parameters<OnBegin>[0] | undefined
  /** Made once somebody joins: most calls are nobody else's. */
  #nobodyWaits: AbortController | undefined
  #waiting = 0
  #onFirstJoined: () => void = () => undefined

  /** For the session that makes the call. */
  readonly onBegin: OnBegin = outlive => {
    this.#outlive = outlive
    if (this.#nobodyWaits) outlive(this.#nobodyWaits.signal)
  }

  /**
   * For the request that makes the call: `given` is what the call gives it. It waits no longer than it
   * may, though the call may go on for others.
   */
  make<Given>(given: Promise<Given>, patience: () => Patience): Promise<Given> {
    const { promise, resolve, reject } = Promise.withResolvers<Given>()
    given.then(resolve, reject)
    this.#onFirstJoined = () => this.#wait(given, patience()).catch(reject)
    return promise
  }

  /** Waits for the call that another request makes. */
  join<Answer>(answer: Promise<Answer>, patience: Patience): Promise<Answer> {
    this.#share()
    return this.#wait(answer, patience)
  }

  /** Has the call go on to its end, whoever waits for it. */
  keep(): void {
    this.#share()
    this.#waiting += 1
  }

  #share(): void {
    if (!this.#nobodyWaits) {
      this.#nobodyWaits = new AbortController()
      this.#onFirstJoined()
    }
    this.#outlive?.(this.#nobodyWaits.signal)
  }

  async #wait<Value>(call: Promise<Value>, patience: Patience): Promise<Value> {
    this.#waiting += 1
    try {
      return await waitAtMost(call, patience)
    } finally {
      this.#waiting -= 1
      if (this.#waiting === 0) this.#nobodyWaits?.abort()
    }
  }
}
