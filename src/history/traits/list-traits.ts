import { sizesIfMostHidden } from '../pages/hidden-share.ts'
import { withoutCountOfPage, withoutRepeats } from '../pages/list-belief.ts'
import type { Answer } from '../pages/list-page.ts'
import type { PageSizes } from '../pages/page-number.ts'
import { LARGEST_PAGE, sizeOf, sizesUpTo } from '../pages/page-number.ts'
import { isNextBeyond } from '../pages/page-places.ts'
import { sizesOf } from '../pages/page-sizes.ts'
import type { PageSource } from './first-page.ts'
import { FirstPage } from './first-page.ts'
import { NextClaim } from './next-claim.ts'
import { Remembered } from './remembered.ts'

/** What was learnt of the lists of one endpoint, as one account sees them. */
export class ListTraits {
  /** Whether keys rise from page to page; undefined until a page with two rows was seen. */
  isRising: boolean | undefined
  /** Whether that was seen from page to page, not only inside of a page. */
  isOrderProven = false
  /** Whether pages that begin with the newest rows list them oldest first, if the order is proven. */
  arePagesTurned: boolean | undefined
  readonly firstPage = new FirstPage()
  readonly nextClaim = new NextClaim(this.firstPage)
  readonly #mostRows: number
  readonly #sizes = new Remembered<PageSizes>()
  readonly #isDense = new Remembered<boolean>()
  readonly #isTurnSure = new Remembered<true>()
  /** Set once an answer stated what no page can have: then lists are counted, not pages. */
  readonly #areListsCounted = new Remembered<true>()
  readonly #mostEmptyPages = new Remembered<number>()
  readonly #similar: ListTraits | undefined

  /**
   * `mostRows` is how many rows may be asked for at once. The lists of a `similar` endpoint are likely to
   * have pages of the same size.
   */
  constructor(mostRows = LARGEST_PAGE, similar?: ListTraits) {
    this.#mostRows = mostRows
    this.#similar = similar
  }

  /** Whether nearly no key is missing among those of a page; undefined until a page has shown it. */
  get isDense(): boolean | undefined {
    return this.#isDense.value
  }

  learnDensity(isDense: boolean): void {
    this.#isDense.learn(isDense)
  }

  /** Whether pages of two sizes have shown the same rows at the same places, as turned pages do. */
  get isTurnSure(): boolean {
    return this.#isTurnSure.value ?? false
  }

  learnTurn(): void {
    this.#isTurnSure.learn(true)
  }

  /** The most pages without rows, amid a list, that one reading has met: all of their rows are hidden. */
  get mostEmptyPages(): number {
    return this.#mostEmptyPages.value ?? 0
  }

  learnEmptyPages(pages: number): void {
    if (pages > this.mostEmptyPages) this.#mostEmptyPages.learn(pages)
  }

  get sizes(): PageSizes {
    return this.#sizes.value ?? this.#assumed
  }

  get #assumed(): PageSizes {
    const sizes = sizesUpTo(this.#mostRows)
    const similar = this.#similar?.sizes
    return similar?.isCapProven && !similar.isFixed ? { ...sizes, cap: similar.cap } : sizes
  }

  /** Takes over what the answers of a reading show. */
  learnSizes(answers: readonly Answer<unknown>[]): PageSizes {
    return this.#remember(sizesOf(answers, this.sizes))
  }

  /** As `learnSizes`, of a list of which most rows may be hidden. */
  learnSparseSizes<Row>(answers: readonly Answer<Row>[], keyOf: (row: Row) => number): PageSizes {
    const { areMostHidden } = this.sizes
    const sizes = { ...sizesOf(answers, this.sizes), areMostHidden }
    const sparse = sizesIfMostHidden(answers, sizes, keyOf)
    return this.#remember(sparse ?? { ...sizes, areMostHidden: false })
  }

  #remember(sizes: PageSizes): PageSizes {
    const learnt = this.sizes
    const isNews =
      sizes.cap !== learnt.cap ||
      sizes.largest !== learnt.largest ||
      sizes.isCapProven !== learnt.isCapProven ||
      sizes.isHeard !== learnt.isHeard ||
      sizes.isFixed !== learnt.isFixed ||
      sizes.surplus !== learnt.surplus ||
      sizes.areMostHidden !== learnt.areMostHidden
    if (!isNews) return learnt
    this.#sizes.learn(sizes)
    return sizes
  }

  /**
   * An answer without the rows that it lists twice, and without a count that may be that of its page:
   * then the next page shows where the list ends. No count is dropped once an answer has stated more
   * rows than its page could have, or fewer than it has.
   */
  believable<Row>(received: Answer<Row>, keyOf: (row: Row) => number): Answer<Row> {
    const answer = withoutRepeats(received, keyOf, sizeOf(received.at.perPage, this.sizes))
    const { at, size, count } = answer
    const isOfPage = count === undefined || (count >= size && count <= Math.max(at.perPage, size))
    if (!isOfPage) this.#areListsCounted.learn(true)
    this.nextClaim.learn(answer)
    return this.#areListsCounted.value ? answer : withoutCountOfPage(answer, this.sizes)
  }

  /** Finds out what a stated next page is worth, if other claims leave that open. */
  async proveNext<Row>(
    answer: Answer<Row>,
    earlier: readonly Answer<Row>[],
    source: PageSource<Row>,
  ): Promise<void> {
    await this.nextClaim.proveNone(answer, source)
    if (answer.hasNext !== true || answer.size >= answer.at.perPage) return
    const sizes = sizesOf([...earlier, answer], this.sizes)
    await this.nextClaim.prove(answer, source, isNextBeyond(answer, sizes))
  }
}
