import type { ListPage } from '../../src/history/list-page.ts'
import type { NumberedListSource } from '../../src/history/list-source.ts'
import type { PageNumber } from '../../src/history/page-window.ts'

/** A change of the list: a late insert or a delete by key, or a row at the new end. */
export type Change = { insert: number } | { remove: number } | { append: number }

export interface MovingListOptions {
  readonly keys: readonly number[]
  readonly rising: boolean
  readonly maxPerPage?: number
  /** Added to every count. */
  readonly countError?: number
  /** How `next_page` is told. */
  readonly next?: 'true' | 'by count' | 'absent'
  /** Changes made before each call, in turn. */
  readonly changes?: readonly (readonly Change[])[]
}

/** An upstream list that changes while it is read, and remembers who was there throughout. */
export class MovingList implements NumberedListSource<number> {
  readonly hasUniqueKeys = true
  readonly calls: PageNumber[] = []
  readonly everPresent: Set<number>
  readonly alwaysPresent: Set<number>
  #keys: number[]
  readonly #options: MovingListOptions

  constructor(options: MovingListOptions) {
    this.#options = options
    this.#keys = [...new Set(options.keys)].sort((a, b) => a - b)
    this.everPresent = new Set(this.#keys)
    this.alwaysPresent = new Set(this.#keys)
  }

  keyOf(row: number): number {
    return row
  }

  fetchPage({ page, perPage }: PageNumber): Promise<ListPage<number>> {
    this.change(this.#options.changes?.[this.calls.length] ?? [])
    this.calls.push({ page, perPage })
    const { rising, maxPerPage = 100, countError = 0, next = 'true' } = this.#options
    const size = Math.min(perPage, maxPerPage)
    const listed = rising ? this.#keys : this.#keys.toReversed()
    const rows = listed.slice((page - 1) * size, page * size)
    const count = Math.max(0, this.#keys.length + countError)
    const length = next === 'by count' ? count : this.#keys.length
    const hasNext = next === 'absent' ? undefined : page * size < length
    return Promise.resolve({ rows, size: rows.length, count, hasNext })
  }

  change(changes: readonly Change[]): void {
    for (const change of changes) {
      if ('remove' in change) this.#remove(change.remove)
      else if ('insert' in change) this.#insert(change.insert)
      else this.#insert((this.#keys.at(-1) ?? 0) + change.append)
    }
  }

  #remove(key: number): void {
    this.#keys = this.#keys.filter(each => each !== key)
    this.alwaysPresent.delete(key)
  }

  #insert(key: number): void {
    if (this.everPresent.has(key)) return
    this.everPresent.add(key)
    this.#keys.push(key)
    this.#keys.sort((a, b) => a - b)
  }
}
