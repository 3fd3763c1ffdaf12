import type { ListTraits } from '../history/list-page.ts'
import { createListTraits } from '../history/list-page.ts'
import type { ProblemTypeLabelsOptions } from '../history/problem-type-labels.ts'
import { ProblemTypeLabels } from '../history/problem-type-labels.ts'
import { RecordLandmarks } from '../history/record-landmarks.ts'
import { AgentNames } from './agent-names.ts'
import { ScannedLengths } from './scanned-lengths.ts'
import { UnsortedLists } from './unsorted-lists.ts'

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
  readonly unsortedLists: UnsortedLists
  readonly scannedLengths: ScannedLengths
  /** What the upstream answers for the chat of a record that there is not. */
  readonly absentChats: AbsentChats
  readonly labels: ProblemTypeLabels
  readonly agentNames: AgentNames
}

export interface AbsentChats {
  /** Whether it was seen to answer with an empty chat. */
  areEmpty: boolean
}

export const createKnowledge = (labels: ProblemTypeLabelsOptions = {}): Knowledge => ({
  remoteRecords: createListTraits(),
  labelledRemoteRecords: createListTraits(),
  agentRemoteRecords: createListTraits(),
  chatMessages: createListTraits(),
  landmarks: new RecordLandmarks(),
  unsortedLists: new UnsortedLists(),
  scannedLengths: new ScannedLengths(),
  absentChats: { areEmpty: false },
  labels: new ProblemTypeLabels(labels),
  agentNames: new AgentNames(),
})
