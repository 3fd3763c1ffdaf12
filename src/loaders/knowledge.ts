import { LRUCache } from 'lru-cache'
import type { ListTraits } from '../history/list-page.ts'
import { createListTraits } from '../history/list-page.ts'
import type { ProblemTypeLabelsOptions } from '../history/problem-type-labels.ts'
import { ProblemTypeLabels } from '../history/problem-type-labels.ts'
import { RecordLandmarks } from '../history/record-landmarks.ts'

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
  /** Agents' names by servicerId. */
  readonly agentNames: LRUCache<number, string>
}

const MAX_AGENT_NAMES = 10_000

export const createKnowledge = (labels: ProblemTypeLabelsOptions = {}): Knowledge => ({
  remoteRecords: createListTraits(),
  labelledRemoteRecords: createListTraits(),
  agentRemoteRecords: createListTraits(),
  chatMessages: createListTraits(),
  landmarks: new RecordLandmarks(),
  labels: new ProblemTypeLabels(labels),
  agentNames: new LRUCache({ max: MAX_AGENT_NAMES }),
})
