import { crc32 } from 'node:zlib'
import type { ReadingOptions, Reads } from '../cache/reads.ts'
import type { MessageCursor } from '../history/cursor.ts'
import type { NumberedListSource } from '../history/list-source.ts'
import type { PlacedMessage } from '../history/message-slice.ts'
import { sliceMessages } from '../history/message-slice.ts'
import { NumberedList } from '../history/numbered-list.ts'
import type { Slice, SliceWish } from '../history/record-slice.ts'
import type { ChatMessageResource } from '../upstream/chat-message.ts'
import { listChatMessages } from '../upstream/chat-message.ts'
import { UpstreamNotFoundError } from '../upstream/errors.ts'
import type { DayRange } from '../upstream/remote-record.ts'
import type { ConnectionLoader } from './connection.ts'
import { createConnectionLoader } from './connection.ts'
import type { Knowledge } from './knowledge.ts'

/** The chat of a record, of all days or some. */
export interface ChatKey {
  readonly csId: number
  readonly sentOn: DayRange | undefined
  /** Whether the session is known to be over, so that nobody writes any more. Default: no. */
  readonly isOver?: boolean
}

export type ChatSlice = Slice<PlacedMessage<ChatMessageResource>>
/** Gives null for a chat that the upstream does not know. */
export type ChatMessageLoader = ConnectionLoader<
  ChatKey,
  SliceWish<MessageCursor>,
  ChatSlice | null,
  number | null
>

const chatName = ({ csId, sentOn }: ChatKey) => `${csId}/${sentOn?.from ?? ''}/${sentOn?.to ?? ''}`

/** Parts and lengths of chats. */
export function createChatMessageLoader(
  reads: Reads,
  { chatMessages }: Knowledge,
  options: ReadingOptions = {},
): ChatMessageLoader {
  const lists = new Map<string, NumberedList<PlacedMessage<ChatMessageResource>>>()

  function listOf({
    csId,
    sentOn,
    isOver = false,
  }: ChatKey): NumberedList<PlacedMessage<ChatMessageResource>> {
    const name = chatName({ csId, sentOn })
    const existing = lists.get(name)
    if (existing) return existing
    const reading = reads.open({ ...options, isLasting: isOver })
    const source: NumberedListSource<PlacedMessage<ChatMessageResource>> = {
      async fetchPage(at) {
        const page = await listChatMessages(reading, csId, at, sentOn)
        return { ...page, rows: placed(page.rows) }
      },
      keyOf: ({ second }) => second,
      hasUniqueKeys: false,
    }
    const list = new NumberedList(source, chatMessages)
    lists.set(name, list)
    return list
  }

  return createConnectionLoader({
    nameOf: chatName,
    count: key => listOf(key).count().catch(nullIfNotFound),
    slice: (key, wish) => sliceMessages(listOf(key), key.csId, wish).catch(nullIfNotFound),
  })

  function nullIfNotFound(error: unknown): null {
    if (!(error instanceof UpstreamNotFoundError)) throw error
    reads.noteAbsence()
    return null
  }
}

/** A message without a time counts as sent with the one before it, at a page's start with the next. */
function placed(messages: readonly ChatMessageResource[]): PlacedChatMessage[] {
  let second = messages.find(message => message.second !== null)?.second ?? 0
  return messages.map(message => {
    second = message.second ?? second
    return new PlacedChatMessage(message, second)
  })
}

class PlacedChatMessage implements PlacedMessage<ChatMessageResource> {
  readonly message: ChatMessageResource
  readonly second: number

  constructor(message: ChatMessageResource, second: number) {
    this.message = message
    this.second = second
  }

  /** Made when it is read: only cursors need it. */
  get mark(): string {
    const { sender, senderName, text } = this.message
    return crc32(JSON.stringify([sender, senderName, text])).toString(36)
  }
}
