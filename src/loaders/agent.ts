import DataLoader from 'dataloader'
import type { RecordCursor } from '../history/cursor.ts'
import { parseRecordCursor } from '../history/cursor.ts'
import { ListInconclusiveError } from '../history/list-errors.ts'
import type { ChatMessageResource } from '../upstream/chat-message.ts'
import type { OtherAgents, Speakers } from './agent-name-evidence.ts'
import { AGENTS_OF_A_ROBOT, MAX_CHATS, provenName } from './agent-name-evidence.ts'
import type { AgentNames } from './agent-names.ts'
import type { ChatMessageLoader } from './chat-message.ts'
import type { LocatedRecord } from './remote-record.ts'
import type { RemoteRecordConnectionLoader } from './remote-record-connection.ts'

/** An agent, and a record of the agent if one is at hand. */
export interface AgentKey {
  readonly servicerId: number
  readonly record?: LocatedRecord | undefined
}

/**
 * One chat of each agent proves the name as a rule. So many calls more are made in one request for
 * all agents together: further chats, and lists of agents whose records at hand have no chat.
 */
export const MAX_FURTHER_CALLS = 20

/** In how many of an agent's records a chat is looked for, part after part. */
const PARTS = [3, 100]
/** How many of all agents' records are looked at to find chats of other agents. */
const NEWEST_OF_ALL = 20

/** An agent whose name is looked up. */
interface Case {
  readonly servicerId: number
  /** The agent's own records that have a chat which was not read yet. */
  readonly unread: LocatedRecord[]
  readonly hasRecords: boolean
  readonly chats: Speakers[]
  readonly read: Set<number>
  parts: number
  after: RecordCursor | undefined
  /** Whether all records of the agent were looked through. */
  isAtEnd: boolean
  outcome: string | null | Error | undefined
}

/**
 * Names of agents. The upstream has no list of agents: chats name those who speak in them, and
 * agent-name-evidence.ts says what that proves. A name that is known costs nothing.
 */
export class AgentNameLookup {
  readonly #names: AgentNames
  readonly #records: RemoteRecordConnectionLoader
  readonly #chats: ChatMessageLoader
  /** The servicers whom chats of an agent's own records name. */
  readonly #heard = new Map<number, Set<string>>()
  #furtherCalls = 0
  readonly #loader: DataLoader<AgentKey, string | null, string>
  readonly #again: () => AgentNameLookup | undefined

  /**
   * `again` is called for a name that is not there, and gives another lookup if something that was read
   * is older than the request.
   */
  constructor(
    names: AgentNames,
    records: RemoteRecordConnectionLoader,
    chats: ChatMessageLoader,
    again: () => AgentNameLookup | undefined = () => undefined,
  ) {
    this.#names = names
    this.#records = records
    this.#chats = chats
    this.#again = again
    this.#loader = new DataLoader(agents => this.#lookUpAll(agents), {
      // Keys of one agent come with different records, of which one has a chat: all are looked at.
      cacheKeyFn: ({ servicerId, record }) => `${servicerId}/${record?.resource.csId ?? ''}`,
    })
  }

  /** Null if no chat of the agent's records has a line of an agent. */
  name(agent: AgentKey): Promise<string | null> | string {
    return this.#names.get(agent.servicerId) ?? this.#lookUp(agent)
  }

  /** The proof that there is no name rests on nothing that is older than the request. */
  async #lookUp(agent: AgentKey): Promise<string | null> {
    const name = await this.#loader.load(agent)
    const again = name === null ? this.#again() : undefined
    return again ? again.name(agent) : name
  }

  async #lookUpAll(agents: readonly AgentKey[]): Promise<(string | null | Error)[]> {
    const byAgent = Map.groupBy(agents, ({ servicerId }) => servicerId)
    const cases = new Map([...byAgent].map(([id, keys]) => [id, toCase(id, keys)]))
    const all = [...cases.values()]
    for (let turn = 0; turn < MAX_CHATS; turn++) {
      await this.#hearOthers(all.filter(isUnclear))
      this.#conclude(all)
      await Promise.all(all.filter(isOpen).map(each => this.#hearNext(each)))
      this.#conclude(all)
    }
    return agents.map(({ servicerId }) => {
      const outcome = cases.get(servicerId)?.outcome
      return outcome === undefined ? unproven(servicerId) : outcome
    })
  }

  #conclude(cases: readonly Case[]): void {
    for (const each of cases.filter(isOpen)) {
      const { servicerId, chats, unread, isAtEnd } = each
      const name = provenName(chats, this.#othersThan(servicerId))
      if (name !== undefined) this.#names.learn(servicerId, name)
      const isSilent = chats.every(({ names }) => names.length === 0)
      each.outcome = name ?? (isAtEnd && unread.length === 0 && isSilent ? null : undefined)
    }
  }

  #othersThan(servicerId: number): OtherAgents {
    const others = [...this.#heard].flatMap(([id, names]) => (id === servicerId ? [] : [names]))
    return {
      count: others.length,
      having: name => others.filter(names => names.has(name)).length,
    }
  }

  async #hearNext(each: Case): Promise<void> {
    try {
      const record = await this.#nextRecord(each)
      if (!record) return
      if (each.chats.length > 0) this.#countFurtherCall()
      each.chats.push(await this.#hear(each.servicerId, record))
    } catch (error) {
      each.outcome = asError(error)
    }
  }

  /** A record with a chat: one that was given with the key, else one of the agent's latest. */
  async #nextRecord(each: Case): Promise<LocatedRecord | undefined> {
    while (each.unread.length === 0 && !each.isAtEnd) {
      const limit = PARTS[each.parts]
      if (limit === undefined) return undefined
      if (each.hasRecords || each.parts > 0) this.#countFurtherCall()
      each.parts += 1
      const list = { servicerId: each.servicerId, createdOn: undefined }
      const { edges, hasNext } = await this.#records.slice(list, newest(limit, each.after))
      const isUnread = ({ resource }: LocatedRecord) => !each.read.has(resource.csId)
      // Leaves out records that went on to another agent, because their chats may give that agent's
      // name.
      const isOwn = ({ resource }: LocatedRecord) =>
        (resource.servicerId ?? each.servicerId) === each.servicerId
      const records = edges.map(({ node }) => node)
      each.unread.push(...records.filter(hasChat).filter(isOwn).filter(isUnread))
      const last = edges.at(-1)
      each.after = last && parseRecordCursor(last.cursor)
      each.isAtEnd = !last || !(await hasNext())
    }
    const record = each.unread.shift()
    if (record) each.read.add(record.resource.csId)
    return record
  }

  async #hear(
    servicerId: number,
    { resource: { csId, isOver } }: LocatedRecord,
  ): Promise<Speakers> {
    const whole = { limit: 100, isFromEnd: false, after: undefined, before: undefined }
    const slice = await this.#chats.slice({ csId, sentOn: undefined, isOver }, whole)
    const edges = slice?.edges ?? []
    const spoken = edges.flatMap(({ row }) => agentNameIn(row.row.message))
    const names = [...new Set(spoken)]
    this.#heard.set(servicerId, new Set([...(this.#heard.get(servicerId) ?? []), ...names]))
    return { names, messages: spoken.length, isWhole: edges.length < whole.limit }
  }

  /**
   * Reads chats of other agents, once, if the chats of the request are too few to recognise a
   * robot.
   */
  async #hearOthers(unclear: readonly Case[]): Promise<void> {
    if (unclear.length === 0 || this.#heard.size > AGENTS_OF_A_ROBOT) return
    try {
      this.#countFurtherCall()
      const list = { servicerId: undefined, createdOn: undefined }
      const { edges } = await this.#records.slice(list, newest(NEWEST_OF_ALL, undefined))
      const byAgent = Map.groupBy(edges.map(({ node }) => node).filter(hasChat), agentOf)
      for (const known of [null, ...this.#heard.keys()]) byAgent.delete(known)
      const others = [...byAgent].slice(0, AGENTS_OF_A_ROBOT)
      await Promise.all(
        others.map(([servicerId, [record]]) => {
          this.#countFurtherCall()
          return servicerId !== null && record ? this.#hear(servicerId, record) : undefined
        }),
      )
    } catch (error) {
      for (const each of unclear) each.outcome = asError(error)
    }
  }

  #countFurtherCall(): void {
    this.#furtherCalls += 1
    if (this.#furtherCalls <= MAX_FURTHER_CALLS) return
    throw new ListInconclusiveError(
      `Names of these agents take more than ${MAX_FURTHER_CALLS} further calls. Ask for the names of fewer agents at once.`,
      { isRetryable: true },
    )
  }
}

const toCase = (servicerId: number, keys: readonly AgentKey[]): Case => {
  const records = keys.flatMap(({ record }) => record ?? [])
  const byCsId = new Map(records.map(record => [record.resource.csId, record]))
  return {
    servicerId,
    unread: [...byCsId.values()].filter(hasChat),
    hasRecords: records.length > 0,
    chats: [],
    read: new Set(),
    parts: 0,
    after: undefined,
    isAtEnd: false,
    outcome: undefined,
  }
}

const asError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)))

const isOpen = ({ outcome }: Case) => outcome === undefined

/** Whether two chats or more left several possible names. */
const isUnclear = ({ outcome, chats }: Case) =>
  outcome === undefined && chats.filter(({ names }) => names.length > 0).length > 1

const newest = (limit = 20, after: RecordCursor | undefined) =>
  ({ limit, isFromEnd: false, after, before: undefined, order: -1 }) as const

const hasChat = ({ resource }: LocatedRecord) => resource.mayHaveChat

const agentOf = ({ resource }: LocatedRecord) => resource.servicerId

/** The upstream sometimes gives an agent's number in place of the name: that is no name. */
const agentNameIn = ({ sender, senderName }: ChatMessageResource): string[] =>
  sender === 'AGENT' && senderName !== null && !/^\d+$/.test(senderName) ? [senderName] : []

const unproven = (servicerId: number) =>
  new ListInconclusiveError(
    `The chats of agent ${servicerId} that were read do not prove a name: several speak in them, or none, or one says a single thing, as a robot greets.`,
    { isRetryable: false },
  )
