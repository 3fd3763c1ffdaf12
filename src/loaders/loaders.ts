import type { UpstreamSession } from '../upstream/client.ts'
import { AgentNameLookup } from './agent.ts'
import { CallAllowance } from './call-allowance.ts'
import { createChatMessageLoader } from './chat-message.ts'
import { FilteredConnections } from './filtered-connection.ts'
import type { Knowledge } from './knowledge.ts'
import { LabelLookup } from './problem-type.ts'
import { RecordScans } from './record-scan.ts'
import { createRecordStatisticsLoader } from './record-statistics.ts'
import { createRemoteRecordLoader } from './remote-record.ts'
import { createRemoteRecordConnectionLoader } from './remote-record-connection.ts'
import { RemoteRecordLists } from './remote-record-lists.ts'
import { createServiceSummaryLoader } from './service-summary.ts'

export type Loaders = ReturnType<typeof createLoaders>

/**
 * The loaders of one request: they batch what is asked at the same time, each key once. `scanCalls`
 * are the upstream calls that may go into reading records one by one.
 */
export function createLoaders(session: UpstreamSession, knowledge: Knowledge, scanCalls: number) {
  const scans = new RecordScans(session, knowledge, new CallAllowance(scanCalls))
  const lists = new RemoteRecordLists(session, knowledge)
  const recordConnections = createRemoteRecordConnectionLoader(lists)
  const chatMessages = createChatMessageLoader(session, knowledge)
  return {
    remoteRecords: createRemoteRecordLoader(session, lists, knowledge),
    recordConnections,
    filteredConnections: new FilteredConnections(scans),
    recordStatistics: createRecordStatisticsLoader(scans),
    labels: new LabelLookup(lists, knowledge.labels),
    chatMessages,
    agentNames: new AgentNameLookup(knowledge.agentNames, recordConnections, chatMessages),
    serviceSummaries: createServiceSummaryLoader(session),
  }
}
