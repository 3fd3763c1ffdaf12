import type { Query, UpstreamSession } from './client.ts'
import { type DayRange, isOutside, toDay } from './days.ts'
import type { OnOddity } from './oddity.ts'
import { toPage, type UpstreamPage } from './page.ts'
import { epochSecondOf, toInstant } from './wire/instant.ts'
import { notAskedFor } from './wire/not-asked-for.ts'
import { getRawPage, type PageQuery, toPathId } from './wire/raw-page.ts'
import { type Decoded, isWireObject, toId, type WireObject } from './wire/wire.ts'
import { WireRow } from './wire/wire-row.ts'

export const CHAT_SENDERS = ['AGENT', 'CLIENT', 'UNKNOWN'] as const

type ChatSender = (typeof CHAT_SENDERS)[number]

const SENDER_BY_IDENTITY = [undefined, ...CHAT_SENDERS]

/** One text message of a record's chat, which decodes a field when it is read. */
export class ChatMessageResource {
  /** When it was sent, in whole seconds since 1970 in UTC. */
  readonly second: number | null
  readonly #sentAt: Decoded<string>
  readonly #row: WireRow

  constructor(fields: WireObject, onOddity: OnOddity) {
    this.#row = new WireRow(fields, onOddity)
    this.#sentAt = toInstant(fields.time)
    this.second = this.#sentAt ? epochSecondOf(this.#sentAt) : null
  }

  get sender(): ChatSender {
    return this.#row.enumerated('spokesman_identity', SENDER_BY_IDENTITY) ?? 'UNKNOWN'
  }

  /** An agent's name, or a client's 9 digits. */
  get senderName(): string | null {
    return this.sender === 'CLIENT'
      ? this.#row.clientName('spokesman')
      : this.#row.text('spokesman')
  }

  get text(): string {
    return this.#row.text('msg') ?? ''
  }

  /** RFC 3339, +08:00. */
  get sentAt(): string | null {
    if (this.#sentAt === undefined) this.#row.reportUnreadable('time')
    return this.#sentAt ?? null
  }
}

/** One page of a record's chat, of the days given. Rejects as `UpstreamSession.get` does. */
export async function listChatMessages(
  session: UpstreamSession,
  csId: number,
  at: PageQuery,
  sentOn: DayRange = {},
): Promise<UpstreamPage<ChatMessageResource>> {
  const oddity = session.oddity('chatrecords')
  const call = {
    endpoint: 'chatrecords',
    path: `/api/v1/remoterecord/chatrecords/${toPathId('csId', csId)}.json`,
    days: toDays(sentOn),
    rowsIn: (answer: WireObject) => messagesIn(answer, csId),
    otherThanAsked: (rows: readonly unknown[]) =>
      areOfOtherDays(sentOn, rows) ? 'days' : undefined,
    mayBeMissing: false,
  } as const
  const raw = await getRawPage(session, call, at)
  return toPage(raw, oddity, 'unreadable-row', row =>
    isWireObject(row) ? new ChatMessageResource(row, oddity) : undefined,
  )
}

/** The upstream knows these two only as a pair. */
function toDays({ from, to }: DayRange): Query {
  if (from === undefined && to === undefined) return {}
  return { time_start: toDay(from ?? '1970-01-01'), time_end: toDay(to ?? '9999-12-31') }
}

/** PHP writes an object without members as a list, which here proves as much as none. */
function messagesIn({ remote_chatrecords: chat }: WireObject, csId: number): unknown {
  if (!isWireObject(chat)) return Array.isArray(chat) && chat.length === 0 ? undefined : chat
  if ((toId(chat.csId) ?? csId) !== csId) throw notAskedFor('chatrecords', 'id')
  return chat.contents
}

const areOfOtherDays = (days: DayRange, rows: readonly unknown[]) =>
  rows.length > 0 && rows.every(row => isWireObject(row) && isOutside(days, row.time))
