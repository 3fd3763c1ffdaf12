import type { ListPage } from '../pages/list-page.ts'
import type { PageNumber } from '../pages/page-number.ts'
import { Remembered } from './remembered.ts'

/** What can only be read by page number. */
export interface PageSource<Row> {
  fetchPage(at: PageNumber): Promise<ListPage<Row>>
  /** Whether the upstream has refused what was asked for, as there is no such page. */
  isRefusal?(error: unknown): boolean
}

/** A page, with its number counted from 1. */
interface CountedPage<Row> extends ListPage<Row> {
  readonly at: PageNumber
  /** Whether it has shown just now that all pages read before have numbers less by one. */
  readonly isRenumbered?: boolean
}

/** Nobody changes by what number an upstream calls its first page while others use it. */
const MAX_AGE_MS = 86_400_000

/**
 * Whether an upstream calls its first page 1, as it should, or 0. If page 1 states that a page comes
 * before it, that one is asked for, once.
 */
export class FirstPage {
  readonly #number = new Remembered<0 | 1>(MAX_AGE_MS)

  /** Gives the page that was asked for, counted from 1; another one if the number was wrong. */
  async fetch<Row>(at: PageNumber, source: PageSource<Row>): Promise<CountedPage<Row>> {
    const fromZero = () => source.fetchPage({ ...at, firstPage: 0 })
    if (this.#isZero()) return { ...(await fromZero()), at }
    const page = await source.fetchPage(at)
    if (at.page === 1 && page.hasPrevious === true && this.#number.value === undefined) {
      const before = await fromZero().catch(error => noneIfRefused(error, source))
      const isFirst = before?.hasPrevious === false && (before.size > 0 || before.hasNext === true)
      this.#number.learn(isFirst ? 0 : 1)
      return isFirst ? { ...before, at, isRenumbered: true } : { ...page, at }
    }
    // Another request may have found it out meanwhile.
    if (!this.#isZero()) return { ...page, at }
    if (at.page === 1) return { ...(await fromZero()), at, isRenumbered: true }
    return { ...page, at: { ...at, page: at.page + 1 }, isRenumbered: true }
  }

  #isZero(): boolean {
    return this.#number.value === 0
  }
}

/** Gives nothing if the upstream says that there is no such page, and throws all else. */
export function noneIfRefused(error: unknown, source: PageSource<unknown>): undefined {
  if (!source.isRefusal?.(error)) throw error
}
