import DataLoader from 'dataloader'
import type { RecordCursor } from '../history/cursor.ts'
import type { ProblemTypeLabels, ProblemTypeLevel } from '../history/problem-type-labels.ts'
import { PROBLEM_TYPE_LEVELS } from '../history/problem-type-labels.ts'
import type { SliceWish } from '../history/record-slice.ts'
import { sliceRecords } from '../history/record-slice.ts'
import type { Towards } from '../history/sightings.ts'
import type { DayRange } from '../upstream/remote-record.ts'
import type { LocatedRecord } from './remote-record.ts'
import { locate } from './remote-record.ts'
import type { RecordListKey, RemoteRecordLists } from './remote-record-lists.ts'
import { recordListName } from './remote-record-lists.ts'

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
  const prefetches = new Map<string, Promise<unknown>>()
  const optionName = ({ level, optionId }: ProblemTypeKey) => `${level}/${optionId}`
  const isUnknown = ({ level, optionId }: ProblemTypeKey) => !labels.get(level, optionId)

  const loader = new DataLoader<ProblemTypeKey, string | null, string>(
    async keys => {
      await Promise.all(prefetches.values())
      const records = keys.flatMap(({ record }) => record ?? [])
      const [first] = records
      if (first) learn(readBeside(first))
      learn(records)
      await lookUp(keys)
      if (keys.some(isUnknown) && records.length < keys.length) await learnLatest()
      return keys.map(({ level, optionId }) => labels.get(level, optionId) ?? null)
    },
    { cacheKeyFn: optionName },
  )

  /** One window of days after the other, as long as an option is unknown: each tells many labels. */
  async function lookUp(keys: readonly ProblemTypeKey[]): Promise<void> {
    const located = keys.flatMap(({ record, ...option }) => (record ? { ...option, record } : []))
    const windows = Map.groupBy(located, ({ record }) => windowName(labelledWindow(record)))
    for (const ofWindow of windows.values()) {
      const records = ofWindow.filter(isUnknown).map(({ record }) => record)
      if (records.length > 0) await lookUpRecords(records)
    }
  }

  /** Records of one window. One that the second list did not show yet is looked for once more. */
  async function lookUpRecords(records: readonly LocatedRecord[]): Promise<void> {
    await findLabels(records)
    const unseen = records.filter(record => labelledRows(record).length === 0)
    const [first] = unseen
    if (!first) return
    lists.forgetLabelledList(labelledWindow(first))
    await findLabels(unseen)
  }

  async function findLabels(records: readonly LocatedRecord[]): Promise<void> {
    const [first] = records
    if (!first) return
    const byCsId = new Map(records.map(record => [record.resource.csId, record]))
    const list = lists.labelledList(labelledWindow(first))
    await list.find([...byCsId.keys()], csId => placeInLabelledList(byCsId.get(csId)))
    learn(records)
    learn(readBeside(first))
  }

  /** The records that were read of the same list: their labels are learnt as well. */
  function readBeside({ list: key }: LocatedRecord): LocatedRecord[] {
    const list = lists.list(key)
    return list.rows.map(row => locate(row, key, list))
  }

  /** An option without a record at hand may be one of those that the latest records have. */
  async function learnLatest(): Promise<void> {
    const latest = { limit: 100, isFromEnd: false, after: undefined, before: undefined }
    const key = { servicerId: undefined, startedOn: undefined }
    const list = lists.list(key)
    const [{ edges }] = await Promise.all([
      sliceRecords(list, -1, latest),
      sliceRecords(lists.labelledList(undefined), -1, latest),
    ])
    learn(edges.map(({ row }) => locate(row, key, list)))
  }

  /** Takes the labels of these records from what was read of the second list. */
  function learn(records: readonly LocatedRecord[]): void {
    for (const record of records) {
      for (const { row } of labelledRows(record)) {
        labels.learn(record.resource.problemTypeIds, row.labels)
      }
    }
  }

  const labelledRows = (record: LocatedRecord) =>
    lists.labelledList(labelledWindow(record)).rowsAt(record.resource.csId)

  return {
    label: key => labels.get(key.level, key.optionId) ?? loader.load(key),
    prefetch({ servicerId, startedOn }, wish) {
      if (servicerId !== undefined || !labels.isEmpty || !wish.wantsLabels()) return
      const reading = sliceRecords(lists.labelledList(startedOn), wish.order, wish)
      // Its failure is not lost: the look-up that needs these labels asks again, and fails itself.
      prefetches.set(JSON.stringify([windowName(startedOn), wish]), Promise.allSettled([reading]))
    },
  }
}

/** The second list knows no agents: labels of an agent's record are in the list of its day. */
function labelledWindow({ list, resource }: LocatedRecord): DayRange | undefined {
  const day = resource.startedOn
  if (list.servicerId === undefined || day === null) return list.startedOn
  return { from: day, to: day }
}

const placeInLabelledList = (record: LocatedRecord | undefined) =>
  record?.list.servicerId === undefined ? record?.place : undefined

const windowName = (startedOn: DayRange | undefined) =>
  recordListName({ servicerId: undefined, startedOn })
