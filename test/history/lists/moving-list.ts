import type { NumberedListSource } from '../../../src/history/lists/numbered-list-source.ts'
import type { ListPage } from '../../../src/history/pages/list-page.ts'
import type { PageNumber } from '../../../src/history/pages/page-number.ts'

/** A change of the list: a late insert or a delete by key, or a row at the new end. */
export type Change = { insert: number } | { remove: number } | { append: number }

/**
 * Some days of a wrong clock: the rows with so many keys from `from` on stand `back` keys earlier in
 * the list than they should, or later if that is negative: one by one among the rows of those days,
 * or all at one place.
 */
interface WrongClock {
  readonly from: number
  readonly length: number
  readonly back: number
  readonly isBlock: boolean
}

/** Every so many rows, by their keys. */
interface SomeRows {
  readonly every: number
  readonly offset: number
}

/** All but one of so many rows: each so many keys, or anywhere. */
interface AllBut {
  readonly allBut: SomeRows
  readonly isScattered?: boolean
}

/** Many rows in a row, by their keys. */
interface RunOfRows {
  readonly from: number
  readonly length: number
}

const SOME_SIZES = [10, 20, 50, 100]

const downTo = (step: number, asked: number) => Math.max(step, Math.floor(asked / step) * step)

/** Ways in which upstreams give other numbers of rows than are asked for. */
export const ROUNDINGS = {
  'at least 10': (asked: number) => Math.max(10, asked),
  'up to fives': (asked: number) => Math.ceil(asked / 5) * 5,
  'up to tens': (asked: number) => Math.ceil(asked / 10) * 10,
  'up to some': (asked: number) => SOME_SIZES.find(size => size >= asked) ?? 100,
} as const

/** As above; but pages may have fewer rows than were asked for, as if they were capped. */
export const ROUNDINGS_DOWN = {
  'down to fives': (asked: number) => downTo(5, asked),
  'down to tens': (asked: number) => downTo(10, asked),
  'down to some': (asked: number) => SOME_SIZES.findLast(size => size <= asked) ?? 10,
  'some, or 20': (asked: number) => (SOME_SIZES.includes(asked) ? asked : 20),
} as const

const ALL_ROUNDINGS = { ...ROUNDINGS, ...ROUNDINGS_DOWN }

export type Rounding = keyof typeof ALL_ROUNDINGS

export const rounded = (rounding: Rounding, asked: number) => ALL_ROUNDINGS[rounding](asked)

export interface MovingListOptions {
  readonly keys: readonly number[]
  readonly rising: boolean
  /** Where there are any, the list goes by time: keys are given as a right clock goes. */
  readonly wrongClocks?: readonly WrongClock[]
  readonly maxPerPage?: number
  /** How many rows each page has, whatever is asked for. */
  readonly fixedRows?: number
  /** How many rows a page has instead of those that were asked for. */
  readonly rounding?: Rounding
  /** How many rows of the next page a page has besides its own. */
  readonly surplus?: number
  /** Added to every count. */
  readonly countError?: number
  /** Whether pages state the list's length. Default true. */
  readonly isCounted?: boolean
  /** Whether that length is the number of the page's own rows. */
  readonly countsPage?: boolean
  /** Rows that take up places and are not shown. */
  readonly hidden?: SomeRows | AllBut | RunOfRows
  /** Whether each page lists its rows the other way round than the pages follow each other. */
  readonly areRowsTurned?: boolean
  /** Rows that change places with the next one, as records of one second may. */
  readonly swapped?: SomeRows
  /** Rows that the list has twice. */
  readonly twice?: SomeRows
  /** Which page is given if one beyond the last is asked for. Default: an empty one. */
  readonly beyond?: 'first' | 'last'
  /** How `next_page` is told. */
  readonly next?: 'true' | 'by count' | 'absent' | 'always' | 'null'
  /** Changes made before each call, in turn. */
  readonly changes?: readonly (readonly Change[])[]
}

/** An upstream list that changes while it is read, and remembers who was there throughout. */
export class MovingList implements NumberedListSource<number> {
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
    this.alwaysPresent = new Set(this.#keys.filter(key => !isOneOf(options.hidden, key)))
  }

  keyOf(row: number): number {
    return row
  }

  fetchPage({ page, perPage }: PageNumber): Promise<ListPage<number>> {
    this.change(this.#options.changes?.[this.calls.length] ?? [])
    this.calls.push({ page, perPage })
    const { maxPerPage = 100, countError = 0, next = 'true', fixedRows } = this.#options
    const { isCounted = true, countsPage, rounding, surplus = 0 } = this.#options
    const asked = rounding ? rounded(rounding, perPage) : perPage
    const size = fixedRows ?? Math.min(asked, maxPerPage)
    const from = (page - 1) * size < this.listed.length ? page - 1 : this.#pageBeyond(size)
    const shown = this.listed
      .slice(from * size, (from + 1) * size + surplus)
      .filter(key => !isOneOf(this.#options.hidden, key))
    const rows = this.#options.areRowsTurned ? shown.toReversed() : shown
    const places = this.listed.length
    const count = Math.max(0, places + countError)
    const length = next === 'by count' ? count : places
    const claims = { absent: undefined, always: true, null: false } as const
    const hasNext = next in claims ? claims[next as keyof typeof claims] : page * size < length
    const stated = countsPage ? rows.length : count
    return Promise.resolve({
      rows,
      size: rows.length,
      count: isCounted ? stated : undefined,
      hasNext,
    })
  }

  /** From 0: the page that is given in place of one beyond the last. */
  #pageBeyond(size: number): number {
    const last = Math.max(0, Math.ceil(this.listed.length / size) - 1)
    const pages = { first: 0, last, none: last + 1 }
    return pages[this.#options.beyond ?? 'none']
  }

  /** The keys in the list's own order. */
  get listed(): readonly number[] {
    const { rising, wrongClocks } = this.#options
    const sorted = () =>
      this.#withOddRows(wrongClocks ? byTime(this.#keys, wrongClocks) : this.#keys)
    this.#listed ??= rising ? sorted() : sorted().toReversed()
    return this.#listed
  }

  #withOddRows(keys: readonly number[]): number[] {
    const { swapped, twice } = this.#options
    const rows = [...keys]
    for (let at = 0; swapped && at + 1 < rows.length; at++) {
      const [one = 0, other = 0] = [rows[at], rows[at + 1]]
      // Records of one second have csIds near each other.
      if (isOneOf(swapped, one) && other - one <= 20) rows.splice(at++, 2, other, one)
    }
    return twice ? rows.flatMap(key => (isOneOf(twice, key) ? [key, key] : [key])) : rows
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

/** Whether a row is one of some, by its key. */
export function isOneOf(some: SomeRows | AllBut | RunOfRows | undefined, key: number): boolean {
  if (some === undefined) return false
  if ('allBut' in some) return !isOneOf(some.allBut, some.isScattered ? scattered(key) : key)
  if ('from' in some) return key >= some.from && key < some.from + some.length
  return (key + some.offset) % some.every === 0
}

/** A number that has nothing to do with its neighbours. */
const scattered = (key: number): number => (Math.imul(key, 2_654_435_761) >>> 0) >>> 7

function byTime(keys: readonly number[], wrongClocks: readonly WrongClock[]): number[] {
  const timeOf = (key: number) => {
    const wrong = wrongClocks.find(({ from, length }) => from <= key && key < from + length)
    if (!wrong) return key
    return wrong.isBlock ? wrong.from - wrong.back + (key - wrong.from) / 1000 : key - wrong.back
  }
  return keys.toSorted((one, other) => timeOf(one) - timeOf(other) || one - other)
}
