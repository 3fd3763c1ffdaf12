import type { AgentKey } from '../loaders/agent.ts'
import type { ProblemTypeKey } from '../loaders/problem-type.ts'
import type { LocatedRecord } from '../loaders/remote-record.ts'
import { type Group, groupRows, noFigures } from '../questions/group.ts'
import { NONE, type ProblemTypeLevel, type RecordColumns } from '../questions/record-columns.ts'
import type { DayRange } from '../upstream/remote-record.ts'
import { noRecords } from './record-figures.ts'
import type { GroupShape } from './statistics-groups.ts'

type Columns = RecordColumns<LocatedRecord>

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
  const groups = await groupsOf(columns, columns.arrays.agent)
  return mostFirst(groups, servicerId =>
    servicerId === NONE
      ? null
      : { servicerId, record: columns.agentSamples.get(servicerId)?.sample },
  )
}

export async function groupByProblemType(
  columns: Columns,
  level: ProblemTypeLevel,
): Promise<readonly GroupShape<ProblemTypeKey | null>[]> {
  const groups = await groupsOf(columns, columns.arrays.options[level - 1] ?? [])
  const samples = columns.optionSamples[level - 1]
  return mostFirst(groups, optionId =>
    optionId === NONE ? null : { level, optionId, record: samples?.get(optionId) },
  )
}

/** Groups by a column of dictionary numbers. */
export async function groupByValue<Value>(
  columns: Columns,
  column: ArrayLike<number>,
  values: { valueOf(number: number): Value | undefined },
): Promise<readonly GroupShape<Value>[]> {
  const groups = await groupsOf(columns, column)
  const named = [...groups].flatMap(([number, group]) => {
    const key = values.valueOf(number)
    return key === undefined ? [] : [{ ...group, key }]
  })
  return named.toSorted(
    (a, b) => b.figures.count - a.figures.count || compareTexts(String(a.key), String(b.key)),
  )
}

const compareTexts = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

async function groupsOf(
  columns: Columns,
  column: ArrayLike<number>,
): Promise<ReadonlyMap<number, Group>> {
  const groups = await groupRows(columns, row => column[row] ?? NONE)
  return new Map(groups.map(group => [group.key, group]))
}

const at = (groups: ReadonlyMap<number, Group>, key: number) =>
  groups.get(key) ?? noRecords(noFigures())

const mostFirst = <Key>(
  groups: ReadonlyMap<number, Group>,
  toKey: (key: number) => Key,
): readonly GroupShape<Key>[] =>
  [...groups.values()]
    .toSorted((a, b) => b.figures.count - a.figures.count || a.key - b.key)
    .map(group => ({ ...group, key: toKey(group.key) }))
