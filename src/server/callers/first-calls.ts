/** First calls with accounts that nobody knows yet, of one address. */
interface Burst {
  /** Those under way and those that wait. */
  accounts: number
  underWay: number
  /** Accounts that turned out to be right. */
  right: number
  readonly waiting: (() => void)[]
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
    try {
      while (burst.underWay >= left() + burst.right)
        await new Promise<void>(resolve => burst.waiting.push(resolve))
    } catch (error) {
      this.#leave(address, burst)
      throw error
    }
    burst.underWay += 1
    return isRight => {
      burst.underWay -= 1
      if (isRight) burst.right += 1
      for (const resume of burst.waiting.splice(0)) resume()
      this.#leave(address, burst)
    }
  }

  #leave(address: string, burst: Burst): void {
    burst.accounts -= 1
    if (burst.accounts === 0) this.#bursts.delete(address)
  }
}
