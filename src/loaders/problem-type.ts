import DataLoader from 'dataloader'
import type { RecordCursor } from '../history/cursor.ts'
import { parseRecordCursor } from '../history/cursor.ts'
import type { ProblemTypeLevel } from '../history/labels/label-evidence.ts'
import { optionName, PROBLEM_TYPE_LEVELS } from '../history/labels/label-evidence.ts'
import { coverOptions } from '../history/labels/option-cover.ts'
import type { ProblemTypeLabels } from '../history/labels/problem-type-labels.ts'
import { ListInconclusiveError } from '../history/list-errors.ts'
import type { Towards } from '../history/lists/numbered-list.ts'
import { sliceRecords } from '../history/lists/record-slice.ts'
import type { SliceWish } from '../history/slice.ts'
import { groupsOf, LabelReading, optionsOf } from './label-reading.ts'
import type { LocatedRecord } from './remote-record.ts'
import { locate } from './remote-record.ts'
import type { RecordListKey, RemoteRecordLists } from './remote-record-lists.ts'
import { recordListName } from './remote-record-lists.ts'

/** Undefined if the menus have no such level. */
export const toProblemTypeLevel = (level: number): ProblemTypeLevel | undefined =>
  PROBLEM_TYPE_LEVELS.find(each => each === level)

/** An option of a problem-type menu, and a record that has it. */
export interface ProblemTypeKey {
  readonly level: ProblemTypeLevel
  readonly optionId: number
  /** Undefined if only the option is known, and no record with it. */
  readonly record?: LocatedRecord | undefined
}

interface LabelWish extends SliceWish<RecordCursor> {
  readonly order: Towards
}

/** Why the label of an option is unknown, by the option's name. */
type Failures = Map<string, Error>

const nameOf = ({ level, optionId }: ProblemTypeKey) => optionName(level, optionId)

const PAGE = 100
const HALF_A_PAGE = PAGE / 2
/** How many pages of records are read, newest first, for options that come without a record. */
export const MAX_PAGES_BACK = 10
/** How often records are read again that do not prove the labels of their options. */
const MAX_REPEATS = 2

const ALL_RECORDS: RecordListKey = { servicerId: undefined, createdOn: undefined }

/**
 * Labels of problem types, as one request looks them up. Known ones cost nothing. Others are in the
 * second list, on the rows of the records that have the option: label-evidence.ts says what those
 * rows prove.
 */
export class LabelLookup {
  readonly #lists: RemoteRecordLists
  readonly #labels: ProblemTypeLabels
  readonly #reading: LabelReading
  /** Called if no record at all has an option. */
  readonly #noteAbsence: () => void
  /** Parts of the second list that are read beside the first; with an error if that failed. */
  readonly #beside = new Map<string, { list: RecordListKey; failure: Promise<Error | undefined> }>()
  readonly #loader: DataLoader<ProblemTypeKey, string | null, string>

  constructor(
    lists: RemoteRecordLists,
    labels: ProblemTypeLabels,
    noteAbsence: () => void = () => undefined,
  ) {
    this.#lists = lists
    this.#labels = labels
    this.#noteAbsence = noteAbsence
    this.#reading = new LabelReading(lists, labels)
    this.#loader = new DataLoader(options => this.#lookUpAll(options), {
      // Each record that has the option counts: one of them alone may prove nothing.
      cacheKeyFn: option => `${nameOf(option)}/${option.record?.resource.csId ?? ''}`,
    })
  }

  /** Whether no label is known yet. */
  get isEmpty(): boolean {
    return this.#labels.isEmpty
  }

  /** Null if the upstream's text is empty, or if no record at all has the option. */
  label(option: ProblemTypeKey): Promise<string | null> | string | null {
    const known = this.#labels.get(option.level, option.optionId)
    return known === undefined ? this.#loader.load(option) : known
  }

  /**
   * Reads the labels of a part of a list beside its records: worth it if none is known. From an end
   * of the list it takes half a page of both, which is on one page wherever the list begins: the more
   * records have an option, the surer is its label.
   */
  readBeside(list: RecordListKey, wish: LabelWish): void {
    if (list.servicerId !== undefined) return
    const isFromAnEnd = !wish.after && !wish.before
    const part = isFromAnEnd ? { ...wish, limit: Math.max(wish.limit, HALF_A_PAGE) } : wish
    const name = `${recordListName(list)} ${JSON.stringify(part)}`
    if (this.#beside.has(name)) return
    const labels = sliceRecords(this.#lists.labelledList(list.createdOn), wish.order, part)
    this.#beside.set(name, { list, failure: errorOf(labels) })
    // The connection reads the same page, and reports why it could not be read.
    sliceRecords(this.#lists.list(list), wish.order, part).catch(() => undefined)
  }

  async #lookUpAll(options: readonly ProblemTypeKey[]): Promise<(string | null | Error)[]> {
    const failures: Failures = new Map()
    const records = [...new Set(options.flatMap(({ record }) => record ?? []))]
    const readable = await this.#learnBeside(records, failures)
    await this.#lookUp(options, readable, failures)
    const alone = this.#unknown(options).filter(option => !failures.has(nameOf(option)))
    const isWhole = alone.length > 0 && (await this.#searchBack(alone, failures))
    if (isWhole) this.#noteAbsence()
    return options.map(option => {
      const known = this.#labels.get(option.level, option.optionId)
      if (known !== undefined) return known
      return failures.get(nameOf(option)) ?? (isWhole ? null : notRecent(option))
    })
  }

  #unknown(options: readonly ProblemTypeKey[]): readonly ProblemTypeKey[] {
    return options.filter(({ level, optionId }) => this.#labels.get(level, optionId) === undefined)
  }

  /** Gives the records whose labels may still be asked for, without those of a part that failed. */
  async #learnBeside(
    records: readonly LocatedRecord[],
    failures: Failures,
  ): Promise<readonly LocatedRecord[]> {
    const failed = new Set<string>()
    for (const { list, failure } of this.#beside.values()) {
      const error = await failure
      if (!error) continue
      failed.add(recordListName(list))
      const ofList = records.filter(({ listKey }) => failed.has(recordListName(listKey)))
      for (const option of ofList.flatMap(optionsOf)) failures.set(option, error)
    }
    for (const { list } of this.#beside.values()) {
      this.#reading.learn([list], this.#lists.labelledList(list.createdOn))
    }
    return records.filter(({ listKey }) => !failed.has(recordListName(listKey)))
  }

  /**
   * Chooses few pages of the second list that together have all options. They are read side by
   * side.
   */
  async #lookUp(
    options: readonly ProblemTypeKey[],
    records: readonly LocatedRecord[],
    failures: Failures,
  ): Promise<void> {
    const unknown = this.#unknown(options)
    if (unknown.length === 0) return
    const chosen = coverOptions(groupsOf(records), unknown.map(nameOf))
    await Promise.all(
      chosen.map(async ofPage => {
        const names = new Set(ofPage.flatMap(optionsOf))
        const held = unknown.filter(option => names.has(nameOf(option)))
        const error = await errorOf(this.#lookUpOnPage(held, ofPage))
        for (const option of held) failures.set(nameOf(option), error ?? unproven(option))
      }),
    )
  }

  async #lookUpOnPage(
    options: readonly ProblemTypeKey[],
    records: readonly LocatedRecord[],
  ): Promise<void> {
    await this.#reading.read(records)
    for (let repeat = 0; repeat < MAX_REPEATS; repeat++) {
      const open = new Set(this.#unknown(options).map(nameOf))
      const unsettled = records.filter(record => optionsOf(record).some(name => open.has(name)))
      if (unsettled.length === 0) return
      await this.#reading.readAgain(unsettled)
    }
  }

  /**
   * Goes back through all records for options that came without one. Most are in the newest records:
   * both lists of those are read side by side. Gives whether the whole history was read.
   */
  async #searchBack(options: readonly ProblemTypeKey[], failures: Failures): Promise<boolean> {
    try {
      return await this.#readBack(options, failures)
    } catch (error) {
      for (const option of options) failures.set(nameOf(option), asError(error))
      return false
    }
  }

  async #readBack(options: readonly ProblemTypeKey[], failures: Failures): Promise<boolean> {
    const list = this.#lists.freshList(ALL_RECORDS)
    let after: RecordCursor | undefined
    for (let pages = 0; pages < MAX_PAGES_BACK; pages++) {
      const part = { limit: PAGE, isFromEnd: false, after, before: undefined }
      const labelled = pages === 0 ? [this.#lists.labelledList()] : []
      const [page] = await Promise.all([
        sliceRecords(list, NEWEST_FIRST, part),
        ...labelled.map(each => sliceRecords(each, NEWEST_FIRST, part)),
      ])
      for (const each of labelled) this.#reading.learn([ALL_RECORDS], each)
      const records = page.edges.map(({ row }) => locate(row, ALL_RECORDS, list))
      await this.#lookUp(options, records, failures)
      if (this.#unknown(options).every(option => failures.has(nameOf(option)))) return false
      const last = page.edges.at(-1)
      if (!last || !(await page.hasNext())) return true
      after = parseRecordCursor(last.cursor)
    }
    return false
  }
}

const NEWEST_FIRST = -1

const asError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)))

const errorOf = (reading: Promise<unknown>): Promise<Error | undefined> =>
  reading.then(() => undefined, asError)

const unproven = ({ level, optionId }: ProblemTypeKey) =>
  new ListInconclusiveError(
    `The label of option ${optionId} of level ${level} is not proven: the records that have it changed while they were read.`,
    { isRetryable: true },
  )

const notRecent = ({ level, optionId }: ProblemTypeKey) =>
  new ListInconclusiveError(
    `None of the newest ${MAX_PAGES_BACK * PAGE} records has option ${optionId} of level ${level}. Ask for the label along with a record that has the option.`,
    { isRetryable: false },
  )
