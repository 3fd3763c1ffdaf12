import type { ListPage } from '../../src/history/list-page.ts'
import type { NumberedListSource } from '../../src/history/list-source.ts'
import type { PageNumber } from '../../src/history/page-window.ts'

/** A change of the list: a late insert or a delete by key, or a row at the new end. */
export type Change = { insert: number } | { remove: number } | { append: number }

/**
 * Some days of a wrong clock: the rows with so many keys from `from` on stand `back` keys earlier in
 * the list than they should, or later if that is negative: one by one among the rows of those days,
 * or all at one place.
 */
export interface WrongClock {
  readonly from: number
  readonly length: number
  readonly back: number
  readonly isBlock: boolean
}

export interface MovingListOptions {
  readonly keys: readonly number[]
  readonly rising: boolean
  /** Where there are any, the list goes by time: keys are given as a right clock goes. */
  readonly wrongClocks?: readonly WrongClock[]
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
  #listed: readonly number[] | undefined
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
    const { maxPerPage = 100, countError = 0, next = 'true' } = this.#options
    const size = Math.min(perPage, maxPerPage)
    const rows = this.listed.slice((page - 1) * size, page * size)
    const count = Math.max(0, this.#keys.length + countError)
    const length = next === 'by count' ? count : this.#keys.length
    const hasNext = next === 'absent' ? undefined : page * size < length
    return Promise.resolve({ rows, size: rows.length, count, hasNext })
  }

  /** The keys in the list's own order. */
  get listed(): readonly number[] {
    const { rising, wrongClocks } = this.#options
    const sorted = () => (wrongClocks ? byTime(this.#keys, wrongClocks) : this.#keys)
    this.#listed ??= rising ? sorted() : sorted().toReversed()
    return this.#listed
  }

  change(changes: readonly Change[]): void {
    if (changes.length > 0) this.#listed = undefined
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

function byTime(keys: readonly number[], wrongClocks: readonly WrongClock[]): number[] {
  const timeOf = (key: number) => {
    const wrong = wrongClocks.find(({ from, length }) => from <= key && key < from + length)
    if (!wrong) return key
    return wrong.isBlock ? wrong.from - wrong.back + (key - wrong.from) / 1000 : key - wrong.back
  }
  return keys.toSorted((one, other) => timeOf(one) - timeOf(other) || one - other)
}
