import { describe, expect, it } from 'vitest'
import type { Plan, PlanStep } from '../../../src/schema/plan/plan.ts'
import { callsOfTakers, withRestOfCalls } from '../../../src/schema/plan/rest-of-calls.ts'

const step = (atMost: number, takesRest = false): PlanStep => ({
  path: 'remoteRecords',
  endpoint: 'histories',
  expected: 1,
  atMost,
  fromRound: 0,
  ...(takesRest && { takesRest }),
})

const planOf = (...steps: readonly PlanStep[]): Plan => ({
  steps,
  expected: steps.length,
  atMost: steps.reduce((sum, { atMost }) => sum + atMost, 0),
  spare: 10,
  rounds: 1,
  objects: 1,
})

const shared = (maxCalls: number, ...steps: readonly PlanStep[]) => {
  const plan = withRestOfCalls(planOf(...steps), maxCalls)
  return {
    steps: plan.steps.map(({ atMost }) => atMost),
    atMost: plan.atMost,
    taken: callsOfTakers(plan),
  }
}

describe('the rest of the calls', () => {
  it('is left where nobody takes it', () => {
    expect(shared(250, step(3), step(1))).toEqual({ steps: [3, 1], atMost: 4, taken: 0 })
  })

  it('goes to the one that takes it', () => {
    expect(shared(250, step(2, true))).toEqual({ steps: [250], atMost: 250, taken: 250 })
  })

  it('is what others and their spare calls leave', () => {
    expect(shared(250, step(2, true), step(30))).toEqual({
      steps: [210, 30],
      atMost: 240,
      taken: 210,
    })
  })

  it('is shared in equal parts, and the sum stays right', () => {
    expect(shared(250, step(2, true), step(2, true), step(1))).toEqual({
      steps: [120, 119, 1],
      atMost: 240,
      taken: 239,
    })
  })

  it('leaves half of few calls to spare', () => {
    expect(shared(9, step(2, true), step(1))).toEqual({ steps: [5, 1], atMost: 6, taken: 5 })
  })

  it('is nothing where the others need all', () => {
    expect(shared(5, step(2, true), step(3))).toEqual({ steps: [2, 3], atMost: 5, taken: 2 })
    expect(shared(5, step(2, true), step(9))).toEqual({ steps: [2, 9], atMost: 11, taken: 2 })
  })
})
