import type { ProblemTypeLevel } from '../history/label-evidence.ts'
import type { Knowledge } from './knowledge.ts'
import { type RecordListKey, recordListName } from './remote-record-lists.ts'

/** What an account's memory holds, as far as it decides how many calls are expected. */
export const expectationsFrom = (knowledge: Knowledge) => ({
  isRising(endpoint: 'histories' | 'agent_histories') {
    const { remoteRecords, agentRemoteRecords } = knowledge
    return (endpoint === 'histories' ? remoteRecords : agentRemoteRecords).isRising
  },
  get rowsOfAPage() {
    return knowledge.remoteRecords.sizes.cap
  },
  lengthOf: (list: RecordListKey) => knowledge.listLengths.get(recordListName(list)),
  get canPlaceCsIds() {
    return knowledge.landmarks.estimate(1, true) !== undefined
  },
  get hasLabels() {
    return !knowledge.labels.isEmpty
  },
  hasLabel: (level: ProblemTypeLevel, optionId: number) =>
    knowledge.labels.get(level, optionId) !== undefined,
  get hasAgentNames() {
    return !knowledge.agentNames.isEmpty
  },
  hasAgentName: (servicerId: number) => knowledge.agentNames.get(servicerId) !== undefined,
})
