import { LRUCache } from 'lru-cache'

interface AttemptLimitOptions {
  /** How many names are remembered: the least used are forgotten first. */
  readonly maxNames?: number
  readonly nowMs?: () => number
}

const WINDOW_MS = 60_000
/** How many attempts of one name may be made in the window. */
const MAX_ATTEMPTS = 5

/** Counts attempts of the last minute by the names that they are made under. */
export class AttemptLimit {
  readonly #nowMs: () => number
  /** When attempts were made, the oldest first. */
  readonly #attempts: LRUCache<string, readonly number[]>

  constructor({ maxNames = 10_000, nowMs = () => performance.now() }: AttemptLimitOptions = {}) {
    this.#nowMs = nowMs
    this.#attempts = new LRUCache({ max: maxNames })
  }

  /** How long none may be made under any of these names: 0 if one may be made at once. */
  waitMs(names: readonly string[]): number {
    return Math.max(0, ...names.map(name => this.#waitMsOf(name)))
  }

  /** How many more may be made under this name now. */
  left(name: string): number {
    return MAX_ATTEMPTS - this.#recent(name).length
  }

  /** Counts an attempt. What it returns takes it back. */
  count(names: readonly string[]): () => void {
    const atMs = this.#nowMs()
    for (const name of names) this.#set(name, [...this.#recent(name), atMs].slice(-MAX_ATTEMPTS))
    return () => {
      for (const name of names) {
        const recent = this.#recent(name)
        const at = recent.indexOf(atMs)
        this.#set(name, at === -1 ? recent : recent.toSpliced(at, 1))
      }
    }
  }

  #waitMsOf(name: string): number {
    const recent = this.#recent(name)
    const oldest = recent[0]
    const isFull = oldest !== undefined && recent.length >= MAX_ATTEMPTS
    return isFull ? oldest + WINDOW_MS - this.#nowMs() : 0
  }

  #recent(name: string): readonly number[] {
    const sinceMs = this.#nowMs() - WINDOW_MS
    return (this.#attempts.get(name) ?? []).filter(atMs => atMs > sinceMs)
  }

  #set(name: string, attempts: readonly number[]): void {
    if (attempts.length > 0) this.#attempts.set(name, attempts)
    else this.#attempts.delete(name)
  }
}
