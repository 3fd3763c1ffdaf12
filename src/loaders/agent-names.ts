import { LRUCache } from 'lru-cache'

/** The most names kept for each upstream identity, and how long they are believed. */
const BOUNDS = { max: 10_000, ttl: 600_000 }

/** A name as processes share it. */
interface SharedName {
  readonly servicerId: number
  readonly name: string
  /** In milliseconds since 1970. */
  readonly learntAtMs: number
}

/** Names of agents by servicerId, as chats have proven them. */
export class AgentNames {
  readonly #bounds: { readonly max: number; readonly ttl: number }
  // Made when the first name is learnt, because the memory for all names is taken at once.
  #names: LRUCache<number, string> | undefined
  /** Grows with what is learnt here. */
  revision = 0

  constructor(bounds: Partial<typeof BOUNDS> = {}) {
    this.#bounds = { ...BOUNDS, ...bounds }
  }

  get isEmpty(): boolean {
    return !this.#names?.size
  }

  /** Undefined if the name is not known, or not any more. */
  get(servicerId: number): string | undefined {
    return this.#names?.get(servicerId)
  }

  learn(servicerId: number, name: string): void {
    this.revision += 1
    this.#names ??= new LRUCache(this.#bounds)
    this.#names.set(servicerId, name)
  }

  /** What was used last of what is known, so that another process can `absorb` it. */
  dump(most: number): readonly SharedName[] {
    const names = this.#names
    if (!names) return []
    const learntAtMs = (servicerId: number) =>
      Date.now() - names.ttl + names.getRemainingTTL(servicerId)
    return Array.from(names.entries().take(most), ([servicerId, name]) => ({
      servicerId,
      name,
      learntAtMs: learntAtMs(servicerId),
    }))
  }

  /** Takes what is not known here. */
  absorb(shared: readonly SharedName[]): void {
    for (const { servicerId, name, learntAtMs } of shared) {
      this.#names ??= new LRUCache(this.#bounds)
      const start = performance.now() - (Date.now() - learntAtMs)
      if (!this.#names.has(servicerId)) this.#names.set(servicerId, name, { start })
    }
  }
}
