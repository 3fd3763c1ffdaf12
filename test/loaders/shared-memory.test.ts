import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { AnswerOwner } from '../../src/cache/answer-cache.ts'
import { type AccountMemory, createAccountMemory } from '../../src/loaders/account-memory.ts'
import { SharedMemory } from '../../src/loaders/shared-memory.ts'
import { FakeStore } from '../cache/fake-store.ts'

const ownerOf = (name: string): AnswerOwner => ({
  name,
  generation: 1,
  renew: () => undefined,
  refusals: 0,
})

const OWNER = ownerOf('owner')

const label = (text: string | null, isSure = true) => ({ label: text, isSure })

function learntOf(isSure = true): AccountMemory {
  const memory = createAccountMemory()
  memory.labels.learn([['1/7', label('Printing', isSure)]], {})
  memory.agentNames.learn(203, 'Li Na')
  return memory
}

/** By a process of its own; resolves once others can find it. */
async function share(store: FakeStore, memory = learntOf()): Promise<void> {
  new SharedMemory(store.open()).share(OWNER, memory)
  await wait(20)
}

/** What another process knows then. */
async function learn(store: FakeStore, owner = OWNER, memory = createAccountMemory()) {
  await new SharedMemory(store.open()).learn(owner, memory)
  return [memory.labels.get(1, 7), memory.agentNames.get(203)]
}

const NOTHING = [undefined, undefined]

describe('what one process has learnt', () => {
  it('is known to another', async () => {
    const store = new FakeStore()
    await share(store)
    expect(await learn(store)).toEqual(['Printing', 'Li Na'])
  })

  it('is not known to other accounts, nor before the upstream has accepted one', async () => {
    const store = new FakeStore()
    await share(store)
    expect(await learn(store, ownerOf('other'))).toEqual(NOTHING)
    expect(await learn(store, { ...OWNER, generation: undefined })).toEqual(NOTHING)
  })

  it('is not known any more after a refusal', async () => {
    const store = new FakeStore()
    await share(store)
    await store.open().refuse('owner')
    expect(await learn(store)).toEqual(NOTHING)
  })

  it('is as good as not there if it is damaged, or the store is gone or silent', async () => {
    const store = new FakeStore()
    await share(store)
    for (const state of ['gone', 'silent'] as const) {
      store.state = state
      expect(await learn(store)).toEqual(NOTHING)
    }
    store.state = 'there'
    for (const key of store.values.keys()) {
      if (key.includes(':e:')) store.values.set(key, Buffer.from('damaged'))
    }
    expect(await learn(store)).toEqual(NOTHING)
  })

  it('does not become surer by going to and fro', async () => {
    const store = new FakeStore()
    const [one, other] = [learntOf(false), createAccountMemory()]
    await share(store, one)
    await learn(store, OWNER, other)
    other.agentNames.learn(204, 'Wang Wei')
    await share(store, other)
    await learn(store, OWNER, one)
    expect(one.labels.dump(9)).toMatchObject([{ option: '1/7', isSure: false }])
    expect(other.labels.dump(9)).toMatchObject([{ option: '1/7', isSure: false }])
    expect(one.agentNames.get(204)).toBe('Wang Wei')
  })

  it('overrules what is less sure, and nothing else', async () => {
    const store = new FakeStore()
    await share(store)
    const unsure = createAccountMemory()
    unsure.labels.learn([['1/7', label('Paper', false)]], {})
    expect(await learn(store, OWNER, unsure)).toEqual(['Printing', 'Li Na'])
    const sure = createAccountMemory()
    sure.labels.learn([['1/7', label('Paper')]], {})
    sure.agentNames.learn(203, 'Li Min')
    expect(await learn(store, OWNER, sure)).toEqual(['Paper', 'Li Min'])
  })

  it('is read again only once it has changed', async () => {
    const store = new FakeStore()
    await share(store)
    const other = new SharedMemory(store.open())
    const memory = createAccountMemory()
    await other.learn(OWNER, memory)
    memory.agentNames.learn(203, 'Li Min')
    await other.learn(OWNER, memory)
    expect(memory.agentNames.get(203)).toBe('Li Min')
  })

  it('is believed no longer than where it was learnt', async () => {
    const store = new FakeStore()
    const memory = createAccountMemory({ maxAgeMs: 1500 })
    memory.labels.learn([['1/7', label('Printing')]], {})
    await share(store, memory)
    const other = createAccountMemory({ maxAgeMs: 1500 })
    expect(await learn(store, OWNER, other)).toEqual(['Printing', undefined])
    await wait(1490)
    expect(other.labels.get(1, 7)).toBeUndefined()
  })
})
