import { ListInconclusiveError } from '../list-errors.ts'
import type { PageNumber, PageSizes, Window } from '../pages/page-number.ts'
import { ANY_SIZE, LARGEST_PAGE } from '../pages/page-number.ts'
import type { PageSource } from '../traits/first-page.ts'
import { ChatAnswers } from './chat-answers.ts'
import type { ChatAnswer } from './chat-belief.ts'
import { type ChatReading, learnOrder } from './chat-order.ts'
import type { MessagePage, PlacedMessage } from './chat-page.ts'
import {
  type ChatExtent,
  holds,
  isShortAmid,
  joinedPages,
  pageReachingFarthest,
  placesOfMessages,
} from './chat-page.ts'
import type { ChatTraits } from './chat-traits.ts'
import { readOn } from './hidden-pages.ts'

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
  readonly #received: ChatAnswers<Message>
  #order: Promise<void> | undefined
  #isCapTested = false
  #isSizeTested = false

  constructor(source: MessageSource<Message>, traits: ChatTraits) {
    this.#source = source
    this.#traits = traits
    this.#received = new ChatAnswers(traits)
  }

  /** As they are to be understood now: each further answer may change what others mean. */
  get answers(): readonly MessageAnswer<Message>[] {
    return this.#received.all
  }

  /** The number of messages as stated last, or as the last page shows. */
  get length(): number | undefined {
    return this.#received.length
  }

  /** The number of messages as stated last. */
  get statedLength(): number | undefined {
    return this.#received.statedLength
  }

  /** `formerLength`: what was stated earlier, if nothing is now. */
  extent(formerLength?: number): ChatExtent {
    const { isRising, statedLength = formerLength, length = formerLength } = this
    if (isRising) return { isRising, oldest: 0, end: length }
    const end = statedLength ?? 0
    return { isRising, oldest: length === undefined ? undefined : end - length, end }
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
    const answer = this.answers.findLast(each => each.at.page === 1 && this.#received.isLast(each))
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
    const isFar = this.isRising === isFromEnd
    if (isFar && !hasCursor && !this.whole) await this.#findEnd()
  }

  /** Reads page after page if no length is stated. */
  async #findEnd(): Promise<void> {
    if (this.length !== undefined) return
    await readOn(
      1,
      page => this.fetch({ page, perPage: LARGEST_PAGE }),
      ({ size, isAmid }) => this.length !== undefined || (size === 0 && !isAmid),
    )
  }

  /** Whether pages amid the chat have fewer messages than places. */
  get areHidden(): boolean {
    return this.answers.some(answer => isShortAmid(answer, this.#traits.sizes))
  }

  get sizes(): PageSizes {
    return this.#traits.sizes
  }

  /** Whether the size of pages cannot be chosen: then two pages never show the same message. */
  get isFixed(): boolean {
    return this.sizes.isFixed
  }

  /** Which size of pages places are estimated by. */
  get pageSize(): string {
    const { cap, isFixed } = this.#traits.sizes
    return `${cap} ${isFixed}`
  }

  /** Whether a page of one row shows that the upstream does not hear `per_page`. */
  async showsFixedPages(): Promise<boolean> {
    const { isFixed, isHeard, cap } = this.#traits.sizes
    if (isFixed || isHeard || cap === LARGEST_PAGE || this.#isSizeTested) return false
    this.#isSizeTested = true
    await this.fetch({ page: 1, perPage: 1 }, true)
    return this.isFixed
  }

  /** Of the pages with a place, the one that reaches farthest towards one end of the chat. */
  farthestPage(index: number, isTowardsOldest: boolean): PageNumber {
    const { sizes } = this
    const { from } = placesOfMessages({ from: index, to: index }, this.extent())
    const isBackward = this.isRising === isTowardsOldest
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
    const extent = this.extent(formerLength)
    const isGrowing = isLate && this.isRising && extent.end !== undefined
    const places = placesOfMessages(
      window,
      isGrowing ? { ...extent, end: extent.end + this.#growth } : extent,
    )
    const areHidden = this.areHidden
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

  /** A page that was asked for already is used again, and so is one that holds all of its places. */
  async fetch(at: PageNumber, isAnew = false): Promise<MessageAnswer<Message>> {
    const known = isAnew
      ? undefined
      : this.#asked.find(each => holds(each.at, at, this.#traits.sizes))
    if (known) return known.answer
    const askedAfter = this.answers.length
    const answer = this.#traits.firstPage
      .fetch(at, this.#source)
      .then(page => this.#received.add({ ...page, askedAfter }))
      .then(received => this.#withTestedNext(received))
    this.#asked.unshift({ at, answer })
    return answer
  }

  /** An empty page that states a next one is amid the chat, unless one that is nowhere does so, too. */
  async #withTestedNext(answer: MessageAnswer<Message>): Promise<MessageAnswer<Message>> {
    const isNews = await this.#traits.nextClaim.prove(answer, this.#source)
    if (isNews) this.#received.believeAnew()
    return this.answers[answer.order] ?? answer
  }

  /** As far as is known: if it is not, only a chat that fits on one page is given. */
  get isRising(): boolean {
    return this.#traits.isRising ?? true
  }

  /** A page as it is to be understood now. */
  place(answer: Pick<MessageAnswer<Message>, 'order'>): MessagePage<Message> {
    return this.#received.place(answer)
  }
}
