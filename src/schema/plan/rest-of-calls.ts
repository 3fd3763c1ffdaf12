import type { Plan, PlanStep } from './plan.ts'

/**
 * The plan of an operation that may make `maxCalls` calls: what its other fields leave goes to the
 * steps that take the rest, in equal parts. They read on until they have what is wanted, so nobody
 * knows beforehand how many calls they need.
 */
export function withRestOfCalls(plan: Plan, maxCalls: number): Plan {
  const takers = plan.steps.filter(({ takesRest }) => takesRest).length
  // The other fields keep their spare calls, as long as these steps get as many.
  const left = Math.max(0, maxCalls - plan.atMost)
  const spare = takers === plan.steps.length ? 0 : Math.min(plan.spare, Math.floor(left / 2))
  const rest = left - spare
  if (takers === 0 || rest === 0) return plan
  const each = Math.floor(rest / takers)
  let odd = rest - each * takers
  const steps = plan.steps.map((step): PlanStep => {
    if (!step.takesRest) return step
    const further = each + (odd > 0 ? 1 : 0)
    odd -= 1
    return { ...step, atMost: step.atMost + further }
  })
  return { ...plan, steps, atMost: plan.atMost + rest }
}

/** The calls of the steps that share the rest. */
export const callsOfTakers = ({ steps }: Plan): number =>
  steps.reduce((sum, { atMost, takesRest }) => sum + (takesRest ? atMost : 0), 0)
