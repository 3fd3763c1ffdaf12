import { LRUCache } from 'lru-cache'
import type { AnswerCache, AnswerOwner } from '../../cache/answer-cache.ts'
import type { Plan, PlanStep } from '../../schema/plan/plan.ts'
import type { EndpointName } from '../../upstream/endpoint.ts'

/** So many operations are remembered, and of so many answers at most. */
const MAX_OPERATIONS = 500
const MAX_ANSWERS = 100

/** Which answers of the upstream an operation needed when it ran last: those of them that are held cost no call. */
export class NeededAnswers {
  readonly #cache: AnswerCache
  readonly #needed = new LRUCache<string, ReadonlyMap<string, EndpointName>>({
    max: MAX_OPERATIONS,
  })

  constructor(cache: AnswerCache) {
    this.#cache = cache
  }

  /** `asked` is the text that says what is asked. */
  note(owner: AnswerOwner, asked: string, needed: ReadonlyMap<string, EndpointName>): void {
    if (owner.generation === undefined || needed.size === 0 || needed.size > MAX_ANSWERS) return
    this.#needed.set(`${owner.generation} ${asked}`, needed)
  }

  /**
   * The plan, whose steps expect no more calls than there are answers that are not held. One that takes
   * what the others leave expects all of these: nobody else knows how far it reads.
   */
  planFor(owner: AnswerOwner, asked: string, plan: Plan): Plan {
    const needed = this.#needed.get(`${owner.generation} ${asked}`)
    if (!needed) return plan
    const missing = new Map<EndpointName, number>()
    for (const [name, endpoint] of needed) {
      if (!this.#cache.has(owner, name)) missing.set(endpoint, (missing.get(endpoint) ?? 0) + 1)
    }
    const steps = plan.steps.map((step): PlanStep => {
      const left = missing.get(step.endpoint) ?? 0
      const expected = Math.min(step.takesRest ? step.atMost : step.expected, left)
      missing.set(step.endpoint, left - expected)
      return { ...step, expected }
    })
    return { ...plan, steps, expected: steps.reduce((sum, { expected }) => sum + expected, 0) }
  }
}
