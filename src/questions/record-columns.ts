import type { RemoteRecordResource } from '../upstream/remote-record.ts'
import { type ColumnArrays, createArrays, resized } from './column-arrays.ts'
import { type ColumnValues, createValues } from './column-values.ts'
import { fromFen, toFen } from './money.ts'

export type ProblemTypeLevel = 1 | 2 | 3

/** What stands for "no value" in a column of whole numbers. */
export const NONE = -1

/** Flags of a record, each a bit of a byte. */
export const RESOLVED = 1
export const WITH_CHAT = 2
export const WITH_REMOTE_CONTROL = 4
/** Whether the record says anything of the three above. */
export const SAYS_RESOLVED = 8
export const SAYS_CHAT = 16
export const SAYS_REMOTE_CONTROL = 32
export const RATED = 64
export const PAID = 128

const DAY_MS = 86_400_000
const FIRST_CAPACITY = 1024

/**
 * What is counted of records, in columns of numbers, and nothing personal but the names of companies,
 * each once. `Sample` is kept of one record of each agent and each option.
 */
export class RecordColumns<Sample> {
  readonly values: ColumnValues<Sample>
  #arrays: ColumnArrays
  #length: number

  /** Default: no rows. Others may have the same values: then no rows may be added. */
  constructor(
    values: ColumnValues<Sample> = createValues(),
    arrays: ColumnArrays = createArrays(FIRST_CAPACITY),
    length = 0,
  ) {
    this.values = values
    this.#arrays = arrays
    this.#length = length
  }

  get length(): number {
    return this.#length
  }

  /** The columns; rows from `length` on have no meaning. They are replaced when they grow. */
  get arrays(): ColumnArrays {
    return this.#arrays
  }

  /** Gives back the memory that further rows would have been in. */
  trim(): void {
    this.#arrays = resized(this.#arrays, this.#length)
  }

  /** `toSample` is called for the records that a sample is kept of. */
  add(record: RemoteRecordResource, toSample: () => Sample): void {
    if (this.#length === this.#arrays.day.length)
      this.#arrays = resized(this.#arrays, this.#length * 2)
    const row = this.#length
    const arrays = this.#arrays
    const { startedAt, servicerId } = record
    arrays.day[row] = startedAt === null ? NONE : Date.parse(startedAt.slice(0, 10)) / DAY_MS
    arrays.hour[row] = startedAt === null ? NONE : Number(startedAt.slice(11, 13))
    arrays.duration[row] = record.durationSeconds ?? NONE
    arrays.fen[row] = this.#fenOf(record) ?? Number.NaN
    arrays.flags[row] = flagsOf(record)
    arrays.status[row] = this.values.statuses.numberOf(record.status)
    arrays.rating[row] = this.values.ratings.numberOf(record.rating)
    arrays.paymentStatus[row] = this.values.paymentStatuses.numberOf(record.paymentStatus)
    arrays.agent[row] = this.values.agents.numberOf(servicerId)
    arrays.company[row] = this.values.companies.numberOf(record.companyName)
    arrays.option1[row] = this.#addOption(record, 1, toSample)
    arrays.option2[row] = this.#addOption(record, 2, toSample)
    arrays.option3[row] = this.#addOption(record, 3, toSample)
    if (servicerId !== null) this.#keepAgentSample(servicerId, record, toSample)
    this.#length += 1
  }

  #fenOf(record: RemoteRecordResource): number | undefined {
    const { price } = record
    if (price === null) return undefined
    const fen = toFen(price)
    if (fen === undefined) record.reportPrice()
    if (fen === undefined || fromFen(fen) !== price) this.values.arePricesExact = false
    return fen
  }

  #addOption(record: RemoteRecordResource, level: ProblemTypeLevel, toSample: () => Sample) {
    const optionId = record.problemTypeId(level)
    const samples = this.values.optionSamples[level - 1]
    if (optionId !== null && !samples?.has(optionId)) samples?.set(optionId, toSample())
    return this.values.options[level - 1]?.numberOf(optionId) ?? NONE
  }

  #keepAgentSample(id: number, { hasChat }: RemoteRecordResource, toSample: () => Sample): void {
    if (this.values.agentSamples.get(id)?.hasChat) return
    if (!hasChat && this.values.agentSamples.has(id)) return
    this.values.agentSamples.set(id, { sample: toSample(), hasChat: hasChat === true })
  }
}

const flagsOf = (record: RemoteRecordResource): number =>
  flagOf(record.isResolved, RESOLVED, SAYS_RESOLVED) +
  flagOf(record.hasChat, WITH_CHAT, SAYS_CHAT) +
  flagOf(record.hasRemoteControl, WITH_REMOTE_CONTROL, SAYS_REMOTE_CONTROL) +
  (record.rating === null ? 0 : RATED) +
  (record.paymentStatus === 'PAID' || record.paymentStatus === 'DEDUCTED' ? PAID : 0)

const flagOf = (flag: boolean | null, isSet: number, isSaid: number): number =>
  flag === null ? 0 : isSaid + (flag ? isSet : 0)
