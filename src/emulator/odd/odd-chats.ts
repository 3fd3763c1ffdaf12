import type { ChatMessage } from '../content/chat.ts'
import type { ChatOddities } from './oddities.ts'

type Spokesman = NonNullable<ChatOddities['spokesman']>

/** The agent's lines from this one on are somebody else's. */
export const handOver =
  (number: number, name: string | number): Spokesman =>
  message =>
    message.byAgent && message.number >= number ? name : undefined

/** A robot, which counts as an agent, says the agent's lines up to this one. */
export const robot =
  (number: number, name: string): Spokesman =>
  message =>
    message.byAgent && message.number <= number ? name : undefined

/** The last messages have no time: null, or an empty text. */
export const untimedLast =
  (messages: number, time: null | '' = null) =>
  ({ number, count }: ChatMessage) =>
    number > count - messages ? time : undefined
