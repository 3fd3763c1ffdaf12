import { listChatMessages } from '../upstream/chat-message.ts'
import type { UpstreamSession } from '../upstream/client.ts'
import {
  UpstreamBadResponseError,
  UpstreamForbiddenError,
  UpstreamNotFoundError,
} from '../upstream/errors.ts'
import type { Knowledge } from './knowledge.ts'

/** What the chat of a record tells of the record: its day, or that there is no such record. */
export type ChatEvidence =
  | { readonly tells: 'day'; readonly day: string }
  | { readonly tells: 'absence' | 'presence' | 'nothing' }

/** No record has it: an auto-increment does not get there. */
const NEVER_GIVEN = 999_999_999_999_999

const REFUSALS = [UpstreamBadResponseError, UpstreamForbiddenError]

/**
 * Looks for a record without its list, whose order may hide it: every record has a chat, and the
 * upstream knows chats by the record's csId. Costs one call for each record. An empty chat may mean
 * that there is no record: then one call more tells, for a chat that cannot be. That it was empty is
 * remembered; that it was not found is asked for anew, lest an outage be taken for a rule.
 */
export function createSecondLook(session: UpstreamSession, { absentChats }: Knowledge) {
  const firstMessage = { page: 1, perPage: 1 }
  let impossibleChat: ReturnType<typeof readChat> | undefined

  async function look(csId: number): Promise<ChatEvidence> {
    const chat = await readChat(csId)
    if (chat === 'refused') return { tells: 'nothing' }
    if (chat === 'not found') return { tells: 'absence' }
    const sentAt = chat.rows[0]?.sentAt
    if (sentAt) return { tells: 'day', day: sentAt.slice(0, 10) }
    return { tells: (await mayBeEmpty()) ? 'nothing' : 'presence' }
  }

  /** Whether the chat of a record that there is not may be told as an empty one. */
  async function mayBeEmpty(): Promise<boolean> {
    if (absentChats.areEmpty) return true
    impossibleChat ??= readChat(NEVER_GIVEN)
    const chat = await impossibleChat
    absentChats.areEmpty ||= typeof chat === 'object'
    return chat !== 'not found'
  }

  /** What an upstream says that does not want to tell is no reason to fail: the list told already. */
  async function readChat(csId: number) {
    try {
      return await listChatMessages(session, csId, firstMessage)
    } catch (error) {
      if (error instanceof UpstreamNotFoundError) return 'not found'
      if (REFUSALS.some(refusal => error instanceof refusal)) return 'refused'
      throw error
    }
  }

  return look
}
