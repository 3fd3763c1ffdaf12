/** First calls with accounts that nobody knows yet, of one address. */
interface Burst {
  /** Those under way and those that wait. */
  accounts: number
  underWay: number
  /** Accounts that turned out to be right. */
  right: number
  /** In the order in which they came. */
  readonly waiting: Waiting[]
}

interface Waiting {
  /** How many accounts may still be wrong; throws if none may. */
  readonly left: () => number
  readonly begin: () => void
  readonly refuse: (reason: unknown) => void
}

/** Ends a first call: whether the account turned out to be right. */
type End = (isRight: boolean) => void

/**
 * Has few accounts of one address judged at once: no more than may still be wrong, and one more for
 * each that was right. So many wrong ones that come at the same time are no more than if they came one
 * after the other, and many right ones, of a whole company, wait for a moment only.
 */
export class FirstCalls {
  readonly #bursts = new Map<string, Burst>()

  /** Resolves when a call may begin. `left` says how many may be wrong, or throws if none may. */
  async begin(address: string, left: () => number): Promise<End> {
    const burst = this.#bursts.get(address) ?? { accounts: 0, underWay: 0, right: 0, waiting: [] }
    this.#bursts.set(address, burst)
    burst.accounts += 1
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    burst.waiting.push({ left, begin: resolve, refuse: reject })
    beginNext(burst)
    try {
      await promise
    } catch (error) {
      this.#leave(address, burst)
      throw error
    }
    return isRight => {
      burst.underWay -= 1
      if (isRight) burst.right += 1
      beginNext(burst)
      this.#leave(address, burst)
    }
  }

  #leave(address: string, burst: Burst): void {
    burst.accounts -= 1
    if (burst.accounts === 0) this.#bursts.delete(address)
  }
}

/** As many as there is room for. Those for whom there will be none are refused. */
function beginNext(burst: Burst): void {
  for (let next = burst.waiting[0]; next; next = burst.waiting[0]) {
    try {
      if (burst.underWay >= next.left() + burst.right) return
      burst.underWay += 1
      next.begin()
    } catch (error) {
      next.refuse(error)
    }
    burst.waiting.shift()
  }
}
