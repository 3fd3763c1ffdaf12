import { ChatTraits } from '../../../src/history/chats/chat-traits.ts'
import { MessageList } from '../../../src/history/chats/message-list.ts'
import type { MovingChat } from './moving-chat.ts'

/** One reading of a chat, and the pages that it asks for, as "page/perPage". */
export function countedChat(chat: MovingChat) {
  const calls: string[] = []
  const list = new MessageList<number>(
    {
      fetchPage(at) {
        calls.push(`${at.page}/${at.perPage}`)
        return chat.fetchPage(at)
      },
    },
    new ChatTraits(),
  )
  return { list, calls }
}
