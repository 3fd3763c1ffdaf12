import type { Answer } from '../pages/list-page.ts'
import { MOST_SHOWN, SMALLEST_CAP } from '../pages/page-sizes.ts'
import type { FirstPage, PageSource } from './first-page.ts'
import { noneIfRefused } from './first-page.ts'
import { Remembered } from './remembered.ts'

/** No list has so many pages. */
const FAR_PAGE = 1_000_000

/** What the `next_page` of an upstream is worth: some always send null, and some always a page. */
export class NextClaim {
  readonly #firstPage: FirstPage
  readonly #isStated = new Remembered<boolean>()
  readonly #isAlwaysStated = new Remembered<boolean>()
  readonly #wasRowAsked = new Remembered<true>()
  #proof: Promise<void> | undefined
  #rowProof: Promise<void> | undefined

  constructor(firstPage: FirstPage) {
    this.#firstPage = firstPage
  }

  /**
   * Whether a next page is stated at all: false if it is always null, though more rows come; undefined as
   * long as no page has shown it.
   */
  get isStated(): boolean | undefined {
    return this.#isStated.value
  }

  /** What an answer shows: of a full first page, the stated length contradicts a null. */
  learn({ at, size, count = 0, hasNext }: Answer<unknown>): void {
    if (hasNext === true) this.#isStated.learn(true)
    const isFull = at.page === 1 && size >= at.perPage
    // A page of a fixed size may have all of a list but for rows that are hidden here and there.
    const shown = size > at.perPage ? MOST_SHOWN * count : count
    const isVain = hasNext === false && isFull && size < shown
    if (isVain && this.#isStated.value !== true) this.#isStated.learn(false)
  }

  /**
   * Whether a next page is stated even of pages that are far beyond the end. If it is, an empty page that
   * states one says nothing; if not, rows come after it, and its own ones are hidden. False as long as
   * nothing has shown it.
   */
  get isAlwaysStated(): boolean {
    return this.#isAlwaysStated.value ?? false
  }

  /**
   * Asks for a page far beyond the end if nothing else tells whether an empty page ends the list, or if the
   * next page `isOdd`, as the stated length contradicts it: at most one call in ten minutes. Says whether it did.
   */
  async prove<Row>(
    { at, size, count, hasNext }: Answer<Row>,
    source: PageSource<Row>,
    isOdd = false,
  ): Promise<boolean> {
    const isOpen = size === 0 && count === undefined && hasNext === true
    if (!isOpen && !isOdd) return false
    if (this.#isAlwaysStated.value !== undefined) return false
    this.#proof ??= this.#readFar(at.perPage, source).finally(() => {
      this.#proof = undefined
    })
    await this.#proof
    return true
  }

  /**
   * Asks for the first row alone if a short first page with several rows states no next one, though by the
   * stated length many more come: of that row, a next page is stated if any ever is. At most one call in ten
   * minutes.
   */
  async proveNone<Row>(
    { at, size, count = 0, hasNext }: Answer<Row>,
    source: PageSource<Row>,
  ): Promise<void> {
    const isOdd = at.page === 1 && size > 1 && size < at.perPage && count > at.perPage
    if (hasNext !== false || !isOdd || this.#isStated.value !== undefined) return
    if (this.#wasRowAsked.value) return
    this.#rowProof ??= this.#readRow(source).finally(() => {
      this.#rowProof = undefined
    })
    await this.#rowProof
  }

  async #readRow<Row>(source: PageSource<Row>): Promise<void> {
    const row = await this.#firstPage.fetch({ page: 1, perPage: 1 }, source)
    this.#wasRowAsked.learn(true)
    if (row.size === 1) this.#isStated.learn(row.hasNext === true)
  }

  async #readFar<Row>(perPage: number, source: PageSource<Row>): Promise<void> {
    const page = await this.#firstPage
      .fetch({ page: FAR_PAGE, perPage }, source)
      .catch(error => noneIfRefused(error, source))
    // Some upstreams give their first page if they are asked for one beyond the last.
    const isFirst = page !== undefined && page.size > 0 && page.hasPrevious === false
    this.#isAlwaysStated.learn(page?.hasNext === true && !isFirst)
  }
}

/** What `next_page` is worth. */
export interface NextWorth {
  readonly isStated: boolean | undefined
  readonly isAlwaysStated: boolean
}

/** An answer without a `next_page` that says nothing: some upstreams always send null, and some never do. */
export const withoutVainNext = <Given extends Answer<unknown>>(
  answer: Given,
  worth: NextWorth,
): Given => (isVain(answer, worth) ? { ...answer, hasNext: undefined } : answer)

function isVain(answer: Answer<unknown>, { isStated, isAlwaysStated }: NextWorth): boolean {
  const { hasNext, count, size } = answer
  if (hasNext === false) return isStated === undefined ? isOpen(answer) : !isStated
  return hasNext === true && isAlwaysStated && (count !== undefined || size === 0)
}

/** Whether rows may come after a page by what else it says: no length, or one that a cap leaves open. */
function isOpen({ at, size, count }: Answer<unknown>): boolean {
  if (count === undefined) return true
  if (size === 0) return count > (at.page - 1) * at.perPage
  return size >= SMALLEST_CAP && size < at.perPage && count > at.page * size
}
