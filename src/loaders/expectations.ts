import type { ProblemTypeLevel } from '../history/labels/label-evidence.ts'
import type { AccountMemory } from './account-memory.ts'
import { type RecordListKey, recordListName } from './remote-record-lists.ts'
import { type ScannedList, ScanPages } from './scans/scan-pages.ts'

type ScannedEndpoint = 'histories' | 'agent_histories'

export const traitsOf = (memory: AccountMemory, endpoint: ScannedEndpoint) =>
  endpoint === 'histories' ? memory.remoteRecords : memory.agentRemoteRecords

/** A list of so many rows, with what is known of lists like it. Gaps among csIds are not expected. */
export function scannedList(
  memory: AccountMemory,
  endpoint: ScannedEndpoint,
  length: number,
): ScannedList {
  const { sizes, isDense = true } = traitsOf(memory, endpoint)
  return { length, sizes, isDense }
}

/** What an account's memory holds, as far as it decides how many calls are expected. */
export class MemoryExpectations {
  readonly #memory: AccountMemory
  readonly #callsOfCounted: CallsOfCounted

  constructor(memory: AccountMemory, callsOfCounted: CallsOfCounted = () => undefined) {
    this.#memory = memory
    this.#callsOfCounted = callsOfCounted
  }

  callsOfCounted(list: RecordListKey): number | undefined {
    return this.#callsOfCounted(list)
  }

  isRising(endpoint: ScannedEndpoint): boolean | undefined {
    return traitsOf(this.#memory, endpoint).isRising
  }

  pagesOfScan(endpoint: ScannedEndpoint, length: number): number {
    return new ScanPages(scannedList(this.#memory, endpoint, length), true).count
  }

  pageSizeOf(endpoint: ScannedEndpoint) {
    const { cap, isFixed } = traitsOf(this.#memory, endpoint).sizes
    return { rows: cap, isFixed }
  }

  get mostEmptyPages(): number {
    const { remoteRecords, agentRemoteRecords, labelledRemoteRecords, chatMessages } = this.#memory
    const all = [remoteRecords, agentRemoteRecords, labelledRemoteRecords, chatMessages]
    return Math.max(...all.map(({ mostEmptyPages }) => mostEmptyPages))
  }

  lengthOf(list: RecordListKey): number | undefined {
    return this.#memory.listLengths.get(recordListName(list))
  }

  get canPlaceCsIds(): boolean {
    return this.#memory.landmarks.estimate(1, true) !== undefined
  }

  get hasLabels(): boolean {
    return !this.#memory.labels.isEmpty
  }

  hasLabel(level: ProblemTypeLevel, optionId: number): boolean {
    return this.#memory.labels.get(level, optionId) !== undefined
  }

  get hasAgentNames(): boolean {
    return !this.#memory.agentNames.isEmpty
  }

  hasAgentName(servicerId: number): boolean {
    return this.#memory.agentNames.get(servicerId) !== undefined
  }
}

type CallsOfCounted = (list: RecordListKey) => number | undefined
