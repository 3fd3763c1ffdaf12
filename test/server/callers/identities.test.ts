import { describe, expect, it } from 'vitest'
import { createIdentities } from '../../../src/server/callers/identities.ts'

describe('what was learnt as an identity', () => {
  it('is kept from its first successful call on', () => {
    const { identityOf } = createIdentities()
    const first = identityOf('Basic a')
    expect(identityOf('Basic a').memory).not.toBe(first.memory)
    first.onCall('ok')
    expect(identityOf('Basic a').memory).toBe(first.memory)
  })

  it('is the same for who shares an account', () => {
    const { identityOf, shared } = createIdentities()
    const identity = shared('Basic a')
    expect(identity().name).toBe(identityOf('Basic a').name)
    expect(identity().memory).toBe(identity().memory)
    identityOf('Basic a').onCall('ok')
    expect(identity().memory).toBe(identityOf('Basic a').memory)
    identity().onCall('UNAUTHENTICATED')
    expect(identity().isKnown).toBe(false)
  })

  it('is not kept after calls that failed', () => {
    const { identityOf } = createIdentities()
    const first = identityOf('Basic a')
    for (const outcome of ['UNAUTHENTICATED', 'FORBIDDEN', 'UPSTREAM_TIMEOUT', 'ABORTED'])
      first.onCall(outcome)
    expect(identityOf('Basic a').memory).not.toBe(first.memory)
  })

  it('is apart from that of any other', () => {
    const { identityOf } = createIdentities()
    const [a, b] = [identityOf('Basic a'), identityOf('Basic b')]
    a.onCall('ok')
    b.onCall('ok')
    expect(identityOf('Basic a').memory).toBe(a.memory)
    expect(identityOf('Basic b').memory).toBe(b.memory)
    expect(a.memory).not.toBe(b.memory)
  })

  it('stays what it is when two first requests succeed side by side', () => {
    const { identityOf } = createIdentities()
    const [first, second] = [identityOf('Basic a'), identityOf('Basic a')]
    first.onCall('ok')
    second.onCall('ok')
    expect(identityOf('Basic a').memory).toBe(first.memory)
  })

  it('is dropped as soon as the upstream refuses the identity', () => {
    const { identityOf } = createIdentities()
    const first = identityOf('Basic a')
    first.onCall('ok')
    identityOf('Basic a').onCall('UNAUTHENTICATED')
    expect(identityOf('Basic a').memory).not.toBe(first.memory)
  })

  it('is of so many identities at most, and the least used goes first', () => {
    const { identityOf } = createIdentities({ max: 2 })
    const learn = (name: string) => {
      const identity = identityOf(name)
      identity.onCall('ok')
      return identity.memory
    }
    const [a, b] = [learn('a'), learn('b')]
    expect(identityOf('a').memory).toBe(a)
    const c = learn('c')
    expect(identityOf('a').memory).toBe(a)
    expect(identityOf('c').memory).toBe(c)
    expect(identityOf('b').memory).not.toBe(b)
  })

  it('is known for as long as it is kept, and fresh for a minute after a call', () => {
    const clock = { nowMs: 0 }
    const { identityOf } = createIdentities({ nowMs: () => clock.nowMs })
    const identity = identityOf('Basic a')
    const state = () => ({ isKnown: identity.isKnown, isFresh: identity.isFresh })
    expect(state()).toEqual({ isKnown: false, isFresh: false })
    identity.onCall('ok')
    clock.nowMs = 59_999
    expect(state()).toEqual({ isKnown: true, isFresh: true })
    clock.nowMs = 60_000
    expect(state()).toEqual({ isKnown: true, isFresh: false })
    identity.onCall('ok')
    expect(state()).toEqual({ isKnown: true, isFresh: true })
    identity.onCall('UNAUTHENTICATED')
    expect(state()).toEqual({ isKnown: false, isFresh: false })
  })
})
