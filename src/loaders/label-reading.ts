import type { LabelPair } from '../history/labels/label-evidence.ts'
import {
  optionName,
  PROBLEM_TYPE_LEVELS,
  repeatedLabels,
  weighLabels,
} from '../history/labels/label-evidence.ts'
import type { DatedHolder, OptionHolder } from '../history/labels/option-cover.ts'
import { groupByDays } from '../history/labels/option-cover.ts'
import type { ProblemTypeLabels } from '../history/labels/problem-type-labels.ts'
import type { NumberedList } from '../history/lists/numbered-list.ts'
import type {
  DayRange,
  LabelledRemoteRecord,
  RemoteRecordResource,
} from '../upstream/remote-record.ts'
import type { LocatedRecord } from './remote-record.ts'
import type { RecordListKey, RemoteRecordLists } from './remote-record-lists.ts'
import { DAY_MS, recordListName } from './remote-record-lists.ts'

/** What one request reads of the second list, and learns from it. */
export class LabelReading {
  readonly #lists: RemoteRecordLists
  readonly #labels: ProblemTypeLabels
  /** What both lists say of the records that were read of both. */
  readonly #pairs = new Map<number, LabelPair>()

  constructor(lists: RemoteRecordLists, labels: ProblemTypeLabels) {
    this.#lists = lists
    this.#labels = labels
  }

  /**
   * Learns from what was read of some lists, and of the second list. Of `records` it learns too if
   * their list was not read here: they were picked out of many, so few others bear them out.
   */
  learn(
    keys: readonly RecordListKey[],
    labelled: NumberedList<LabelledRemoteRecord>,
    records: readonly LocatedRecord[] = [],
  ): void {
    const labels = new Map(labelled.rows.map(({ row }) => [row.csId, row.labels]))
    for (const key of new Map(keys.map(each => [recordListName(each), each])).values()) {
      // An agent's records are on pages of different days, where few others bear them out. To read
      // each of them again would double what their labels cost.
      const mayStandAlone = key.servicerId !== undefined
      for (const { row } of this.#lists.freshList(key).rows) {
        const ofRow = labels.get(row.csId)
        if (ofRow) this.#pairs.set(row.csId, { ...toPair(row, ofRow), mayStandAlone })
      }
    }
    for (const { resource, listKey } of records) {
      const ofRow = labels.get(resource.csId)
      const isFresh = this.#lists.freshList(listKey) === this.#lists.list(listKey)
      if (!ofRow || !isFresh || this.#pairs.has(resource.csId)) continue
      this.#pairs.set(resource.csId, { ...toPair(resource, ofRow), mayStandAlone: true })
    }
    this.#labels.learn(weighLabels([...this.#pairs.values()]), this)
  }

  /**
   * Reads the second list's rows of a group of records, and learns from the rows around them too. Ids that
   * are held from before the request are read again: records may have got other ones since.
   */
  async read(records: readonly LocatedRecord[]): Promise<void> {
    const days = daysOf(records)
    const keys = records.map(({ listKey }) => listKey)
    const list = this.#lists.labelledList(days)
    const byList = Map.groupBy(records, ({ listKey }) => recordListName(listKey))
    await Promise.all([
      findLabels(list, records),
      ...[...byList.values()].map(ofList => this.#findFresh(ofList)),
    ])
    this.learn(keys, list, records)
    const unseen = records.filter(({ resource: { csId } }) => list.rowsAt(csId).length === 0)
    if (unseen.length === 0) return
    // The record has either just come, and the second list has it by now; or it is one of an
    // agent's list that was created before the day on which it began.
    const other = unseen.some(isOfAgent)
      ? this.#lists.labelledList()
      : this.#lists.anew().labelledList(days)
    await findLabels(other, unseen)
    this.learn(keys, other, unseen)
  }

  async #findFresh(records: readonly LocatedRecord[]): Promise<void> {
    const [first] = records
    if (!first) return
    const list = this.#lists.freshList(first.listKey)
    if (list !== this.#lists.list(first.listKey)) await findIn(list, records)
  }

  /** Reads records once more in both lists. A pair that both readings show is proven. */
  async readAgain(records: readonly LocatedRecord[]): Promise<void> {
    const lists = this.#lists.anew()
    const labelled = lists.labelledList(daysOf(records))
    const byList = Map.groupBy(records, ({ listKey }) => recordListName(listKey))
    const [rows] = await Promise.all([
      Promise.all([...byList.values()].map(ofList => findAgain(lists, ofList))),
      findLabels(labelled, records),
    ])
    for (const { row } of rows.flat()) {
      const [seen] = labelled.rowsAt(row.csId)
      if (!seen) continue
      const before = this.#pairs.get(row.csId)
      const pair = toPair(row, seen.row.labels)
      if (before) this.#labels.learn(repeatedLabels(before, pair), this)
      this.#pairs.set(row.csId, pair)
    }
  }
}

const toPair = (
  { csId, problemTypeIds: ids }: RemoteRecordResource,
  labels: LabelPair['labels'],
): LabelPair => ({ csId, ids, labels })

/**
 * The rows of records in the second list. Throws ListInconclusiveError if a row may be there or
 * not.
 */
async function findLabels(
  list: NumberedList<LabelledRemoteRecord>,
  records: readonly LocatedRecord[],
): Promise<void> {
  const places = new Map(
    records.map(record => [record.resource.csId, isOfAgent(record) ? undefined : record.place]),
  )
  await list.find([...places.keys()], csId => places.get(csId))
}

/** The rows of records that were seen in one list, in another reading of it. */
async function findAgain(lists: RemoteRecordLists, records: readonly LocatedRecord[]) {
  const [first] = records
  return first ? findIn(lists.list(first.listKey), records) : []
}

function findIn(list: NumberedList<RemoteRecordResource>, records: readonly LocatedRecord[]) {
  const places = new Map(records.map(({ resource, place }) => [resource.csId, place]))
  return list.find([...places.keys()], csId => places.get(csId))
}

/** The second list has no lists of single agents. */
const isOfAgent = ({ listKey }: LocatedRecord) => listKey.servicerId !== undefined

/** The option ids of a record, as names. */
export const optionsOf = ({ resource: { problemTypeIds } }: LocatedRecord): readonly string[] =>
  PROBLEM_TYPE_LEVELS.flatMap(level => {
    const optionId = problemTypeIds[level - 1]
    return optionId == null ? [] : [optionName(level, optionId)]
  })

const toHolder = (row: LocatedRecord): OptionHolder<LocatedRecord> => ({
  row,
  options: optionsOf(row),
})

function toDated(record: LocatedRecord): DatedHolder<LocatedRecord>[] {
  const { csId, startedOn } = record.resource
  if (startedOn === null) return []
  return [{ ...toHolder(record), csId, day: Date.parse(startedOn) / DAY_MS }]
}

/** Groups of records whose rows of the second list are in the same part of it. */
export function groupsOf(
  records: readonly LocatedRecord[],
): readonly (readonly OptionHolder<LocatedRecord>[])[] {
  const ofAgents = records.filter(isOfAgent).flatMap(toDated)
  const others = records.filter(record => !isOfAgent(record) || toDated(record).length === 0)
  const byList = Map.groupBy(others, ({ listKey }) => recordListName(listKey))
  return [...[...byList.values()].map(group => group.map(toHolder)), ...groupByDays(ofAgents)]
}

/**
 * The days of the second list that should have the records of a group: of an agent's, the days on
 * which they began, since most are created then.
 */
function daysOf(records: readonly LocatedRecord[]): DayRange | undefined {
  const [first] = records
  const days = records.flatMap(({ resource }) => resource.startedOn ?? []).sort()
  return first && isOfAgent(first) && days.length > 0
    ? { from: days[0], to: days.at(-1) }
    : first?.listKey.createdOn
}
