import { describe, expect, it, vi } from 'vitest'
import type { ReceivedAnswer } from '../../src/cache/held-answer.ts'
import { SharedAnswers } from '../../src/cache/shared-answers.ts'
import { FakeStore, sealing } from './fake-store.ts'

const ANSWER: ReceivedAnswer = {
  kind: 'list_of_today',
  body: { count: 1 },
  bytes: 100,
  beganAtMs: 1000,
  receivedAtMs: 1010,
}

const open = (store: FakeStore) => new SharedAnswers(store.open())

const share = async (answers: SharedAnswers, owner = 'owner', name = 'name') =>
  answers.keep(owner, name, ANSWER, await answers.tokenOf(owner), 1000)

describe('an answer that one process keeps', () => {
  it('is found by another, with its times', async () => {
    const store = new FakeStore()
    await share(open(store))
    expect(await open(store).find('owner', 'name')).toMatchObject(ANSWER)
  })

  it('is not found by another owner or name, nor by the process itself', async () => {
    const store = new FakeStore()
    const own = open(store)
    await share(own)
    expect(await open(store).find('other', 'name')).toBeUndefined()
    expect(await open(store).find('owner', 'other')).toBeUndefined()
    expect(await own.find('owner', 'name')).toBeUndefined()
  })

  it('is not found after a refusal, not even if it comes after that', async () => {
    const store = new FakeStore()
    const own = open(store)
    await share(own)
    const askedIn = await own.tokenOf('owner')
    await open(store).refuse('owner')
    expect(await open(store).find('owner', 'name')).toBeUndefined()
    await own.keep('owner', 'name', ANSWER, askedIn, 1000)
    expect(await open(store).find('owner', 'name')).toBeUndefined()
    // It looks before it asks.
    await own.find('owner', 'name')
    await share(own)
    expect(await open(store).find('owner', 'name')).toBeDefined()
  })

  it('is found again after the store was emptied', async () => {
    const store = new FakeStore()
    const own = open(store)
    await share(own)
    store.values.clear()
    expect(await own.find('owner', 'name')).toBeUndefined()
    await share(own)
    expect(await open(store).find('owner', 'name')).toBeDefined()
  })

  it('says to those who look again that there was a refusal', async () => {
    const store = new FakeStore()
    await share(open(store))
    const other = open(store)
    const onRefused = vi.fn()
    const look = () => other.find('owner', 'name', onRefused)
    for (let turn = 0; turn < 2; turn++) await look()
    expect(onRefused).not.toHaveBeenCalled()
    await open(store).refuse('owner')
    for (let turn = 0; turn < 2; turn++) await look()
    expect(onRefused).toHaveBeenCalledOnce()
  })

  it('is not found if it was moved, changed, or is of another form', async () => {
    const store = new FakeStore()
    await share(open(store))
    await share(open(store), 'owner', 'other')
    const [key = '', otherKey = ''] = [...store.values.keys()].filter(each => each.includes(':e:'))
    const value = store.values.get(otherKey) ?? Buffer.alloc(0)
    for (const poison of [
      value,
      Buffer.alloc(0),
      sealing.seal(key, 'no JSON'),
      sealing.seal(key, '{}'),
    ]) {
      store.values.set(key, poison)
      expect(await open(store).find('owner', 'name')).toBeUndefined()
    }
  })
})

describe.each(['silent', 'gone'] as const)('a store that is %s', state => {
  it('costs a moment, and is left alone for a second', async () => {
    const store = new FakeStore()
    await share(open(store))
    const answers = open(store)
    store.state = state
    store.reads = 0
    const startedAtMs = performance.now()
    expect(await answers.find('owner', 'name')).toBeUndefined()
    expect(performance.now() - startedAtMs).toBeLessThan(5000)
    expect(await answers.find('owner', 'name')).toBeUndefined()
    expect(store.reads).toBe(1)
    store.state = 'there'
    expect(await answers.find('owner', 'name')).toBeUndefined()
    store.nowMs += 1001
    expect(await answers.find('owner', 'name')).toMatchObject(ANSWER)
  })
})
