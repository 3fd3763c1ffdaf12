import { LRUCache } from 'lru-cache'
import type { ListMemory } from '../history/lists/numbered-list-source.ts'

/** How long a length is remembered, and for how many lists. */
const BOUNDS = { max: 1000, ttl: 600_000 }

/**
 * The lengths that lists had when they were last read, by their names. The end of a list is found
 * by its length.
 */
export class ListLengths {
  /** Made for the first list, because each new caller has such a memory. */
  #memories: LRUCache<string, ListMemory> | undefined

  /** Undefined if the length is not known any more. */
  get(name: string): number | undefined {
    return this.#memories?.get(name)?.length
  }

  /** What a reading remembers of a list between requests: its length. */
  of(name: string): ListMemory {
    this.#memories ??= new LRUCache(BOUNDS)
    const memory = this.#memories.get(name) ?? { length: undefined }
    this.#memories.set(name, memory)
    return memory
  }
}
