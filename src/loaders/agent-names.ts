import { LRUCache } from 'lru-cache'

/** The most names kept for each upstream identity. */
const MAX_NAMES = 10_000

/** Names of agents by servicerId, as chats told them. */
export class AgentNames {
  // Takes its whole room at once, so not before there is something to learn.
  #names: LRUCache<number, string> | undefined

  get isEmpty(): boolean {
    return !this.#names?.size
  }

  get(servicerId: number): string | undefined {
    return this.#names?.get(servicerId)
  }

  learn(servicerId: number, name: string): void {
    this.#names ??= new LRUCache({ max: MAX_NAMES })
    this.#names.set(servicerId, name)
  }
}
