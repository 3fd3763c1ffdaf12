import type { FieldPlan, PlannedCalls, Selection } from './field-plan.ts'
import { callsOf } from './field-plan.ts'

/** The fields of a record that lead to a problem type. */
export const PROBLEM_TYPE_FIELDS = ['problemType', 'problemSubtype', 'problemDetailType']

/** A search halves what is left of the list at worst: so many pages find one record of millions. */
const LOOKUP_CALLS = 16

/** Records to find: those whose day is known are on its page, others share one search. */
export interface Lookups {
  readonly days: ReadonlySet<string>
  readonly withoutDay: number
  /** How many objects are looked up in all, those that cost nothing too. */
  readonly objects: number
}

export function planLookups(lookups: Lookups, selection: Selection): FieldPlan {
  const { days, withoutDay, objects } = lookups
  const search = withoutDay === 0 ? 0 : LOOKUP_CALLS + withoutDay - 1
  const rounds = search > 0 ? LOOKUP_CALLS : 2
  const most = days.size * 2 + search
  const records = callsOf('histories', days.size + search, most, { rounds, objects })
  const wantsLabels = PROBLEM_TYPE_FIELDS.some(field => selection.has(field, 'label'))
  if (most === 0 || !wantsLabels) return records
  return { ...records, rounds: rounds + 1, calls: [...records.calls, planLabels(lookups)] }
}

/** Labels are on the same pages of the second list; few of those tell all labels, as a rule. */
const planLabels = ({ days, withoutDay }: Lookups): PlannedCalls => ({
  endpoint: 'histories_v2',
  usual: days.size + Math.min(withoutDay, 1),
  most: days.size * 2 + withoutDay,
})
