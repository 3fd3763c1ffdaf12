import type { RemoteRecordResource } from '../upstream/remote-record.ts'
import type { PaymentStatus, Rating, RemoteRecordStatus } from '../upstream/remote-record-enums.ts'
import { Dictionary } from './dictionary.ts'
import { toFen } from './money.ts'

export type ProblemTypeLevel = 1 | 2 | 3

/** What stands for "no value" in a column of whole numbers. */
export const NONE = -1

/** Flags of a record, each a bit of a byte. */
export const RESOLVED = 1
export const RATED = 2
export const WITH_CHAT = 4
export const PAID = 8

const DAY_MS = 86_400_000
const FIRST_CAPACITY = 1024

/**
 * What is counted of records, in columns of numbers: 70 bytes a record, and nothing personal but
 * the names of companies, each once. `Sample` is kept of one record of each agent and each option.
 */
export class RecordColumns<Sample> {
  readonly statuses = new Dictionary<RemoteRecordStatus>()
  readonly ratings = new Dictionary<Rating | null>()
  readonly paymentStatuses = new Dictionary<PaymentStatus>()
  readonly companies = new Dictionary<string | null>()
  /** By servicerId; of a record with a chat, if there is one. */
  readonly agentSamples = new Map<number, { readonly sample: Sample; readonly hasChat: boolean }>()
  /** By level from 1, then by option id. */
  readonly optionSamples: readonly Map<number, Sample>[] = [new Map(), new Map(), new Map()]
  #arrays = createArrays(FIRST_CAPACITY)
  #length = 0

  get length(): number {
    return this.#length
  }

  /** The columns; rows from `length` on have no meaning. They are replaced when they grow. */
  get arrays(): Readonly<ColumnArrays> {
    return this.#arrays
  }

  add(record: RemoteRecordResource, sample: Sample): void {
    if (this.#length === this.#arrays.day.length) this.#arrays = grown(this.#arrays)
    const row = this.#length
    const arrays = this.#arrays
    const { startedAt, rating, paymentStatus, servicerId } = record
    arrays.day[row] = startedAt === null ? NONE : Date.parse(startedAt.slice(0, 10)) / DAY_MS
    arrays.hour[row] = startedAt === null ? NONE : Number(startedAt.slice(11, 13))
    arrays.duration[row] = record.durationSeconds ?? NONE
    arrays.agent[row] = servicerId ?? NONE
    arrays.status[row] = this.statuses.numberOf(record.status)
    arrays.rating[row] = this.ratings.numberOf(rating)
    arrays.paymentStatus[row] = this.paymentStatuses.numberOf(paymentStatus)
    arrays.fen[row] = record.price === null ? 0 : toFen(record.price)
    arrays.company[row] = this.companies.numberOf(record.companyName)
    arrays.flags[row] = flagsOf(record)
    this.#addOptions(record, sample)
    if (servicerId !== null) this.#keepAgentSample(servicerId, record, sample)
    this.#length += 1
  }

  #addOptions(record: RemoteRecordResource, sample: Sample): void {
    for (const level of [1, 2, 3] as const) {
      const optionId = record.problemTypeId(level)
      const column = this.#arrays.options[level - 1]
      if (column) column[this.#length] = optionId ?? NONE
      const samples = this.optionSamples[level - 1]
      if (optionId !== null && !samples?.has(optionId)) samples?.set(optionId, sample)
    }
  }

  #keepAgentSample(servicerId: number, { hasChat }: RemoteRecordResource, sample: Sample): void {
    if (this.agentSamples.get(servicerId)?.hasChat) return
    if (!hasChat && this.agentSamples.has(servicerId)) return
    this.agentSamples.set(servicerId, { sample, hasChat: hasChat === true })
  }
}

interface ColumnArrays {
  /** Days since 1970 on which services began, in China. */
  readonly day: Int32Array
  readonly hour: Int8Array
  /** In seconds. */
  readonly duration: Int32Array
  /** servicerIds: they may be greater than 32 bits. */
  readonly agent: Float64Array
  readonly status: Uint8Array
  readonly rating: Uint8Array
  readonly paymentStatus: Uint8Array
  readonly flags: Uint8Array
  readonly fen: Float64Array
  readonly company: Int32Array
  /** Option ids, by level from 1. */
  readonly options: readonly [Float64Array, Float64Array, Float64Array]
}

const createArrays = (capacity: number): ColumnArrays => ({
  day: new Int32Array(capacity),
  hour: new Int8Array(capacity),
  duration: new Int32Array(capacity),
  agent: new Float64Array(capacity),
  status: new Uint8Array(capacity),
  rating: new Uint8Array(capacity),
  paymentStatus: new Uint8Array(capacity),
  flags: new Uint8Array(capacity),
  fen: new Float64Array(capacity),
  company: new Int32Array(capacity),
  options: [new Float64Array(capacity), new Float64Array(capacity), new Float64Array(capacity)],
})

function grown(arrays: ColumnArrays): ColumnArrays {
  const larger = createArrays(arrays.day.length * 2)
  larger.day.set(arrays.day)
  larger.hour.set(arrays.hour)
  larger.duration.set(arrays.duration)
  larger.agent.set(arrays.agent)
  larger.status.set(arrays.status)
  larger.rating.set(arrays.rating)
  larger.paymentStatus.set(arrays.paymentStatus)
  larger.flags.set(arrays.flags)
  larger.fen.set(arrays.fen)
  larger.company.set(arrays.company)
  larger.options.forEach((column, level) => {
    column.set(arrays.options[level] ?? [])
  })
  return larger
}

const flagsOf = ({ isResolved, rating, hasChat, paymentStatus }: RemoteRecordResource): number =>
  (isResolved ? RESOLVED : 0) +
  (rating === null ? 0 : RATED) +
  (hasChat ? WITH_CHAT : 0) +
  (paymentStatus === 'PAID' || paymentStatus === 'DEDUCTED' ? PAID : 0)
