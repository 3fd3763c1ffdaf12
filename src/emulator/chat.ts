import { agentById } from './agents.ts'
import { chatLines } from './chat-lines.ts'
import { customerOf } from './customer.ts'
import { Dice } from './random.ts'
import type { Service, World } from './service.ts'
import { paddedTime, unpaddedTime } from './wire-forms.ts'

/** A chat message as told, before it takes a wire form. */
export interface ChatMessage {
  readonly sentAtMs: number
  readonly byAgent: boolean
  readonly text: string
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
    return { ...line, sentAtMs }
  })
}

/** Writes messages of one chat, each with the forms that fall to it. */
export function chatRows(world: World, { entry }: Service, messages: readonly ChatMessage[]) {
  const client = customerOf(world.seed, entry.csId).clientNumber
  const agent = agentById(entry.agentId)?.name ?? String(entry.agentId)
  return messages.map(({ sentAtMs, byAgent, text }) => {
    const dice = new Dice(world.seed, 'chat forms', entry.csId + sentAtMs / 1000)
    const identity = byAgent ? 1 : 2
    const clientName = dice.oneIn(6) ? client : String(client)
    return {
      spokesman: byAgent ? agent : clientName,
      spokesman_identity: dice.oneIn(2) ? identity : String(identity),
      msg: text,
      time: (dice.oneIn(3) ? unpaddedTime : paddedTime)(sentAtMs),
    }
  })
}
