import { LRUCache } from 'lru-cache'
import type { ListMemory } from '../history/list-reading.ts'

/** Lists are remembered for so long, and so many of them. */
const BOUNDS = { max: 1000, ttl: 600_000 }

/** How long lists were when they were read last, by their names: a list's end is found by that. */
export class ListLengths {
  /** Made for the first list: each caller who is new has such a memory. */
  #memories: LRUCache<string, ListMemory> | undefined

  /** Undefined if that is not known any more. */
  get(name: string): number | undefined {
    return this.#memories?.get(name)?.length
  }

  /** What a reading remembers of a list, and takes its length from. */
  of(name: string): ListMemory {
    this.#memories ??= new LRUCache(BOUNDS)
    const memory = this.#memories.get(name) ?? { length: undefined }
    this.#memories.set(name, memory)
    return memory
  }
}
