import type { ListTraits } from '../history/list-page.ts'
import { createListTraits } from '../history/list-page.ts'
import type { ProblemTypeLabelsOptions } from '../history/problem-type-labels.ts'
import { ProblemTypeLabels } from '../history/problem-type-labels.ts'
import { RecordLandmarks } from '../history/record-landmarks.ts'
import { AgentNames } from './agent-names.ts'

/**
 * What was learnt of the upstream as one of its accounts sees it. Bounded in memory, and never
 * shared between accounts: they may see different things.
 */
export interface Knowledge {
  readonly remoteRecords: ListTraits
  readonly labelledRemoteRecords: ListTraits
  readonly agentRemoteRecords: ListTraits
  readonly chatMessages: ListTraits
  readonly landmarks: RecordLandmarks
  readonly labels: ProblemTypeLabels
  readonly agentNames: AgentNames
}

export const createKnowledge = (labels: ProblemTypeLabelsOptions = {}): Knowledge => ({
  remoteRecords: createListTraits(),
  labelledRemoteRecords: createListTraits(),
  agentRemoteRecords: createListTraits(),
  chatMessages: createListTraits(),
  landmarks: new RecordLandmarks(),
  labels: new ProblemTypeLabels(labels),
  agentNames: new AgentNames(),
})
