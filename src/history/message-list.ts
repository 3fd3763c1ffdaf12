import { believedAnswers, type ChatAnswer, endsAgain } from './chat-belief.ts'
import { type ChatReading, learnOrder, orderOfRows } from './chat-order.ts'
import type { MessagePage, PlacedMessage } from './chat-page.ts'
import {
  holds,
  isShortAmid,
  joinedPages,
  pageReachingFarthest,
  placeMessages,
  placesOf,
  withoutRepeats,
} from './chat-page.ts'
import type { ChatTraits } from './chat-traits.ts'
import type { PageSource } from './first-page.ts'
import { endsList, whatOthersProve } from './list-end.ts'
import { ListInconclusiveError } from './list-errors.ts'
import type { Answer } from './list-page.ts'
import type { PageNumber, Window } from './page-number.ts'
import { ANY_SIZE, LARGEST_PAGE, startIndex } from './page-number.ts'

export type MessageSource<Message> = PageSource<PlacedMessage<Message>>

type MessageAnswer<Message> = ChatAnswer<PlacedMessage<Message>>

interface AskedPage<Message> {
  readonly at: PageNumber
  readonly answer: Promise<MessageAnswer<Message>>
}

/**
 * One reading of a chat: its pages, oldest message first, whichever way the upstream pages them and
 * lists each page. Messages need not be in order of their times: times only show which page is older.
 */
export class MessageList<Message> implements ChatReading {
  readonly #source: MessageSource<Message>
  readonly #traits: ChatTraits
  readonly #asked: AskedPage<Message>[] = []
  readonly #received: Answer<PlacedMessage<Message>>[] = []
  #answers: readonly MessageAnswer<Message>[] = []
  #order: Promise<void> | undefined
  #isCapTested = false
  #isSizeTested = false

  constructor(source: MessageSource<Message>, traits: ChatTraits) {
    this.#source = source
    this.#traits = traits
  }

  /** As they are to be understood now: each further answer may change what others mean. */
  get answers(): readonly MessageAnswer<Message>[] {
    return this.#answers
  }

  /** The number of messages as stated last, or as the last page shows. */
  get length(): number | undefined {
    const { sizes } = this.#traits
    const latest = this.answers.findLast(
      ({ at, size, count = -1 }) => count >= startIndex(at, sizes) + size,
    )
    const last = this.answers.findLast(each => each.size > 0 && this.#isLast(each))
    return latest?.count ?? (last && placesOf(last, sizes, true).end)
  }

  /** Throws ListInconclusiveError if no length is stated, and none was seen. */
  async count(): Promise<number> {
    await Promise.allSettled(this.#asked.map(({ answer }) => answer))
    const pages = [
      ...(this.answers.length === 0 ? [{ page: 1, perPage: 1 }] : []),
      { page: 1, perPage: LARGEST_PAGE },
      { page: 2, perPage: LARGEST_PAGE },
    ]
    for (const at of pages) if (this.length === undefined) await this.fetch(at)
    if (this.length !== undefined) return this.length
    throw new ListInconclusiveError('The upstream states no length of this chat.', {
      isRetryable: false,
    })
  }

  /** The whole chat, if it was on one page. */
  get whole(): MessagePage<Message> | undefined {
    const answer = this.answers.findLast(each => each.at.page === 1 && this.#isLast(each))
    return answer && this.place(answer)
  }

  /**
   * Reads what must be known before `limit` messages can be looked for: in which order the upstream
   * pages its chats, unless the chat fits on a page; and how long it is, if its last page is wanted.
   */
  async prepare(limit: number, isFromEnd: boolean, hasCursor: boolean): Promise<void> {
    if (this.#traits.isRising === undefined && !this.whole) {
      this.#order ??= learnOrder(this, this.#traits, limit, isFromEnd).finally(() => {
        this.#order = undefined
      })
      await this.#order
    }
    const isFar = this.#isRising === isFromEnd
    if (isFar && !hasCursor && !this.whole) await this.#findEnd()
  }

  /** Reads page after page if no length is stated. */
  async #findEnd(): Promise<void> {
    for (let page = 1; this.length === undefined; page++) {
      const { size } = await this.fetch({ page, perPage: LARGEST_PAGE })
      if (size === 0) return
    }
  }

  /** Whether the size of pages cannot be chosen: then two pages never show the same message. */
  get isFixed(): boolean {
    return this.#traits.sizes.isFixed
  }

  /** Which size of pages places are estimated by. */
  get pageSize(): string {
    const { cap, isFixed } = this.#traits.sizes
    return `${cap} ${isFixed}`
  }

  /** Whether a page of one row shows that the upstream does not hear `per_page`. */
  async showsFixedPages(): Promise<boolean> {
    const { isFixed, cap } = this.#traits.sizes
    if (isFixed || cap === LARGEST_PAGE || this.#isSizeTested) return false
    this.#isSizeTested = true
    await this.fetch({ page: 1, perPage: 1 }, true)
    return this.isFixed
  }

  /** Of the pages with a place, the one that reaches farthest towards one end of the chat. */
  farthestPage(index: number, isTowardsOldest: boolean): PageNumber {
    const { sizes } = this.#traits
    const { from } = this.#toPlaces({ from: index, to: index }, this.length)
    const isBackward = this.#isRising === isTowardsOldest
    return pageReachingFarthest(from, this.#mayGiveMore ? ANY_SIZE : sizes, isBackward)
  }

  /** The page that should be empty, as it is beyond the stated length. */
  pageBeyondEnd(): PageNumber | undefined {
    const { length } = this
    const perPage = this.isFixed ? this.#traits.sizes.cap : 1
    return length === undefined ? undefined : { page: Math.ceil(length / perPage) + 1, perPage }
  }

  /**
   * The fewest pages that hold messages `from` to `to`, which may lie beyond the end. `isLate`: the walk
   * has read up to the end several times; then it should have room for as many messages as came meanwhile.
   */
  pagesFor(
    window: Window,
    formerLength: number | undefined,
    isLate: boolean,
  ): readonly PageNumber[] {
    const { sizes } = this.#traits
    const length = this.length ?? formerLength
    const isGrowing = isLate && this.#isRising && length !== undefined
    const places = this.#toPlaces(window, isGrowing ? length + this.#growth : length)
    const areHidden = this.answers.some(answer => isShortAmid(answer, sizes))
    const pages = joinedPages(places, sizes, areHidden)
    return pages.length > 2 && this.#mayGiveMore ? joinedPages(places, ANY_SIZE, areHidden) : pages
  }

  /** How many more messages the last answer states than the first one. */
  get #growth(): number {
    const [first, last] = [this.answers[0]?.count ?? 0, this.answers.at(-1)?.count ?? 0]
    return Math.max(0, last - first)
  }

  /** Pages were short, but of hidden messages perhaps: a large page shows whether more is given. */
  get #mayGiveMore(): boolean {
    const { isFixed, isCapProven } = this.#traits.sizes
    return !isFixed && !isCapProven && !this.#isCapTested
  }

  /** Gives the pages oldest first: the whole chat alone, if it is known. */
  async read(
    pages: readonly PageNumber[],
    isAnew: boolean,
  ): Promise<readonly MessagePage<Message>[]> {
    const { whole } = this
    if (whole && !isAnew) return [whole]
    this.#isCapTested ||= pages.some(({ perPage }) => perPage > this.#traits.sizes.cap)
    const answers = await Promise.all(pages.map(at => this.fetch(at, isAnew)))
    const places = [...new Set(answers)].map(answer => this.place(answer))
    return places.sort((one, other) => one.start - other.start)
  }

  #toPlaces({ from, to }: Window, length: number | undefined): Window {
    if (this.#isRising) {
      const last = length === undefined ? to : Math.min(to, Math.max(from, length - 1))
      return { from: Math.max(0, from), to: Math.max(0, last) }
    }
    const newest = (length ?? 0) - 1
    const first = Math.max(0, newest - to)
    return {
      from: first,
      to: Math.max(first, newest - (length === undefined ? from : Math.max(0, from))),
    }
  }

  /** A page that was asked for already is used again, and so is one that holds all of its places. */
  async fetch(at: PageNumber, isAnew = false): Promise<MessageAnswer<Message>> {
    const known = isAnew
      ? undefined
      : this.#asked.find(each => holds(each.at, at, this.#traits.sizes))
    if (known) return known.answer
    const answer = this.#traits.firstPage.fetch(at, this.#source).then(page => this.#receive(page))
    this.#asked.unshift({ at, answer })
    return answer
  }

  #receive(received: Answer<PlacedMessage<Message>>): MessageAnswer<Message> {
    const traits = this.#traits
    traits.learnCount(received)
    const order = this.#received.length
    this.#received.push(traits.sizes.isFixed ? received : withoutRepeats(received))
    this.#answers = believedAnswers(this.#received, traits.sizes, traits.areCounted)
    traits.learnSizes(this.#answers)
    const answer = { ...received, ...this.#answers[order], order }
    const rows = orderOfRows(answer.rows)
    if (rows?.isClear) traits.learnOrderOfRows(rows.rise)
    return answer
  }

  /** As far as is known: if it is not, only a chat that fits on one page is given. */
  get #isRising(): boolean {
    return this.#traits.isRising ?? true
  }

  #isLast(answer: MessageAnswer<Message>): boolean {
    const { sizes } = this.#traits
    const { order } = answer
    const places = placesOf(answer, sizes, false)
    const others = whatOthersProve(this.answers, sizes, true)
    if (!endsList(answer, places, order, others)) return false
    const saysMore = answer.hasNext === true && answer.size > 0 && answer.size <= answer.at.perPage
    return !saysMore || endsAgain(answer, this.answers)
  }

  /** A page as it is to be understood now. */
  place({ order }: Pick<MessageAnswer<Message>, 'order'>): MessagePage<Message> {
    const { isRising, rowsRise, sizes } = this.#traits
    const answer = this.answers[order]
    if (!answer) throw new RangeError('A page is placed after its answer has come.')
    return placeMessages(answer, this.#isLast(answer), {
      isRising: this.#isRising,
      rowsRise: rowsRise ?? orderOfRows(answer.rows)?.rise ?? isRising ?? true,
      sizes,
      length: this.length,
    })
  }
}
