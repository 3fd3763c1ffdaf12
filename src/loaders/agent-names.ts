import { LRUCache } from 'lru-cache'

/** The most names kept for each upstream identity, and how long they are believed. */
const BOUNDS = { max: 10_000, ttl: 600_000 }

/** Names of agents by servicerId, as chats have proven them. */
export class AgentNames {
  readonly #bounds: { readonly max: number; readonly ttl: number }
  // Made when the first name is learnt, because the memory for all names is taken at once.
  #names: LRUCache<number, string> | undefined

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
    this.#names ??= new LRUCache(this.#bounds)
    this.#names.set(servicerId, name)
  }
}
