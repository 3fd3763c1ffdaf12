import type { Expectations } from './expectations.ts'
import type { FieldPlan, PlannedCalls, SelectionQuestions } from './field-plan.ts'

/** The fields of a record that lead to a problem type. */
export const PROBLEM_TYPE_FIELDS = ['problemType', 'problemSubtype', 'problemDetailType']

/** How many pages find one record of millions, or the two rows between which it should be. */
export const SEARCH_CALLS = 15
/** How many pages of a day find one record of that day. */
const CALLS_OF_A_DAY = 2

/**
 * A record to find. One whose day is known is as a rule on a page of that day; all others are
 * searched for.
 */
interface LookUp {
  readonly csId: number
  readonly day?: string | undefined
}

/** Records to find by their ids, and whether labels of their problem types are wanted. */
export interface LookUps {
  readonly records: readonly LookUp[]
  readonly wantsLabels: boolean
}

/** The plan of a field that finds records: their calls are planned with those of all other fields. */
export function toLookUps(
  records: readonly LookUp[],
  below: SelectionQuestions,
  { objects }: Pick<FieldPlan, 'objects'>,
): FieldPlan {
  const wantsLabels = PROBLEM_TYPE_FIELDS.some(field => below.has(field, 'label'))
  const lookUps = { records, wantsLabels }
  return { calls: [], rounds: roundsOf(lookUps), objects, lookUps }
}

function roundsOf({ records, wantsLabels }: LookUps): number {
  if (records.length === 0) return 0
  const hasDays = records.some(({ day }) => day !== undefined)
  return (hasDays ? CALLS_OF_A_DAY : 0) + SEARCH_CALLS + (wantsLabels ? 1 : 0)
}

/**
 * What it costs to find records, all in one search. The first one may take a whole search, each
 * further page of records one call more.
 */
export function planLookUps(all: readonly LookUps[], known: Expectations): PlannedCalls[] {
  const pagesOf = (lookUps: readonly LookUps[]) =>
    pagesFor(
      lookUps.flatMap(({ records }) => records),
      known.pageSizeOf('histories').rows,
    )
  const wanted = pagesOf(all)
  const labelled = pagesOf(all.filter(({ wantsLabels }) => wantsLabels))
  const learnsOrder = wanted.expectedInSearch > 0 && !known.canPlaceCsIds ? 1 : 0
  const calls: PlannedCalls[] = [
    {
      endpoint: 'histories',
      expected: wanted.expectedInSearch + wanted.days + learnsOrder,
      atMost:
        wanted.atMostOnDays + (wanted.atMostInSearch && SEARCH_CALLS + wanted.atMostInSearch - 1),
    },
    {
      endpoint: 'histories_v2',
      expected: known.hasLabels ? 0 : labelled.expectedInSearch + labelled.days,
      atMost: labelled.atMostOnDays + labelled.atMostInSearch,
    },
  ]
  return calls.filter(({ atMost }) => atMost > 0)
}

/** How many pages hold the records, once their places are known. */
interface Pages {
  /** The cost if no record is on the page of its day, so that all have to be searched for. */
  readonly atMostInSearch: number
  readonly expectedInSearch: number
  readonly days: number
  readonly atMostOnDays: number
}

function pagesFor(records: readonly LookUp[], rowsOfAPage: number): Pages {
  const undated = records.filter(({ day }) => day === undefined)
  const inSearch = (searched: readonly LookUp[], round: (pages: number) => number) =>
    sum(runsOf(searched, rowsOfAPage).map(run => pagesOfRun(run, rowsOfAPage, round)))
  const dated = new Map(records.map(({ csId, day }) => [`${csId}/${day}`, day]))
  const onDays = [...dated.values()].filter(day => day !== undefined)
  const days = new Set(onDays).size
  return {
    atMostInSearch: inSearch(records, Math.ceil),
    expectedInSearch: inSearch(undated, Math.round),
    days,
    atMostOnDays: days + onDays.length,
  }
}

/** Rising csIds that may share pages. There is at most one row for each csId. */
interface Run {
  readonly first: number
  readonly last: number
  readonly count: number
}

function runsOf(records: readonly LookUp[], rowsOfAPage: number): Run[] {
  const runs: Run[] = []
  const csIds = [...new Set(records.map(({ csId }) => csId))]
  for (const csId of csIds.toSorted((a, b) => a - b)) {
    const run = runs.at(-1)
    if (run && csId - run.last < rowsOfAPage) {
      runs[runs.length - 1] = { ...run, last: csId, count: run.count + 1 }
    } else runs.push({ first: csId, last: csId, count: 1 })
  }
  return runs
}

/** A run begins anywhere in a page, so the number of pages is rounded up. */
const pagesOfRun = (
  { first, last, count }: Run,
  rowsOfAPage: number,
  round: (pages: number) => number,
) => Math.min(count, 1 + round((last - first) / rowsOfAPage))

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0)
