import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Gate, type GateOptions } from '../../../src/upstream/calls/gate.ts'
import type { EndpointName } from '../../../src/upstream/endpoint.ts'
import { UpstreamBusyError } from '../../../src/upstream/errors.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** A gate, and the names of the calls that were let through, in this order. */
function createGate(options: Partial<GateOptions> = {}) {
  const gate = new Gate(
    { concurrency: 4, callsPerSecond: undefined, maxWaitMs: 1000, ...options },
    () => performance.now(),
  )
  const through: string[] = []
  const sentAway: string[] = []
  return {
    through,
    sentAway,
    /** `alice` asks; gives how to give up. */
    enter(name: string, endpoint: EndpointName = 'histories') {
      const waiting = gate.enter(endpoint, name)
      if (!waiting) through.push(name)
      waiting?.over.then(
        () => through.push(name),
        error => sentAway.push(`${name} ${error instanceof Error ? error.name : error}`),
      )
      return () => waiting?.cancel(new Error('gone'))
    },
    async leave(name: string, endpoint: EndpointName = 'histories') {
      gate.leave(endpoint, name)
      await vi.advanceTimersByTimeAsync(0)
    },
  }
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

describe('places', () => {
  it('are as many as the upstream may be asked at once', () => {
    const { enter, through } = createGate()
    enter('alice', 'histories')
    enter('alice', 'histories')
    enter('alice', 'chatrecords')
    enter('alice', 'chatrecords')
    enter('alice', 'servicesummary')
    expect(through).toHaveLength(4)
  })

  it('are half of them for one endpoint, so that one that stalls leaves the others theirs', async () => {
    const { enter, leave, through } = createGate()
    for (let i = 0; i < 10; i++) enter('alice', 'chatrecords')
    expect(through).toHaveLength(2)
    enter('bob', 'histories')
    enter('bob', 'histories_v2')
    expect(through).toEqual(['alice', 'alice', 'bob', 'bob'])
    await leave('bob', 'histories')
    expect(through).toHaveLength(4)
    await leave('alice', 'chatrecords')
    expect(through).toHaveLength(5)
  })

  it('is one at least for one endpoint', () => {
    const { enter, through } = createGate({ concurrency: 1 })
    enter('alice')
    expect(through).toEqual(['alice'])
  })
})

describe('the queue', () => {
  it('gives callers turns, however many calls one of them has', async () => {
    const { enter, leave, through } = createGate({ concurrency: 2 })
    enter('alice')
    for (let i = 0; i < 3; i++) enter('alice')
    for (let i = 0; i < 2; i++) enter('bob')
    enter('carol')
    through.length = 0
    for (let i = 0; i < 6; i++) await leave('alice')
    expect(through).toEqual(['alice', 'bob', 'carol', 'alice', 'bob', 'alice'])
  })

  it('keeps the order of one caller', async () => {
    const gate = new Gate(
      { concurrency: 2, callsPerSecond: undefined, maxWaitMs: 1000 },
      performance.now,
    )
    const caller = 'alice'
    const order: number[] = []
    for (let i = 0; i < 5; i++) void gate.enter('histories', caller)?.over.then(() => order.push(i))
    for (let i = 0; i < 4; i++) {
      gate.leave('histories', caller)
      await pass(0)
    }
    expect(order).toEqual([1, 2, 3, 4])
  })

  it('is left at once by who hangs up', async () => {
    const { enter, leave, through, sentAway } = createGate({ concurrency: 2 })
    enter('alice')
    const hangUp = enter('bob')
    enter('carol')
    hangUp()
    await leave('alice')
    expect(through).toEqual(['alice', 'carol'])
    expect(sentAway).toEqual(['bob Error'])
  })

  it('sends a caller away who has waited for a second without a place', async () => {
    const { enter, through, sentAway } = createGate({ concurrency: 2 })
    enter('alice')
    enter('bob')
    enter('bob')
    await pass(999)
    expect(sentAway).toEqual([])
    await pass(1)
    expect(sentAway).toEqual(['bob UpstreamBusyError', 'bob UpstreamBusyError'])
    expect(through).toEqual(['alice'])
  })

  it('lets a caller wait for its own calls', async () => {
    const { enter, leave, through, sentAway } = createGate({ concurrency: 2 })
    enter('alice')
    enter('alice')
    await pass(60_000)
    expect(sentAway).toEqual([])
    await leave('alice')
    expect(through).toEqual(['alice', 'alice'])
  })

  it('is patient anew with a caller who had a turn', async () => {
    const { enter, leave, sentAway, through } = createGate({ concurrency: 2 })
    enter('alice')
    enter('bob')
    enter('bob')
    enter('carol')
    await pass(900)
    await leave('alice')
    await pass(50)
    await leave('bob')
    expect(through).toEqual(['alice', 'bob', 'carol'])
    await pass(999)
    expect(sentAway).toEqual([])
    await pass(1)
    expect(sentAway).toEqual(['bob UpstreamBusyError'])
  })

  it('is short', () => {
    const gate = new Gate(
      { concurrency: 2, callsPerSecond: undefined, maxWaitMs: 1000 },
      performance.now,
    )
    const caller = 'alice'
    gate.enter('histories', caller)
    for (let i = 0; i < 500; i++) gate.enter('histories', caller)?.over.catch(() => undefined)
    expect(() => gate.enter('histories', caller)).toThrow(UpstreamBusyError)
    expect(gate.enter('histories', 'bob')).toBeDefined()
  })

  it('leaves nothing behind', async () => {
    const { enter, leave } = createGate({ concurrency: 2 })
    enter('alice')
    enter('bob')
    const hangUp = enter('carol')
    hangUp()
    await leave('alice')
    await leave('bob')
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('a pace', () => {
  it('lets no more calls begin within any second', async () => {
    const { enter, leave, through } = createGate({ concurrency: 20, callsPerSecond: 3 })
    for (let i = 0; i < 7; i++) enter('alice')
    expect(through).toHaveLength(3)
    for (let i = 0; i < 3; i++) await leave('alice')
    expect(through).toHaveLength(3)
    await pass(999)
    expect(through).toHaveLength(3)
    await pass(1)
    expect(through).toHaveLength(6)
    for (let i = 0; i < 3; i++) await leave('alice')
    await pass(1000)
    expect(through).toHaveLength(7)
  })

  it('sends nobody away who only waits for the next second', async () => {
    const { enter, leave, through, sentAway } = createGate({ callsPerSecond: 1 })
    for (let i = 0; i < 4; i++) enter('alice')
    for (let i = 1; i <= 4; i++) {
      expect(through).toHaveLength(i)
      await leave('alice')
      await pass(1000)
    }
    expect(sentAway).toEqual([])
  })
})
