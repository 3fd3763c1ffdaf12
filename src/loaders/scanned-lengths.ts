import { LRUCache } from 'lru-cache'

/** So many lists are remembered, and for so long. */
const BOUNDS = { max: 1000, ttl: 600_000 }

/** How many records lists had that were to be read as a whole, by their names: what they cost. */
export class ScannedLengths {
  /** Made for the first list: each caller who is new has such a memory. */
  #lengths: LRUCache<string, number> | undefined

  get(name: string): number | undefined {
    return this.#lengths?.get(name)
  }

  learn(name: string, length: number): void {
    this.#lengths ??= new LRUCache(BOUNDS)
    this.#lengths.set(name, length)
  }
}
