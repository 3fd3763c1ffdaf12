import type { ProblemTypeLevel } from '../history/label-evidence.ts'
import type { AccountMemory } from './account-memory.ts'
import { type RecordListKey, recordListName } from './remote-record-lists.ts'

/** What an account's memory holds, as far as it decides how many calls are expected. */
export const expectationsFrom = (memory: AccountMemory) => ({
  isRising(endpoint: 'histories' | 'agent_histories') {
    const { remoteRecords, agentRemoteRecords } = memory
    return (endpoint === 'histories' ? remoteRecords : agentRemoteRecords).isRising
  },
  get rowsOfAPage() {
    return memory.remoteRecords.sizes.cap
  },
  get rowsOfAnAgentsPage() {
    return memory.agentRemoteRecords.sizes.cap
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
