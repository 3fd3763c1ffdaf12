import type { Answer } from '../pages/list-page.ts'
import type { FirstPage, PageSource } from './first-page.ts'
import { noneIfRefused } from './first-page.ts'
import { Remembered } from './remembered.ts'

/** No list has so many pages. */
const FAR_PAGE = 1_000_000

/**
 * Whether an upstream states a next page even of pages that are far beyond the end. If it does, an empty
 * page that states one says nothing; if not, rows come after it, and its own ones are hidden.
 */
export class NextClaim {
  readonly #firstPage: FirstPage
  readonly #isAlwaysStated = new Remembered<boolean>()
  #proof: Promise<void> | undefined

  constructor(firstPage: FirstPage) {
    this.#firstPage = firstPage
  }

  /** False as long as nothing has shown it. */
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

  async #readFar<Row>(perPage: number, source: PageSource<Row>): Promise<void> {
    const page = await this.#firstPage
      .fetch({ page: FAR_PAGE, perPage }, source)
      .catch(error => noneIfRefused(error, source))
    this.#isAlwaysStated.learn(page?.hasNext === true)
  }
}
