import { ListInconclusiveError } from '../list-errors.ts'
import type { Answer } from '../pages/list-page.ts'
import type { PageSizes } from '../pages/page-number.ts'
import { exceedsFixedSize } from '../pages/page-sizes.ts'
import type { FirstPage } from '../traits/first-page.ts'
import { ListTraits } from '../traits/list-traits.ts'
import type { NextClaim } from '../traits/next-claim.ts'
import { Remembered } from '../traits/remembered.ts'
import type { ChatClaims } from './chat-belief.ts'

/** What was learnt of all chats of one account. */
export class ChatTraits implements ChatClaims {
  readonly #lists = new ListTraits()
  readonly #areCounted = new Remembered<true>()
  readonly #isRising = new Remembered<boolean>()
  readonly #rowsRise = new Remembered<boolean>()
  /** The chat that shows the order by a small page; undefined if no chat does at present. */
  leader: object | undefined
  /** The proof of the order that is under way: other chats wait for it. */
  proof: Promise<void> | undefined

  get firstPage(): FirstPage {
    return this.#lists.firstPage
  }

  get sizes(): PageSizes {
    return this.#lists.sizes
  }

  /** Throws ListInconclusiveError if no size is that of the pages. */
  learnSizes(answers: readonly Answer<unknown>[]): void {
    if (answers.some(answer => exceedsFixedSize(answer, this.sizes)))
      throw new ListInconclusiveError(
        'The upstream gives more messages on each page than were asked for, so that their places are not certain. Ask for fewer days (sentOn), so that all fit on one page.',
        { isRetryable: false },
      )
    this.#lists.learnSizes(answers)
  }

  /**
   * Whether `count` is the length of a chat: an answer stated another number than that of its rows. Until
   * then it may be that of its page, as some upstreams say how many rows they send.
   */
  get areCounted(): boolean {
    return this.#areCounted.value ?? false
  }

  learnCount({ size, count = size }: Answer<unknown>): void {
    if (count !== size) this.#areCounted.learn(true)
  }

  get mostEmptyPages(): number {
    return this.#lists.mostEmptyPages
  }

  learnEmptyPages(pages: number): void {
    this.#lists.learnEmptyPages(pages)
  }

  get nextClaim(): NextClaim {
    return this.#lists.nextClaim
  }

  /** Whether the first page has the oldest messages; undefined until that is proven. */
  get isRising(): boolean | undefined {
    return this.#isRising.value
  }

  learnOrder(isRising: boolean): void {
    this.#isRising.learn(isRising)
  }

  /** Whether each page lists its oldest message first; undefined until a page shows it clearly. */
  get rowsRise(): boolean | undefined {
    return this.#rowsRise.value
  }

  learnOrderOfRows(rowsRise: boolean): void {
    this.#rowsRise.learn(rowsRise)
  }
}
