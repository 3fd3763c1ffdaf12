import type { FieldPlan, PlannedCalls, Selection } from './field-plan.ts'

/** The fields of a record that lead to a problem type. */
export const PROBLEM_TYPE_FIELDS = ['problemType', 'problemSubtype', 'problemDetailType']

/** Pages that find one record of millions, or the two rows between which it should be. */
const SEARCH_CALLS = 15
/** Pages of a day that hold a record of it. */
const DAY_CALLS = 2

/** Records to find: those whose day is known are on its page, others share one search. */
export interface Lookups {
  /** The day of each record whose day is known. */
  readonly days: readonly string[]
  readonly withoutDay: number
  /** How many objects are looked up in all, those that cost nothing too. */
  readonly objects: number
}

/** One that is not found costs its chat too, and a page of the day that its chat tells. */
export function planLookups(lookups: Lookups, selection: Selection): FieldPlan {
  const { days, withoutDay, objects } = lookups
  const daysApart = new Set(days).size
  const search = withoutDay === 0 ? 0 : SEARCH_CALLS + withoutDay - 1
  const most = DAY_CALLS * (daysApart + days.length) + SEARCH_CALLS * withoutDay
  if (most === 0) return { calls: [], rounds: 0, objects }
  const rounds = withoutDay === 0 ? DAY_CALLS : SEARCH_CALLS + 1
  const calls: PlannedCalls[] = [
    { endpoint: 'histories', usual: daysApart + search, most },
    { endpoint: 'chatrecords', usual: Math.min(withoutDay, 1), most: days.length + withoutDay },
  ]
  const wantsLabels = PROBLEM_TYPE_FIELDS.some(field => selection.has(field, 'label'))
  if (!wantsLabels) return { calls, rounds, objects }
  return { calls: [...calls, planLabels(daysApart, withoutDay)], rounds: rounds + 1, objects }
}

/** Labels are on the same pages of the second list; few of those tell all labels, as a rule. */
const planLabels = (daysApart: number, withoutDay: number): PlannedCalls => ({
  endpoint: 'histories_v2',
  usual: daysApart + Math.min(withoutDay, 1),
  most: daysApart * 2 + withoutDay,
})
