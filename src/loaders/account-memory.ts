import { ChatTraits } from '../history/chats/chat-traits.ts'
import type { ProblemTypeLabelsOptions } from '../history/labels/problem-type-labels.ts'
import { ProblemTypeLabels } from '../history/labels/problem-type-labels.ts'
import { RecordLandmarks } from '../history/search/record-landmarks.ts'
import { ListTraits } from '../history/traits/list-traits.ts'
import { AgentNames } from './agent-names.ts'
import { HeardDays } from './heard-days.ts'
import { ListLengths } from './list-lengths.ts'

/**
 * What was learnt of the upstream as one of its accounts sees it. Bounded in memory, and never
 * shared between accounts: they may see different things.
 */
export interface AccountMemory {
  readonly remoteRecords: ListTraits
  readonly labelledRemoteRecords: ListTraits
  readonly agentRemoteRecords: ListTraits
  readonly chatMessages: ChatTraits
  readonly landmarks: RecordLandmarks
  readonly listLengths: ListLengths
  readonly heardDays: HeardDays
  readonly labels: ProblemTypeLabels
  readonly agentNames: AgentNames
}

interface AccountMemoryOptions extends ProblemTypeLabelsOptions {
  /** How many records may be asked for at once. */
  readonly pageRows?: number | undefined
}

export function createAccountMemory({
  pageRows,
  ...labels
}: AccountMemoryOptions = {}): AccountMemory {
  const remoteRecords = new ListTraits(pageRows)
  return {
    remoteRecords,
    labelledRemoteRecords: new ListTraits(pageRows, remoteRecords),
    agentRemoteRecords: new ListTraits(pageRows, remoteRecords),
    chatMessages: new ChatTraits(),
    landmarks: new RecordLandmarks(),
    listLengths: new ListLengths(),
    heardDays: new HeardDays(),
    labels: new ProblemTypeLabels(labels),
    agentNames: new AgentNames(),
  }
}
