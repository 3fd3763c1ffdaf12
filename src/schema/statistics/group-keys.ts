import type { AgentKey } from '../../loaders/agent.ts'
import type { ProblemTypeKey } from '../../loaders/problem-type.ts'
import { locateSample, type RecordSample } from '../../loaders/record-sample.ts'
import { Dictionary } from '../../questions/dictionary.ts'
import { type Group, groupRows, noFigures } from '../../questions/group.ts'
import { NONE, type ProblemTypeLevel, type RecordColumns } from '../../questions/record-columns.ts'
import type { DayRange } from '../../upstream/remote-record.ts'
import { noRecords } from './record-figures.ts'
import type { GroupShape } from './statistics-groups.ts'

type Columns = RecordColumns<RecordSample>

const DAY_MS = 86_400_000
const HOURS = 24

const dayNumberOf = (day: string) => Date.parse(day) / DAY_MS
const dayAt = (number: number) => new Date(number * DAY_MS).toISOString().slice(0, 10)
const numbersFrom = (first: number, count: number) =>
  Array.from({ length: count }, (_, index) => first + index)

/** All days of the range, and other days on which services of its records began. */
export async function groupByDay(
  columns: Columns,
  { from = '', to = '' }: DayRange,
): Promise<readonly GroupShape<string>[]> {
  const groups = await groupsOf(columns, columns.arrays.day)
  const [first, last] = [dayNumberOf(from), dayNumberOf(to)]
  const days = new Set([...numbersFrom(first, last - first + 1), ...groups.keys()])
  days.delete(NONE)
  return [...days].toSorted((a, b) => a - b).map(day => ({ ...at(groups, day), key: dayAt(day) }))
}

export async function groupByHour(columns: Columns): Promise<readonly GroupShape<number>[]> {
  const groups = await groupsOf(columns, columns.arrays.hour)
  return numbersFrom(0, HOURS).map(hour => ({ ...at(groups, hour), key: hour }))
}

/** Groups are sorted by their number of records, the largest first. */
export async function groupByAgent(
  columns: Columns,
): Promise<readonly GroupShape<AgentKey | null>[]> {
  const { agents, agentSamples } = columns.values
  return mostFirst(await valueGroups(columns, columns.arrays.agent, agents), servicerId => ({
    servicerId,
    record: recordOf(agentSamples.get(servicerId)?.sample),
  }))
}

export async function groupByProblemType(
  columns: Columns,
  level: ProblemTypeLevel,
): Promise<readonly GroupShape<ProblemTypeKey | null>[]> {
  const { option1, option2, option3 } = columns.arrays
  const column = { 1: option1, 2: option2, 3: option3 }[level]
  const samples = columns.values.optionSamples[level - 1]
  const options = columns.values.options[level - 1] ?? new Dictionary<number | null>()
  return mostFirst(await valueGroups(columns, column, options), optionId => ({
    level,
    optionId,
    record: recordOf(samples?.get(optionId)),
  }))
}

const recordOf = (sample: RecordSample | undefined) => sample && locateSample(sample)

/** Groups by a column of dictionary numbers. */
export async function groupByValue<Value>(
  columns: Columns,
  column: ArrayLike<number>,
  values: Dictionary<Value>,
): Promise<readonly GroupShape<Value>[]> {
  return (await valueGroups(columns, column, values)).toSorted(
    (a, b) => b.figures.count - a.figures.count || compareTexts(String(a.key), String(b.key)),
  )
}

async function valueGroups<Value>(
  columns: Columns,
  column: ArrayLike<number>,
  values: Dictionary<Value>,
): Promise<readonly GroupShape<Value>[]> {
  const groups = await groupsOf(columns, column)
  return [...groups].flatMap(([number, group]) => {
    const key = values.valueOf(number)
    return key === undefined ? [] : [{ ...group, key }]
  })
}

const compareTexts = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

async function groupsOf(
  columns: Columns,
  column: ArrayLike<number>,
): Promise<ReadonlyMap<number, Group>> {
  const groups = await groupRows(columns, column)
  return new Map(groups.map(group => [group.key, group]))
}

const at = (groups: ReadonlyMap<number, Group>, key: number) =>
  groups.get(key) ?? noRecords(noFigures())

/** Those without an id come before others of as many records. */
const mostFirst = <Key>(
  groups: readonly GroupShape<number | null>[],
  toKey: (id: number) => Key,
): readonly GroupShape<Key | null>[] =>
  groups
    .toSorted((a, b) => b.figures.count - a.figures.count || (a.key ?? NONE) - (b.key ?? NONE))
    .map(group => ({ ...group, key: group.key === null ? null : toKey(group.key) }))
