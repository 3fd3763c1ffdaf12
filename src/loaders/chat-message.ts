import { crc32 } from 'node:zlib'
import type { ReadingOptions, Reads } from '../cache/reads.ts'
import type { PlacedMessage, SeenMessage } from '../history/chats/chat-page.ts'
import type { MessageSource } from '../history/chats/message-list.ts'
import { MessageList } from '../history/chats/message-list.ts'
import { sliceMessages } from '../history/chats/message-slice.ts'
import type { MessageCursor } from '../history/cursor.ts'
import type { Slice, SliceWish } from '../history/slice.ts'
import type { ChatMessageResource } from '../upstream/chat-message.ts'
import { listChatMessages } from '../upstream/chat-message.ts'
import { isNoSuchPage, UpstreamNotFoundError } from '../upstream/errors.ts'
import type { DayRange } from '../upstream/remote-record.ts'
import type { AccountMemory } from './account-memory.ts'
import type { ConnectionLoader } from './connection.ts'
import { createConnectionLoader } from './connection.ts'

/** The chat of a record, of all days or some. */
interface ChatKey {
  readonly csId: number
  readonly sentOn: DayRange | undefined
  /** Whether the session is known to be over, so that nobody writes any more. Default: no. */
  readonly isOver?: boolean
}

export type ChatSlice = Slice<PlacedMessage<ChatMessageResource>, SeenMessage<ChatMessageResource>>
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
  { chatMessages }: AccountMemory,
  options: ReadingOptions = {},
): ChatMessageLoader {
  const lists = new Map<string, MessageList<ChatMessageResource>>()

  function listOf({ csId, sentOn, isOver = false }: ChatKey): MessageList<ChatMessageResource> {
    const name = chatName({ csId, sentOn })
    const existing = lists.get(name)
    if (existing) return existing
    const reading = reads.open({ ...options, isLasting: isOver })
    const source: MessageSource<ChatMessageResource> = {
      async fetchPage(at) {
        const page = await listChatMessages(reading, csId, at, sentOn)
        return { ...page, rows: page.rows.map(message => new PlacedChatMessage(message)) }
      },
      isRefusal: isNoSuchPage,
    }
    const list = new MessageList(source, chatMessages)
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

class PlacedChatMessage implements PlacedMessage<ChatMessageResource> {
  readonly message: ChatMessageResource

  constructor(message: ChatMessageResource) {
    this.message = message
  }

  get second(): number | null {
    return this.message.second
  }

  /** Made when it is read, because only cursors need it. */
  get mark(): string {
    const { sender, senderName, text } = this.message
    return crc32(JSON.stringify([sender, senderName, text])).toString(36)
  }
}
