import type { FieldPlan } from './field-plan.ts'
import { callsOf } from './field-plan.ts'

/** A search halves what is left of the list at worst: so many pages find one record of millions. */
const LOOKUP_CALLS = 16

/** Records to find: those whose day is known are on its page, others share one search. */
export interface Lookups {
  readonly days: ReadonlySet<string>
  readonly withoutDay: number
  /** How many objects are looked up in all, those that cost nothing too. */
  readonly objects: number
}

export function planLookups({ days, withoutDay, objects }: Lookups): FieldPlan {
  const search = withoutDay === 0 ? 0 : LOOKUP_CALLS + withoutDay - 1
  const rounds = search > 0 ? LOOKUP_CALLS : 2
  return callsOf('histories', days.size + search, days.size * 2 + search, { rounds, objects })
}
