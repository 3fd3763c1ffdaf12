import { describe, expect, it, vi } from 'vitest'
import type { ReceivedAnswer } from '../../src/cache/held-answer.ts'
import { createSealing } from '../../src/cache/sealing.ts'
import { SharedAnswers, type SharedStore } from '../../src/cache/shared-answers.ts'

const sealing = createSealing('a secret')
const ANSWER: ReceivedAnswer = {
  kind: 'list_of_today',
  body: { count: 1 },
  bytes: 100,
  beganAtMs: 1000,
  receivedAtMs: 1010,
}

/** A store in memory, on a clock that tests move. */
class FakeStore implements SharedStore {
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
  open(): SharedAnswers {
    return new SharedAnswers({ store: this, sealing, nowMs: () => this.nowMs })
  }

  async #answer<Value>(give: () => Value): Promise<Value> {
    if (this.state === 'silent') return new Promise(() => undefined)
    if (this.state === 'gone') throw new Error('gone')
    return give()
  }
}

const share = async (answers: SharedAnswers, owner = 'owner', name = 'name') =>
  answers.keep(owner, name, ANSWER, await answers.tokenOf(owner), 1000)

describe('an answer that one process keeps', () => {
  it('is found by another, with its times', async () => {
    const store = new FakeStore()
    await share(store.open())
    expect(await store.open().find('owner', 'name')).toMatchObject(ANSWER)
  })

  it('is not found by another owner or name, nor by the process itself', async () => {
    const store = new FakeStore()
    const own = store.open()
    await share(own)
    expect(await store.open().find('other', 'name')).toBeUndefined()
    expect(await store.open().find('owner', 'other')).toBeUndefined()
    expect(await own.find('owner', 'name')).toBeUndefined()
  })

  it('is not found after a refusal, not even if it comes after that', async () => {
    const store = new FakeStore()
    const own = store.open()
    await share(own)
    const askedIn = await own.tokenOf('owner')
    await store.open().refuse('owner')
    expect(await store.open().find('owner', 'name')).toBeUndefined()
    await own.keep('owner', 'name', ANSWER, askedIn, 1000)
    expect(await store.open().find('owner', 'name')).toBeUndefined()
    await share(own)
    expect(await store.open().find('owner', 'name')).toBeDefined()
  })

  it('says to those who look again that there was a refusal', async () => {
    const store = new FakeStore()
    await share(store.open())
    const other = store.open()
    const onRefused = vi.fn()
    const look = () => other.find('owner', 'name', onRefused)
    for (let turn = 0; turn < 2; turn++) await look()
    expect(onRefused).not.toHaveBeenCalled()
    await store.open().refuse('owner')
    for (let turn = 0; turn < 2; turn++) await look()
    expect(onRefused).toHaveBeenCalledOnce()
  })

  it('is not found if it was moved, changed, or is of another form', async () => {
    const store = new FakeStore()
    await share(store.open())
    await share(store.open(), 'owner', 'other')
    const [key = '', otherKey = ''] = [...store.values.keys()].filter(each => each.includes(':a:'))
    const value = store.values.get(otherKey) ?? Buffer.alloc(0)
    for (const poison of [
      value,
      Buffer.alloc(0),
      sealing.seal(key, 'no JSON'),
      sealing.seal(key, '{}'),
    ]) {
      store.values.set(key, poison)
      expect(await store.open().find('owner', 'name')).toBeUndefined()
    }
  })
})

describe.each(['silent', 'gone'] as const)('a store that is %s', state => {
  it('costs a moment, and is left alone for a second', async () => {
    const store = new FakeStore()
    await share(store.open())
    const answers = store.open()
    store.state = state
    store.reads = 0
    const startedAtMs = performance.now()
    expect(await answers.find('owner', 'name')).toBeUndefined()
    expect(performance.now() - startedAtMs).toBeLessThan(500)
    expect(await answers.find('owner', 'name')).toBeUndefined()
    expect(store.reads).toBe(1)
    store.state = 'there'
    expect(await answers.find('owner', 'name')).toBeUndefined()
    store.nowMs += 1001
    expect(await answers.find('owner', 'name')).toMatchObject(ANSWER)
  })
})
