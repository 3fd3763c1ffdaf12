import { listChatMessages } from '../upstream/chat-message.ts'
import type { UpstreamSession } from '../upstream/client.ts'
import { UpstreamNotFoundError } from '../upstream/errors.ts'
import type { Knowledge } from './knowledge.ts'

/** What the chat of a record tells of the record: its day, or that there is no such record. */
export type ChatEvidence =
  | { readonly tells: 'day'; readonly day: string }
  | { readonly tells: 'absence' | 'presence' | 'nothing' }

/** No record has it: an auto-increment does not get there. */
const NEVER_GIVEN = 999_999_999_999_999

/**
 * Looks for a record without its list, whose order may hide it: every record has a chat, and the
 * upstream knows chats by the record's csId. Costs one call, and once for each upstream identity
 * another one: for a chat that cannot be, where an empty one may mean that there is no record.
 */
export function createSecondLook(session: UpstreamSession, { absentChats }: Knowledge) {
  const firstMessage = { page: 1, perPage: 1 }

  async function look(csId: number): Promise<ChatEvidence> {
    try {
      const { rows } = await listChatMessages(session, csId, firstMessage)
      const sentAt = rows[0]?.sentAt
      if (sentAt) return { tells: 'day', day: sentAt.slice(0, 10) }
    } catch (error) {
      if (!(error instanceof UpstreamNotFoundError)) throw error
      absentChats.areNotFound = true
      return { tells: 'absence' }
    }
    absentChats.areNotFound ??= await isNotFound(NEVER_GIVEN)
    return { tells: absentChats.areNotFound ? 'presence' : 'nothing' }
  }

  const isNotFound = (csId: number) =>
    listChatMessages(session, csId, firstMessage).then(
      () => false,
      (error: unknown) => {
        if (error instanceof UpstreamNotFoundError) return true
        throw error
      },
    )

  return look
}
