import type { ChatOddities } from '../odd/oddities.ts'
import { Dice } from '../random.ts'
import { asList, type RowList } from '../row-list.ts'
import { agentById } from './agents.ts'
import { chatLines } from './chat-lines.ts'
import { customerOf } from './customer.ts'
import type { Row } from './record-row.ts'
import type { Service, World } from './service.ts'
import { paddedTime, unpaddedTime } from './wire-forms.ts'

/** A chat message before it takes a wire form. */
export interface ChatMessage {
  /** The record whose chat it is in. */
  readonly csId: number
  /** Whose record it is. */
  readonly agentId: number
  /** 1 is the oldest message of its chat. */
  readonly number: number
  /** How many messages the chat has. */
  readonly count: number
  readonly sentAtMs: number
  readonly byAgent: boolean
  readonly text: string
}

export const CHAT_MESSAGES = {
  keyOf: (message: ChatMessage) => message.number,
  timeOf: (message: ChatMessage) => message.sentAtMs,
  spotOf: (message: ChatMessage) => message,
}

/** The whole chat of a service, oldest message first; times never fall, some are equal. */
export function chatOf(world: World, service: Service): ChatMessage[] {
  const { session, entry } = service
  const dice = new Dice(world.seed, 'chat', entry.csId)
  const lines = chatLines(service, dice)
  const stepMs = (session.lastAtMs - session.beganAtMs) / Math.max(1, lines.length)
  let sentAtMs = session.beganAtMs
  return lines.map((line, at) => {
    const sharesSecond = at > 0 && dice.oneIn(8)
    if (!sharesSecond) {
      const intoMs = stepMs * (at + dice.below(1000) / 1000)
      sentAtMs = Math.max(sentAtMs, session.beganAtMs + Math.floor(intoMs / 1000) * 1000)
    }
    const { csId, agentId } = entry
    return { ...line, csId, agentId, number: at + 1, count: lines.length, sentAtMs }
  })
}

/** Some messages of a chat, in the order of their numbers. */
export const chatList = (messages: readonly ChatMessage[]): RowList<ChatMessage> => ({
  ...asList(messages),
  find: number => messages.find(message => message.number === number),
})

/** Writes a message in the forms that fall to it. */
export function chatRow(
  { seed }: World,
  message: ChatMessage,
  { time, spokesman }: ChatOddities,
): Row {
  const { csId, agentId, sentAtMs, byAgent, text } = message
  const dice = new Dice(seed, 'chat forms', csId + sentAtMs / 1000)
  const identity = byAgent ? 1 : 2
  const client = customerOf(seed, csId).clientNumber
  const clientName = dice.oneIn(6) ? client : String(client)
  const agentName = agentById(agentId)?.name ?? String(agentId)
  const writtenIdentity = dice.oneIn(2) ? identity : String(identity)
  const writtenTime = (dice.oneIn(3) ? unpaddedTime : paddedTime)(sentAtMs)
  const oddTime = time?.(message)
  return {
    spokesman: spokesman?.(message) ?? (byAgent ? agentName : clientName),
    spokesman_identity: writtenIdentity,
    msg: text,
    time: oddTime === undefined ? writtenTime : oddTime,
  }
}
