import { ListInconclusiveError } from '../../../src/history/list-errors.ts'
import type { Tally } from '../lists/odd-sizes.ts'
import { assertChatIsWalked } from './message-slice.laws.ts'
import type { MovingChatOptions } from './moving-chat.ts'
import { STILL } from './moving-chat.ts'

export type OddChat = Partial<MovingChatOptions>

const LENGTHS = [
  0, 1, 2, 5, 9, 10, 11, 19, 20, 21, 30, 39, 40, 41, 49, 50, 51, 75, 99, 100, 101, 120, 150, 199,
  200, 201, 225,
]

/** Walks through still chats of many lengths, in both orders, from both ends, by several limits. */
export async function exploreChats(odd: OddChat): Promise<Tally> {
  const silent: string[] = []
  const refused: string[] = []
  let asked = 0
  for (const length of LENGTHS) {
    const seconds = Array.from({ length }, (_, at) => at)
    for (const isNewestFirst of [false, true]) {
      for (const isFromEnd of [false, true]) {
        for (const limit of [10, 19, 100]) {
          asked++
          const chat = { ...STILL, ...odd, seconds, isNewestFirst }
          const order = isNewestFirst ? 'newest first' : 'oldest first'
          const question = `${length} ${order}, ${limit} from the ${isFromEnd ? 'end' : 'start'}`
          try {
            await assertChatIsWalked({ chat, isFromEnd, limits: [limit], between: [] })
          } catch (error) {
            ;(error instanceof ListInconclusiveError ? refused : silent).push(question)
          }
        }
      }
    }
  }
  return { asked, silent, refused }
}
