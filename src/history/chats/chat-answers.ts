import { endsList } from '../pages/list-end.ts'
import type { Answer } from '../pages/list-page.ts'
import { type OtherPages, whatOthersProve } from '../pages/other-pages.ts'
import { type PageSizes, startIndex } from '../pages/page-number.ts'
import { believedAnswers, type ChatAnswer, endsAgain } from './chat-belief.ts'
import { orderOfRows } from './chat-order.ts'
import type { MessagePage, PlacedMessage } from './chat-page.ts'
import { placeMessages, placesOf, withoutRepeats } from './chat-page.ts'
import type { ChatTraits } from './chat-traits.ts'

type MessageAnswer<Message> = ChatAnswer<PlacedMessage<Message>>

/** The answers of one reading of a chat, and what they mean together. */
export class ChatAnswers<Message> {
  readonly #traits: ChatTraits
  readonly #received: Answer<PlacedMessage<Message>>[] = []
  #believed: readonly MessageAnswer<Message>[] = []
  #others: OtherPages | undefined

  constructor(traits: ChatTraits) {
    this.#traits = traits
  }

  /** As they are to be understood now: each further answer may change what others mean. */
  get all(): readonly MessageAnswer<Message>[] {
    return this.#believed
  }

  /** The number of messages as stated last. */
  get statedLength(): number | undefined {
    const { sizes } = this.#traits
    return this.all.findLast(({ at, size, count = -1 }) => count >= startIndex(at, sizes) + size)
      ?.count
  }

  /** The number of messages as stated last, or as the last page shows. */
  get length(): number | undefined {
    const last = this.all.findLast(each => each.size > 0 && this.isLast(each))
    return this.statedLength ?? (last && placesOf(last, this.#traits.sizes, true).end)
  }

  add(received: Answer<PlacedMessage<Message>>): MessageAnswer<Message> {
    const traits = this.#traits
    traits.learnCount(received)
    traits.nextClaim.learn(received)
    const order = this.#received.length
    this.#received.push(traits.sizes.isFixed ? received : withoutRepeats(received))
    this.believeAnew()
    traits.learnSizes(this.all)
    traits.learnEmptyPages(this.all.filter(({ isAmid }) => isAmid).length)
    const answer = this.#at(order)
    const rows = orderOfRows(answer.rows)
    if (rows?.isClear) traits.learnOrderOfRows(rows.rise)
    return answer
  }

  /** Takes into account what was learnt of other chats, too. */
  believeAnew(): void {
    this.#believed = believedAnswers(this.#received, this.#traits.sizes, this.#traits)
    this.#others = undefined
  }

  #at(order: number): MessageAnswer<Message> {
    const answer = this.all[order]
    if (!answer) throw new RangeError('A page is placed after its answer has come.')
    return answer
  }

  /** Whether nothing comes after a page, as the upstream counts pages. */
  isLast(answer: MessageAnswer<Message>): boolean {
    if (answer.isAmid) return false
    const { sizes } = this.#traits
    const { order } = answer
    const places = placesOf(answer, sizes, false)
    if (!endsList(answer, places, order, this.#othersBy(sizes))) return false
    const saysMore = answer.hasNext === true && answer.size > 0 && answer.size <= answer.at.perPage
    return !saysMore || endsAgain(answer, this.all)
  }

  /** What all answers prove of the chat's end, as long as nothing more is learnt. */
  #othersBy(sizes: PageSizes): OtherPages {
    if (this.#others?.sizes === sizes) return this.#others
    // A page amid the chat proves no end, as if both claims said that more comes.
    const answers = this.all.map(each =>
      each.isAmid ? { ...each, hasNext: true, count: each.count ?? Infinity } : each,
    )
    this.#others = whatOthersProve(answers, sizes, true)
    return this.#others
  }

  /** A page as it is to be understood now. */
  place({ order }: Pick<MessageAnswer<Message>, 'order'>): MessagePage<Message> {
    const { isRising, rowsRise, sizes } = this.#traits
    const answer = this.#at(order)
    return placeMessages(answer, this.isLast(answer), {
      isRising: isRising ?? true,
      rowsRise: rowsRise ?? orderOfRows(answer.rows)?.rise ?? isRising ?? true,
      sizes,
      length: this.statedLength,
    })
  }
}
