import { z } from 'zod'
import type { UpstreamSession } from './client.ts'
import { epochSecondOf } from './instant.ts'
import type { OnOddity } from './oddity.ts'
import {
  type DayRange,
  emptyIfNotFound,
  type PageQuery,
  toDay,
  toPage,
  toPageQuery,
  toPathId,
  type UpstreamPage,
} from './page.ts'
import { createShape, parseShape } from './shape.ts'
import { isWireObject, type WireObject } from './wire.ts'
import { WireRow } from './wire-row.ts'

export const CHAT_SENDERS = ['AGENT', 'CLIENT', 'UNKNOWN'] as const

export type ChatSender = (typeof CHAT_SENDERS)[number]

const SENDER_BY_IDENTITY = [undefined, ...CHAT_SENDERS]

/** One text message of a record's chat. */
export interface ChatMessageResource {
  readonly sender: ChatSender
  /** An agent's name, or a client's 9 digits. */
  readonly senderName: string | null
  readonly text: string
  /** RFC 3339, +08:00. */
  readonly sentAt: string | null
  /** The same, in whole seconds since 1970 in UTC. */
  readonly second: number | null
}

const CHAT = createShape(
  z.object({
    remote_chatrecords: z.object({ contents: z.array(z.unknown()) }),
    count: z.unknown().optional(),
    next_page: z.unknown().optional(),
  }),
)

/** One page of a record's chat, of the days given. Rejects as `UpstreamSession.get` does. */
export async function listChatMessages(
  session: UpstreamSession,
  csId: number,
  query: PageQuery,
  sentOn?: DayRange,
): Promise<UpstreamPage<ChatMessageResource>> {
  const { oddity } = session
  const path = `/api/v1/remoterecord/chatrecords/${toPathId('csId', csId)}.json`
  const days = toDays(sentOn)
  const answer = session.get('chatrecords', path, { ...days, ...toPageQuery(query) }, body => {
    const chat = parseShape(CHAT, 'chatrecords', body)
    return toPage(chat.remote_chatrecords.contents, chat, oddity, 'unreadable-row', row =>
      isWireObject(row) ? toChatMessage(row, oddity) : undefined,
    )
  })
  return query.page > 1 ? answer.catch(emptyIfNotFound) : answer
}

/** The upstream knows these two only as a pair. */
function toDays({ from, to }: DayRange = {}) {
  if (from === undefined && to === undefined) return {}
  return { time_start: toDay(from ?? '1970-01-01'), time_end: toDay(to ?? '9999-12-31') }
}

function toChatMessage(fields: WireObject, onOddity: OnOddity): ChatMessageResource {
  const row = new WireRow(fields, onOddity)
  const sentAt = row.instant('time')
  return {
    sender: row.enumerated('spokesman_identity', SENDER_BY_IDENTITY) ?? 'UNKNOWN',
    senderName: row.text('spokesman'),
    text: row.text('msg') ?? '',
    sentAt,
    second: sentAt === null ? null : epochSecondOf(sentAt),
  }
}
