import type { RecordWish } from '../loaders/remote-record-connection.ts'
import { isPartWanted, planCount, rowsOfPart } from './connection.ts'
import type { Expectations } from './plan/expectations.ts'
import type { FieldPlan, PlanContext, PlannedCalls } from './plan/field-plan.ts'
import { callsOf } from './plan/field-plan.ts'
import { PROBLEM_TYPE_FIELDS, SEARCH_CALLS } from './plan/look-up-plan.ts'
import {
  NEWEST_FIRST,
  parseRecordArguments,
  type RecordArguments,
} from './remote-record-arguments.ts'

/** Paths from a connection to the labels of problem types. */
export const LABEL_PATHS = [['nodes'], ['edges', 'node']].flatMap(path =>
  PROBLEM_TYPE_FIELDS.map(field => [...path, field, 'label']),
)

type RecordsEndpoint = 'histories' | 'agent_histories'

/**
 * A list costs its pages; one call more if its start is at the upstream's far end, since that must be
 * found first; and one more for each border of two pages across which what is wanted can lie.
 */
export const planRecords =
  ({ isOfAgents = false } = {}) =>
  (args: RecordArguments, context: PlanContext): FieldPlan => {
    const { wish, createdOn, servicerId, filter } = parseRecordArguments(args)
    const isOfAgent = isOfAgents || servicerId !== undefined
    const endpoint = isOfAgent ? 'agent_histories' : 'histories'
    if (filter) return planFiltered(endpoint, wish, context)
    const { below, known } = context
    const rows = isPartWanted(below) ? rowsOfPart(wish.limit, below) : 0
    if (rows === 0) return planCount(endpoint, wish, below)
    const isFromCursor = (wish.after ?? wish.before) !== undefined
    const size = known.pageSizeOf(endpoint)
    const pages = Math.ceil(rows / size.rows)
    const fitsAnywhere = !isFromCursor && rows <= size.rows / 2
    // The agent of a field's parent is not known before it runs, so neither is its list.
    const length = isOfAgents ? undefined : known.lengthOf({ servicerId, createdOn })
    const mustFindEnd = isFromFarEnd(endpoint, wish, known) && length === undefined
    const expected = mustFindEnd ? pages + 1 : pages
    // If csIds are missing between two pages, a third one shows that no record is there.
    const joints = Math.max(0, pages - 1)
    const atMost = size.isFixed
      ? atMostOfFixedSize(pages)
      : pages + joints + (isFromCursor || fitsAnywhere ? 1 : 2)
    const records = callsOf(endpoint, expected, atMost, { rounds: 2, objects: wish.limit })
    if (wish.limit === 0 || !LABEL_PATHS.some(path => below.has(...path))) return records
    const labels = planLabels(endpoint, wish.limit, { expected, atMost }, known)
    return { ...records, calls: [...records.calls, labels] }
  }

/**
 * Of pages whose size nobody can choose, one more to either side may be read, and every second one twice:
 * see page-borders.ts. One call more finds the list's end.
 */
const atMostOfFixedSize = (pages: number): number => Math.ceil(1.5 * (pages + 2)) + 1

/** Whether the part begins at the end of the upstream's list. */
function isFromFarEnd(
  endpoint: RecordsEndpoint,
  { order, isFromEnd, after, before }: RecordWish,
  known: Expectations,
): boolean {
  if (after ?? before) return false
  const isFromNewest = (order === NEWEST_FIRST) !== isFromEnd
  return isFromNewest === (known.isRising(endpoint) ?? false)
}

/**
 * Nobody knows beforehand how many records must be looked at: those of one page at least. One call
 * more finds the list's start if that is at the upstream's far end.
 */
function planFiltered(
  endpoint: RecordsEndpoint,
  wish: RecordWish,
  { below, known }: PlanContext,
): FieldPlan {
  const isRead = isPartWanted(below) || below.has('scan') || below.has('totalCount')
  if (!isRead) return callsOf(endpoint, 0)
  const expected = isFromFarEnd(endpoint, wish, known) ? 2 : 1
  const calls: PlannedCalls[] = [{ endpoint, expected, atMost: 2, takesRest: true }]
  if (LABEL_PATHS.some(path => below.has(...path))) {
    calls.push(planScatteredLabels(wish.limit, known))
  }
  return { calls, rounds: calls.length + 1, objects: wish.limit }
}

/** Each record may be on another page of the second list, and that page on two days. */
const planScatteredLabels = (records: number, { hasLabels }: Expectations): PlannedCalls => ({
  endpoint: 'histories_v2',
  expected: hasLabels ? 0 : 1,
  atMost: records * 2 + SEARCH_CALLS,
})

/**
 * Labels of all agents' records are on the same pages. Those of one agent's are on two pages of a day
 * at worst; records that were created before the day on which they began are searched for together.
 */
function planLabels(
  endpoint: RecordsEndpoint,
  records: number,
  pages: Pick<PlannedCalls, 'expected' | 'atMost'>,
  known: Expectations,
): PlannedCalls {
  if (endpoint === 'agent_histories') return planScatteredLabels(records, known)
  return {
    endpoint: 'histories_v2',
    expected: known.hasLabels ? 0 : pages.expected,
    atMost: pages.atMost,
  }
}
