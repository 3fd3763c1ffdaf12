import type { ListTraits, ReadPage } from './list-page.ts'
import type { PageNumber } from './page-window.ts'

/** How many rows a page has at most, as one reading learns it. */
export class PageCap {
  readonly #traits: ListTraits
  #rows: number
  #suspected: { readonly rows: number; readonly end: number } | undefined

  constructor(traits: ListTraits) {
    this.#traits = traits
    this.#rows = traits.pageCap
  }

  /** The most rows that a page is asked for. */
  get rows(): number {
    return this.#rows
  }

  /** Pages that are joined have more rows than the upstream's. */
  joinTo(rows: number): void {
    this.#rows = rows
  }

  /**
   * A page shorter than asked that does not end the list shows a cap; a later row
   * proves it. Gives whether a cap is suspected anew.
   */
  learn(at: PageNumber, page: ReadPage<unknown>): boolean {
    const end = page.start + page.size
    this.#traits.fullest = Math.max(this.#traits.fullest, page.size)
    if (page.size === 0) return false
    if (this.#suspected && end > this.#suspected.end) this.#traits.pageCap = this.#suspected.rows
    if (!this.isCut(at, page)) return false
    this.#rows = page.size
    this.#suspected = { rows: page.size, end }
    return true
  }

  /** A page shorter than another one that was received is not cut: rows are hidden from it. */
  isCut(at: PageNumber, { size, isLast }: ReadPage<unknown>): boolean {
    return size > 0 && size < at.perPage && !isLast && size >= this.#traits.fullest
  }
}
