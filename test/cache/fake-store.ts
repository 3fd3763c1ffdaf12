import { createSealing } from '../../src/cache/sealing.ts'
import { SharedEntries, type SharedStore } from '../../src/cache/shared-entries.ts'

export const sealing = createSealing('a secret')

/** A store in memory, on a clock that tests move. */
export class FakeStore implements SharedStore {
  readonly values = new Map<string, Buffer>()
  reads = 0
  state: 'there' | 'silent' | 'gone' = 'there'
  nowMs = 0

  read(keys: readonly string[]) {
    this.reads += 1
    return this.#answer(() => keys.map(key => this.values.get(key) ?? null))
  }

  write(key: string, value: Buffer) {
    return this.#answer(() => this.values.set(key, value))
  }

  writeNew(key: string, value: Buffer) {
    return this.#answer(() => {
      if (this.values.has(key)) return false
      this.values.set(key, value)
      return true
    })
  }

  close(): void {}

  /** As a process of its own has it. */
  open(): SharedEntries {
    return new SharedEntries({ store: this, sealing, nowMs: () => this.nowMs })
  }

  async #answer<Value>(give: () => Value): Promise<Value> {
    if (this.state === 'silent') return new Promise(() => undefined)
    if (this.state === 'gone') throw new Error('gone')
    return give()
  }
}
