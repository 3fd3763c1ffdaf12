import type { Reads } from '../cache/reads.ts'
import type { AccountMemory } from './account-memory.ts'
import { AgentNameLookup } from './agent.ts'
import { CallAllowance } from './call-allowance.ts'
import { createChatMessageLoader } from './chat-message.ts'
import { LabelLookup } from './problem-type.ts'
import { createRemoteRecordLoader } from './remote-record.ts'
import { createRemoteRecordConnectionLoader } from './remote-record-connection.ts'
import { RemoteRecordLists } from './remote-record-lists.ts'
import { FilteredConnections } from './scans/filtered-connection.ts'
import { RecordBlocks } from './scans/record-blocks.ts'
import { RecordScans } from './scans/record-scans.ts'
import { createRecordStatisticsLoader } from './scans/record-statistics.ts'
import { createServiceSummaryLoader } from './service-summary.ts'

export type Loaders = ReturnType<typeof createLoaders>

/**
 * The loaders of one request: they batch what is asked at the same time, each key once. `scanCalls`
 * are the upstream calls that may go into reading records one by one.
 */
export function createLoaders(reads: Reads, memory: AccountMemory, scanCalls: number) {
  const allowance = new CallAllowance(scanCalls)
  const scans = new RecordScans(reads, memory, allowance)
  const blocks = new RecordBlocks(reads, memory, allowance)
  const lists = new RemoteRecordLists(reads, memory)
  const recordConnections = createRemoteRecordConnectionLoader(lists)
  const chatMessages = createChatMessageLoader(reads, memory)
  let freshNames: AgentNameLookup | undefined
  return {
    remoteRecords: createRemoteRecordLoader(reads, lists, memory),
    recordConnections,
    filteredConnections: new FilteredConnections(scans),
    recordStatistics: createRecordStatisticsLoader(scans, blocks, reads),
    labels: new LabelLookup(lists, memory.labels, () => reads.noteAbsence()),
    chatMessages,
    agentNames: new AgentNameLookup(memory.agentNames, recordConnections, chatMessages, () => {
      reads.noteAbsence()
      if (reads.oldestMs >= reads.beganAtMs) return undefined
      freshNames ??= createFreshNames(reads, memory)
      return freshNames
    }),
    /** When the oldest of what was read so far was asked for, in milliseconds since 1970. */
    oldestReadMs: () => reads.oldestMs,
    serviceSummaries: createServiceSummaryLoader(reads),
  }
}

/** Names by what is no older than the request. */
function createFreshNames(reads: Reads, memory: AccountMemory): AgentNameLookup {
  const options = { notBeforeMs: reads.beganAtMs }
  const lists = new RemoteRecordLists(reads, memory, options)
  return new AgentNameLookup(
    memory.agentNames,
    createRemoteRecordConnectionLoader(lists),
    createChatMessageLoader(reads, memory, options),
  )
}
