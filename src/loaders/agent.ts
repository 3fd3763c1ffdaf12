import DataLoader from 'dataloader'
import { ListInconclusiveError } from '../history/list-inconclusive.ts'
import type { ChatMessageResource } from '../upstream/chat-message.ts'
import type { ChatMessageLoader } from './chat-message.ts'
import type { Knowledge } from './knowledge.ts'
import type { LocatedRecord } from './remote-record.ts'
import type { RemoteRecordConnectionLoader } from './remote-record-connection.ts'

/** An agent, and a record of the agent where one is at hand. */
export interface AgentKey {
  readonly servicerId: number
  readonly record?: LocatedRecord | undefined
}

export type AgentNameLoader = DataLoader<AgentKey, string | null, unknown>

const FIRST_PART = { limit: 20, isFromEnd: false, after: undefined, before: undefined }

/**
 * So many agents of whom no record with a chat is at hand are looked up in one request: each costs
 * the agent's list on top of the chat.
 */
export const MAX_AGENTS_WITHOUT_CHAT = 20

/**
 * Names of agents. The upstream has no list of agents: a chat names the agent who spoke. A name
 * that is not known costs one chat, of a record that has one; null where that chat tells none.
 */
export function createAgentNameLoader(
  { agentNames }: Knowledge,
  records: RemoteRecordConnectionLoader,
  chats: ChatMessageLoader,
): AgentNameLoader {
  let withoutChat = 0

  async function nameOf(servicerId: number, keys: readonly AgentKey[]): Promise<string | null> {
    const known = agentNames.get(servicerId)
    if (known !== undefined) return known
    const atHand = keys.flatMap(({ record }) => record ?? [])
    const record = atHand.find(hasChat) ?? (await latestRecords(servicerId, atHand)).find(hasChat)
    if (!record) return null
    const chat = { csId: record.resource.csId, sentOn: undefined }
    const slice = await chats.slice(chat, FIRST_PART)
    const name = mostFrequent(
      (slice?.edges ?? []).map(({ row }) => row.row.message).flatMap(agentNameIn),
    )
    if (name !== undefined) agentNames.learn(servicerId, name)
    return name ?? null
  }

  /** Without those that went on to another agent, whose name their chats may tell. */
  async function latestRecords(
    servicerId: number,
    atHand: readonly LocatedRecord[],
  ): Promise<LocatedRecord[]> {
    if (atHand.length > 0) countAgentWithoutChat()
    const list = { servicerId, createdOn: undefined }
    const wish = { ...FIRST_PART, order: -1 } as const
    const { edges } = await records.slice(list, wish)
    const isOwn = ({ resource }: LocatedRecord) =>
      (resource.servicerId ?? servicerId) === servicerId
    return edges.map(({ node }) => node).filter(isOwn)
  }

  function countAgentWithoutChat(): void {
    withoutChat += 1
    if (withoutChat > MAX_AGENTS_WITHOUT_CHAT) {
      throw new ListInconclusiveError(
        `No record with a chat is at hand of more than ${MAX_AGENTS_WITHOUT_CHAT} agents. Ask for the names of fewer.`,
      )
    }
  }

  return new DataLoader(
    async keys => {
      const names = new Map<number, Promise<string | null>>()
      for (const [servicerId, ofAgent] of Map.groupBy(keys, key => key.servicerId)) {
        names.set(servicerId, nameOf(servicerId, ofAgent))
      }
      return Promise.all(
        keys.map(({ servicerId }) => names.get(servicerId)?.catch((error: Error) => error) ?? null),
      )
    },
    // Keys of one agent come with different records, of which one has a chat: all are looked at.
    { cacheKeyFn: ({ servicerId, record }) => `${servicerId}/${record?.resource.csId ?? ''}` },
  )
}

const hasChat = ({ resource }: LocatedRecord) => resource.mayHaveChat

/** The upstream sometimes gives an agent's number in place of the name: that is no name. */
const agentNameIn = ({ sender, senderName }: ChatMessageResource): string[] =>
  sender === 'AGENT' && senderName !== null && !/^\d+$/.test(senderName) ? [senderName] : []

function mostFrequent(names: readonly string[]): string | undefined {
  const counts = Map.groupBy(names, name => name)
  return [...counts].sort(([, a], [, b]) => b.length - a.length)[0]?.[0]
}
