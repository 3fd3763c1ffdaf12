import { LRUCache } from 'lru-cache'

/** Lists are remembered for so long, and so many of them. */
const BOUNDS = { max: 100, ttl: 600_000 }

/** Names of lists whose rows were seen in no order by csId. */
export class UnsortedLists {
  /** Made for the first: as a rule there is none, and each caller who is new has such a memory. */
  #names: LRUCache<string, true> | undefined

  has(name: string): boolean {
    return this.#names?.has(name) ?? false
  }

  add(name: string): void {
    this.#names ??= new LRUCache(BOUNDS)
    this.#names.set(name, true)
  }
}
