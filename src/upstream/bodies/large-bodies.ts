/** Bodies up to this are received as they come: as many as there are places, they are few MiB. */
const SMALL_BYTES = 256 * 1024
/** Large ones are received and parsed one beside another: so few hold the memory of all. */
const AT_ONCE = 2

/** What can be halted while it receives a body. */
interface Receiver {
  halt(): void
  proceed(): void
}

/**
 * Bounds what the bodies under way take of memory: a body that turns out to be large is halted until
 * there is room for it. The upstream waits meanwhile, as TCP has it.
 */
export class LargeBodies {
  readonly #inside = new Set<Receiver>()
  readonly #halted = new Set<Receiver>()

  /** Is called with the size of what was received so far, as often as it grows. */
  note(receiver: Receiver, bytes: number): void {
    if (bytes <= SMALL_BYTES || this.#inside.has(receiver) || this.#halted.has(receiver)) return
    if (this.#inside.size < AT_ONCE) {
      this.#inside.add(receiver)
    } else {
      this.#halted.add(receiver)
      receiver.halt()
    }
  }

  /** The body was parsed, or given up. */
  release(receiver: Receiver): void {
    if (this.#inside.size === 0) return
    this.#halted.delete(receiver)
    if (!this.#inside.delete(receiver)) return
    const [next] = this.#halted
    if (!next) return
    this.#halted.delete(next)
    this.#inside.add(next)
    next.proceed()
  }
}
