import { toProblemTypeLevel } from '../../loaders/problem-type.ts'
import { createCountedMatcher } from '../../questions/record-filter.ts'
import { BadUserInputError } from '../arguments/bad-user-input.ts'
import { type DateRangeShape, parseDayRange } from '../arguments/date-range.ts'
import { assertReadable, parseRecordFilter } from '../arguments/parse-record-filter.ts'
import type { FieldPlan, PlanContext } from '../plan/field-plan.ts'
import { callsOf } from '../plan/field-plan.ts'
import type { RemoteRecordFilterShape } from '../remote-record-filter.ts'

export interface StatisticsArguments {
  createdOn: DateRangeShape
  filter?: RemoteRecordFilterShape | null | undefined
}

export function parseStatisticsArguments({ createdOn, filter }: StatisticsArguments) {
  const days = parseDayRange('createdOn', createdOn) ?? {}
  assertReadable(days)
  return { createdOn: days, ...parseRecordFilter(filter, days) }
}

/** What the upstream says of a list without its records. */
export const SAID_BY_THE_LIST = new Set(['count', 'asOf', '__typename'])

/** How many groups a plan expects at most. */
export const EXPECTED_AGENTS = 50
const EXPECTED_OPTIONS = 20
export const MAX_COMPANIES = 1000
export const DEFAULT_COMPANIES = 20

export function parseLevel({ level }: { level?: number | null | undefined }) {
  const known = toProblemTypeLevel(level ?? 1)
  if (known === undefined) throw new BadUserInputError(`level must be 1, 2 or 3.`)
  return known
}

export function parseFirst({ first }: { first?: number | null | undefined }): number {
  const companies = first ?? DEFAULT_COMPANIES
  if (companies >= 1 && companies <= MAX_COMPANIES) return companies
  throw new BadUserInputError(`first must be from 1 to ${MAX_COMPANIES}.`)
}

/** Groups cost no calls, because they are made of records that are read anyway. */
export const planGroups = (objects: number): FieldPlan => ({ calls: [], rounds: 0, objects })

/** The label of an option is on a page of the second list that has a record with that option. */
export function planOptions(_: unknown, { below, known }: PlanContext): FieldPlan {
  if (!below.has('problemType', 'label')) return planGroups(EXPECTED_OPTIONS)
  return callsOf('histories_v2', known.hasLabels ? 0 : 1, 2 * EXPECTED_OPTIONS, {
    objects: EXPECTED_OPTIONS,
  })
}

/** The count is in each page of the list. For everything else all its records are read. */
export function planStatistics(args: StatisticsArguments, context: PlanContext): FieldPlan {
  const wanted = parseStatisticsArguments(args)
  const names = [...context.below.namesOn('RemoteRecordStatistics')]
  const isSaid = names.length > 0 && names.every(name => SAID_BY_THE_LIST.has(name))
  if (wanted.filter !== undefined || !isSaid) return planReading(wanted, context)
  return callsOf(endpointOf(wanted), names.includes('count') ? 1 : 0)
}

type Wanted = ReturnType<typeof parseStatisticsArguments>

const endpointOf = ({ servicerId }: Pick<Wanted, 'servicerId'>) =>
  servicerId === undefined ? 'histories' : 'agent_histories'

/** Nobody knows in advance how many records there are, unless they were read a short time ago. */
export function planReading(wanted: Wanted, { known }: PlanContext): FieldPlan {
  const endpoint = endpointOf(wanted)
  const isCounted = createCountedMatcher(wanted.filter ?? {}) !== undefined
  const held = isCounted ? known.callsOfCounted(wanted) : undefined
  const pages = Math.max(1, known.pagesOfScan(endpoint, known.lengthOf(wanted) ?? 1))
  const expected = held ?? pages
  return {
    calls: [{ endpoint, expected, atMost: 2, takesRest: true }],
    rounds: Math.max(1, expected),
    objects: 1,
  }
}
