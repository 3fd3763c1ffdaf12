import { expect, test } from 'vitest'
import { ChatTraits } from '../../../src/history/chats/chat-traits.ts'
import { MessageList } from '../../../src/history/chats/message-list.ts'
import { sliceMessages } from '../../../src/history/chats/message-slice.ts'
import { MovingChat } from './moving-chat.ts'

/** The pages that each of two requests for the first messages asks for. */
async function askTwice(seconds: readonly number[]) {
  const chat = new MovingChat({
    seconds,
    maxPerPage: 100,
    isTerse: false,
    isNewestFirst: false,
    areRowsTurned: false,
    changes: [],
  })
  const traits = new ChatTraits()
  const requests: readonly string[][] = [[], []]
  for (const calls of requests) {
    const fetchPage: MovingChat['fetchPage'] = at => {
      calls.push(`${at.page}/${at.perPage}`)
      return chat.fetchPage(at)
    }
    const wish = { limit: 2, isFromEnd: false, after: undefined, before: undefined }
    await sliceMessages(new MessageList<number>({ fetchPage }, traits), 7, wish)
  }
  return requests
}

test('a chat of nine messages shows the order, so that it is read whole only once', async () => {
  expect(await askTwice([1, 2, 3, 4, 5, 6, 7, 8, 9])).toEqual([['1/8', '1/100'], ['1/3']])
})

test('unless two messages are of one second: then more than one has to say so', async () => {
  const requests = await askTwice([1, 2, 3, 4, 5, 6, 7, 7, 9])
  expect(requests).toEqual([
    ['1/8', '1/100'],
    ['1/8', '1/100'],
  ])
})
