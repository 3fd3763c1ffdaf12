import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Gate } from '../../../src/upstream/calls/gate.ts'
import { ENDPOINT_NAMES, type EndpointName } from '../../../src/upstream/endpoint.ts'

interface Call {
  readonly endpoint: EndpointName
  readonly caller: string
  cancel(): void
}

const call = fc.record({
  kind: fc.constant('call' as const),
  endpoint: fc.constantFrom(...ENDPOINT_NAMES),
  caller: fc.constantFrom('alice', 'bob', 'carol'),
})
const end = fc.record({ kind: fc.constantFrom('leave', 'hang up'), which: fc.nat() })
const steps = fc.array(fc.oneof(call, end), { maxLength: 80 })

/** What happens to a gate, one step after the other, and all that must hold meanwhile. */
async function follow(concurrency: number, happens: Steps): Promise<void> {
  const gate = new Gate({ concurrency, callsPerSecond: undefined, maxWaitMs: 60_000 }, () => 0)
  const inside: Call[] = []
  const waiting: Call[] = []
  const take = (list: Call[], which: number) => list.splice(which % list.length, 1)[0]
  const enter = (endpoint: EndpointName, caller: string) => {
    const wait = gate.enter(endpoint, caller)
    const each = { endpoint, caller, cancel: () => wait?.cancel(new Error('gone')) }
    if (!wait) return inside.push(each)
    waiting.push(each)
    const move = () => {
      waiting.splice(waiting.indexOf(each), 1)
      inside.push(each)
    }
    return void wait.over.then(move, () => undefined)
  }
  const leave = (which: number) => {
    const left = take(inside, which)
    if (left) gate.leave(left.endpoint, left.caller)
  }
  for (const step of happens) {
    if (step.kind === 'call') enter(step.endpoint, step.caller)
    else if (step.kind === 'leave') leave(step.which)
    else take(waiting, step.which)?.cancel()
    await Promise.resolve()
    expect(gate.load).toEqual({ underWay: inside.length, waiting: waiting.length })
    expect(inside.length).toBeLessThanOrEqual(concurrency)
    const heldBy = (name: EndpointName) => inside.filter(({ endpoint }) => endpoint === name).length
    for (const name of ENDPOINT_NAMES) {
      expect(heldBy(name)).toBeLessThanOrEqual(Math.ceil(concurrency / 2))
      // Nobody waits for what is free.
      const isFree = inside.length < concurrency && heldBy(name) < Math.ceil(concurrency / 2)
      if (isFree) expect(waiting.filter(({ endpoint }) => endpoint === name)).toEqual([])
    }
  }
  while (inside.length > 0) {
    leave(0)
    await Promise.resolve()
  }
  expect(gate.load).toEqual({ underWay: 0, waiting: 0 })
}

type Steps = typeof steps extends fc.Arbitrary<infer Value> ? Value : never

test('a gate holds as many as it may, keeps nobody waiting for a free place, and forgets none', async () => {
  await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 6 }), steps, follow), {
    numRuns: 500,
  })
})
