import DataLoader from 'dataloader'
import type { RecordCursor } from '../history/cursor.ts'
import type { DatedHolder, OptionHolder } from '../history/option-cover.ts'
import { coverOptions, groupByDays } from '../history/option-cover.ts'
import type { ProblemTypeLabels, ProblemTypeLevel } from '../history/problem-type-labels.ts'
import { PROBLEM_TYPE_LEVELS } from '../history/problem-type-labels.ts'
import type { SliceWish } from '../history/record-slice.ts'
import { sliceRecords } from '../history/record-slice.ts'
import type { Towards } from '../history/sightings.ts'
import type { DayRange } from '../upstream/remote-record.ts'
import type { LocatedRecord } from './remote-record.ts'
import { locate } from './remote-record.ts'
import type { RecordListKey, RemoteRecordLists } from './remote-record-lists.ts'
import { DAY_MS, recordListName } from './remote-record-lists.ts'

/** Undefined where the menus have no such level. */
export const toProblemTypeLevel = (level: number): ProblemTypeLevel | undefined =>
  PROBLEM_TYPE_LEVELS.find(each => each === level)

/** An option of a problem-type menu, and a record that has it. */
export interface ProblemTypeKey {
  readonly level: ProblemTypeLevel
  readonly optionId: number
  /** Undefined where only the option itself is known. */
  readonly record?: LocatedRecord | undefined
}

/** A part of a list of which labels may be wanted. */
interface LabelledWish extends SliceWish<RecordCursor> {
  readonly order: Towards
  readonly wantsLabels: () => boolean
}

/** The labels of a window as they are read beside its records, and why they could not be. */
interface Prefetch {
  readonly window: string
  readonly failure: Promise<Error | undefined>
}

export interface ProblemTypeLoader {
  /** The option's label; null where the upstream tells none. */
  label(key: ProblemTypeKey): Promise<string | null> | string
  /** Reads the labels of a part of a list beside its records, if none is known yet. */
  prefetch(list: RecordListKey, wish: LabelledWish): void
}

/** Labels of problem types: known ones cost nothing, others are looked up in the second list. */
export function createProblemTypeLoader(
  lists: RemoteRecordLists,
  labels: ProblemTypeLabels,
): ProblemTypeLoader {
  const prefetches = new Map<string, Prefetch>()
  const optionName = ({ level, optionId }: ProblemTypeKey) => `${level}/${optionId}`
  const isUnknown = ({ level, optionId }: ProblemTypeKey) => !labels.get(level, optionId)

  const loader = new DataLoader<ProblemTypeKey, string | null, string>(
    async keys => {
      const failures = await failuresOf(prefetches.values())
      const failureOf = ({ record }: ProblemTypeKey) => record && failures.get(windowOf(record))
      const isWanted = (key: ProblemTypeKey) => isUnknown(key) && !failureOf(key)
      const records = keys.flatMap(({ record }) => record ?? [])
      const beside = readBeside(records)
      for (const record of beside) learn(record, record.list.createdOn)
      // What failed beside its records is not asked for once more.
      const isReadable = (record: LocatedRecord) => !failures.has(windowOf(record))
      const readable = [...records, ...beside].filter(isReadable)
      const seen = new Set(await lookUp(keys.filter(isWanted), readable))
      // Where the record chosen for an option tells none, the one that it is asked for may.
      await lookUp(
        keys.filter(isWanted),
        records.filter(record => isReadable(record) && !seen.has(record)),
      )
      if (keys.some(isUnknown) && records.length < keys.length) await learnLatest()
      return keys.map(key => labels.get(key.level, key.optionId) ?? failureOf(key) ?? null)
    },
    { cacheKeyFn: optionName },
  )

  /** Options that records have: all pages that tell them at once, and few of them. */
  async function lookUp(
    keys: readonly ProblemTypeKey[],
    records: readonly LocatedRecord[],
  ): Promise<LocatedRecord[]> {
    if (keys.length === 0) return []
    const ofAgents = records.filter(isOfAgent).flatMap(toDated)
    const others = records.filter(record => !isOfAgent(record) || toDated(record).length === 0)
    const byWindow = Map.groupBy(others, ({ list }) => windowName(list.createdOn))
    const windows = [...byWindow.values()].map(ofWindow => ofWindow.map(toHolder))
    const groups = [...windows, ...groupByDays(ofAgents)]
    const chosen = coverOptions(groups, keys.map(optionName))
    await Promise.all(chosen.map(lookUpRecords))
    return chosen.flat()
  }

  /** Records of one window. One that the second list did not show yet is looked for once more. */
  async function lookUpRecords(records: readonly LocatedRecord[]): Promise<void> {
    const createdOn = labelledWindow(records)
    await findLabels(records, createdOn)
    const list = lists.labelledList(createdOn)
    const unseen = records.filter(({ resource }) => list.rowsAt(resource.csId).length === 0)
    if (unseen.length === 0) return
    lists.forgetLabelledList(createdOn)
    await findLabels(unseen, createdOn)
  }

  async function findLabels(
    records: readonly LocatedRecord[],
    createdOn: DayRange | undefined,
  ): Promise<void> {
    const byCsId = new Map(records.map(record => [record.resource.csId, record]))
    const list = lists.labelledList(createdOn)
    await list.find([...byCsId.keys()], csId => placeInLabelledList(byCsId.get(csId)))
    for (const record of readBeside(records)) learn(record, createdOn)
  }

  /** The records that were read of the same lists: their labels are learnt as well. */
  function readBeside(records: readonly LocatedRecord[]): LocatedRecord[] {
    const keys = new Map(records.map(({ list }) => [recordListName(list), list]))
    return [...keys.values()].flatMap(key => {
      const list = lists.list(key)
      return list.rows.map(row => locate(row, key, list))
    })
  }

  /** An option without a record at hand may be one of those that the latest records have. */
  async function learnLatest(): Promise<void> {
    const latest = { limit: 100, isFromEnd: false, after: undefined, before: undefined }
    const key = { servicerId: undefined, createdOn: undefined }
    const list = lists.list(key)
    const [{ edges }] = await Promise.all([
      sliceRecords(list, -1, latest),
      sliceRecords(lists.labelledList(undefined), -1, latest),
    ])
    for (const { row } of edges) learn(locate(row, key, list), undefined)
  }

  /** Takes the labels of a record from what was read of the second list. */
  function learn({ resource }: LocatedRecord, createdOn: DayRange | undefined): void {
    for (const { row } of lists.labelledList(createdOn).rowsAt(resource.csId)) {
      labels.learn(resource.problemTypeIds, row.labels)
    }
  }

  return {
    label: key => labels.get(key.level, key.optionId) ?? loader.load(key),
    prefetch({ servicerId, createdOn }, wish) {
      if (servicerId !== undefined || !labels.isEmpty || !wish.wantsLabels()) return
      const reading = sliceRecords(lists.labelledList(createdOn), wish.order, wish)
      const window = windowName(createdOn)
      prefetches.set(JSON.stringify([window, wish]), { window, failure: errorOf(reading) })
    },
  }
}

const errorOf = (reading: Promise<unknown>): Promise<Error | undefined> =>
  reading.then(
    () => undefined,
    (error: Error) => error,
  )

async function failuresOf(prefetches: Iterable<Prefetch>): Promise<ReadonlyMap<string, Error>> {
  const failures = new Map<string, Error>()
  for (const { window, failure } of prefetches) {
    const error = await failure
    if (error) failures.set(window, error)
  }
  return failures
}

const isOfAgent = ({ list }: LocatedRecord) => list.servicerId !== undefined

const toHolder = (row: LocatedRecord): OptionHolder<LocatedRecord> => ({
  row,
  options: row.resource.problemTypeIds.flatMap((optionId, at) =>
    optionId === null ? [] : [`${at + 1}/${optionId}`],
  ),
})

function toDated(record: LocatedRecord): DatedHolder<LocatedRecord>[] {
  const { csId, startedOn } = record.resource
  if (startedOn === null) return []
  return [{ ...toHolder(record), csId, day: Date.parse(startedOn) / DAY_MS }]
}

/** The second list knows no agents: labels of agents' records are in the list of their days. */
function labelledWindow(records: readonly LocatedRecord[]): DayRange | undefined {
  const days = records.flatMap(({ resource }) => resource.startedOn ?? []).sort()
  const [first] = records
  return first && isOfAgent(first) && days.length > 0
    ? { from: days[0], to: days.at(-1) }
    : first?.list.createdOn
}

const placeInLabelledList = (record: LocatedRecord | undefined) =>
  record?.list.servicerId === undefined ? record?.place : undefined

const windowOf = ({ list }: LocatedRecord) => recordListName(list)

const windowName = (createdOn: DayRange | undefined) =>
  recordListName({ servicerId: undefined, createdOn })
