import { expect, test } from 'vitest'
import { Breaker, type BreakerOptions } from '../../../src/upstream/calls/breaker.ts'

const ALICE = 'alice'
const BOB = 'bob'
const SECOND_MS = 1000

function createBreaker(options: Partial<BreakerOptions> = {}, random = 0.5) {
  const breaker = new Breaker({ failures: 5, targets: 3, callers: 2, ...options }, () => random)
  let nowMs = 5_000_000
  const enter = () => (breaker.admits(nowMs) ? breaker.enter(nowMs) : undefined)
  return {
    breaker,
    enter,
    pass(ms: number) {
      nowMs += ms
    },
    /** Makes a call, if it is let through. Says whether it was. */
    call(outcome: 'good' | 'bad', target = 'a', caller = ALICE) {
      const pass = enter()
      if (pass === undefined) return false
      if (outcome === 'good') breaker.succeed(pass, nowMs)
      else breaker.fail(pass, { target, caller }, nowMs)
      return true
    },
    succeed: (pass: 'usual' | 'probe') => breaker.succeed(pass, nowMs),
    fail: (pass: 'usual' | 'probe') => breaker.fail(pass, { target: 'a', caller: BOB }, nowMs),
    break() {
      for (const target of ['a', 'b', 'c', 'd', 'e'])
        this.call('bad', target, target === 'a' ? BOB : ALICE)
    },
  }
}

test('opens when five of the latest ten failed, of different targets and callers', () => {
  const tried = createBreaker()
  for (const target of ['a', 'b', 'c', 'd']) {
    tried.call('good')
    tried.call('bad', target, BOB)
    expect(tried.breaker.isOpen).toBe(false)
  }
  tried.call('bad', 'e', ALICE)
  expect(tried.breaker.isOpen).toBe(true)
  expect(tried.call('good')).toBe(false)
})

test('does not count what is older than the latest ten', () => {
  const tried = createBreaker()
  for (let i = 0; i < 50; i++) {
    tried.call('good')
    tried.call('bad', String(i), i % 4 === 0 ? BOB : ALICE)
    tried.call('good')
  }
  expect(tried.breaker.isOpen).toBe(false)
})

test.each([
  ['one target', ['a', 'a'], [ALICE, BOB]],
  ['two targets', ['a', 'b'], [ALICE, BOB]],
  ['one caller', ['a', 'b', 'c', 'd'], [ALICE, ALICE]],
])('stays closed if only %s fails', (_, targets, callers) => {
  const tried = createBreaker()
  for (let i = 0; i < 100; i++)
    tried.call('bad', targets[i % targets.length], callers[i % callers.length])
  expect(tried.breaker.isOpen).toBe(false)
})

test('never opens if that is switched off', () => {
  const tried = createBreaker({ failures: 0 })
  for (let i = 0; i < 20; i++) tried.call('bad', String(i), i % 2 ? ALICE : BOB)
  expect(tried.breaker.isOpen).toBe(false)
})

test('lets one probe through after some seconds, and the next only some seconds later', () => {
  const tried = createBreaker()
  tried.break()
  tried.pass(1.9 * SECOND_MS)
  expect(tried.enter()).toBeUndefined()
  tried.pass(2.1 * SECOND_MS)
  expect(tried.enter()).toBe('probe')
  expect(tried.enter()).toBeUndefined()
  tried.fail('probe')
  expect(tried.enter()).toBeUndefined()
  tried.pass(4 * SECOND_MS)
  expect(tried.enter()).toBe('probe')
})

test('probes again at once if the last one took long, so that a return is noticed within 6 s', () => {
  const tried = createBreaker({}, 1)
  tried.break()
  tried.pass(5 * SECOND_MS)
  expect(tried.enter()).toBe('probe')
  // It was sent just before the upstream came back, and runs into its deadline.
  tried.pass(5 * SECOND_MS)
  tried.fail('probe')
  tried.pass(0.5 * SECOND_MS)
  expect(tried.enter()).toBe('probe')
})

test('lets more and more through after a good probe, long before it closes', () => {
  const tried = createBreaker()
  tried.break()
  tried.pass(4 * SECOND_MS)
  for (const many of [1, 2, 4, 8]) {
    const passes = Array.from({ length: many + 1 }, tried.enter)
    expect(passes.filter(pass => pass === 'probe')).toHaveLength(many)
    tried.succeed('probe')
    for (let i = 1; i < many; i++) tried.breaker.leave('probe')
  }
  expect(tried.breaker.isOpen).toBe(true)
})

test('closes with a good answer when it was open for ten seconds', () => {
  const tried = createBreaker()
  tried.break()
  tried.pass(4 * SECOND_MS)
  tried.call('good')
  expect(tried.breaker.isOpen).toBe(true)
  tried.pass(6 * SECOND_MS)
  tried.call('good')
  expect(tried.breaker.isOpen).toBe(false)
})

test('goes back to single probes when one fails', () => {
  const tried = createBreaker()
  tried.break()
  tried.pass(4 * SECOND_MS)
  tried.call('good')
  tried.call('good')
  tried.call('bad')
  expect(tried.call('good')).toBe(false)
  tried.pass(4 * SECOND_MS)
  expect([tried.enter(), tried.enter()]).toEqual(['probe', undefined])
})

test('gives back the turn of a probe that says nothing', () => {
  const tried = createBreaker()
  tried.break()
  tried.pass(4 * SECOND_MS)
  expect(tried.enter()).toBe('probe')
  tried.breaker.leave('probe')
  expect(tried.enter()).toBe('probe')
})

test('learns nothing while it is open from calls that began before', () => {
  const tried = createBreaker()
  const early = [tried.enter(), tried.enter()] as const
  tried.break()
  tried.pass(11 * SECOND_MS)
  tried.succeed(early[0] ?? expect.fail())
  expect(tried.breaker.isOpen).toBe(true)
  tried.fail(early[1] ?? expect.fail())
  expect(tried.enter()).toBe('probe')
})

test('changes its state once in ten seconds at most, whatever the upstream does', () => {
  const tried = createBreaker()
  const changes: number[] = []
  let wasOpen = false
  for (let ms = 0; ms < 120 * SECOND_MS; ms += 50) {
    const isUp = Math.floor(ms / SECOND_MS) % 2 === 0
    tried.call(isUp ? 'good' : 'bad', String(ms), ms % 100 ? ALICE : BOB)
    if (tried.breaker.isOpen !== wasOpen) changes.push(ms)
    wasOpen = tried.breaker.isOpen
    tried.pass(50)
  }
  expect(changes.length).toBeGreaterThan(4)
  const gaps = changes.slice(1).map((ms, i) => ms - (changes[i] ?? 0))
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(10 * SECOND_MS)
})
