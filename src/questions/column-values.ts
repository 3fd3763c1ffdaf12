import type { PaymentStatus, Rating, RemoteRecordStatus } from '../upstream/remote-record-enums.ts'
import { Dictionary } from './dictionary.ts'

/** What the numbers in columns stand for. `Sample` is kept of one record of each agent and option. */
export interface ColumnValues<Sample> {
  readonly statuses: Dictionary<RemoteRecordStatus>
  readonly ratings: Dictionary<Rating | null>
  readonly paymentStatuses: Dictionary<PaymentStatus>
  readonly companies: Dictionary<string | null>
  /** By servicerId. */
  readonly agents: Dictionary<number | null>
  /** Option ids, by level from 1. */
  readonly options: readonly Dictionary<number | null>[]
  /** By servicerId; of a record with a chat, if there is one. */
  readonly agentSamples: Map<number, AgentSample<Sample>>
  /** By level from 1, then by option id. */
  readonly optionSamples: readonly Map<number, Sample>[]
  /** Whether the columns have each price as it is, not rounded. */
  arePricesExact: boolean
}

export interface AgentSample<Sample> {
  readonly sample: Sample
  readonly hasChat: boolean
}

export const createValues = <Sample>(): ColumnValues<Sample> => ({
  statuses: new Dictionary(),
  ratings: new Dictionary(),
  paymentStatuses: new Dictionary(),
  companies: new Dictionary(),
  agents: new Dictionary(),
  options: [new Dictionary(), new Dictionary(), new Dictionary()],
  agentSamples: new Map(),
  optionSamples: [new Map(), new Map(), new Map()],
  arePricesExact: true,
})
