import type { ProblemTypeLevel } from '../history/label-evidence.ts'
import type { AccountMemory } from './account-memory.ts'
import { type RecordListKey, recordListName } from './remote-record-lists.ts'
import { type ScannedList, ScanPages } from './scan-pages.ts'

type ScannedEndpoint = 'histories' | 'agent_histories'

const traitsOf = (memory: AccountMemory, endpoint: ScannedEndpoint) =>
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
export const expectationsFrom = (
  memory: AccountMemory,
  callsOfCounted: (list: RecordListKey) => number | undefined = () => undefined,
) => ({
  callsOfCounted,
  isRising: (endpoint: ScannedEndpoint) => traitsOf(memory, endpoint).isRising,
  pagesOfScan: (endpoint: ScannedEndpoint, length: number) =>
    new ScanPages(scannedList(memory, endpoint, length), true).count,
  pageSizeOf(endpoint: ScannedEndpoint) {
    const { cap, isFixed } = traitsOf(memory, endpoint).sizes
    return { rows: cap, isFixed }
  },
  lengthOf: (list: RecordListKey) => memory.listLengths.get(recordListName(list)),
  get canPlaceCsIds() {
    return memory.landmarks.estimate(1, true) !== undefined
  },
  get hasLabels() {
    return !memory.labels.isEmpty
  },
  hasLabel: (level: ProblemTypeLevel, optionId: number) =>
    memory.labels.get(level, optionId) !== undefined,
  get hasAgentNames() {
    return !memory.agentNames.isEmpty
  },
  hasAgentName: (servicerId: number) => memory.agentNames.get(servicerId) !== undefined,
})
