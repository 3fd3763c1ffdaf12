import {
  farthestPages,
  nameOfPage,
  type PageNumber,
  type PageSizes,
} from '../../history/pages/page-number.ts'

/** So many rows of a page come again on the next one if keys are missing, which shows that they join. */
const SHARED = 3

/**
 * Pages of longer lists share no rows: by default no scan has calls for so many. A length that the
 * upstream states may be any number, and pages that share rows are listed one by one.
 */
const LONGEST_JOINED = 50_000

/** What of a list decides which pages it is read by. */
export interface ScannedList {
  /** How many rows it has. */
  readonly length: number
  readonly sizes: PageSizes
  /** Whether nearly no csId is missing, so that pages join though they share no row. */
  readonly isDense: boolean
}

/** The pages by which a whole list is read, from one end to the other: the same for all who read it. */
export class ScanPages {
  readonly count: number
  readonly #isForward: boolean
  readonly #perPage: number
  /** Those that share rows, from the list's start on. Undefined if pages just follow each other. */
  readonly #joined: readonly PageNumber[] | undefined

  constructor(list: ScannedList, isForward: boolean) {
    this.#isForward = isForward
    this.#perPage = list.sizes.cap
    this.#joined = joinedPages(list)
    this.count = this.#joined?.length ?? Math.ceil(list.length / this.#perPage)
  }

  get first(): PageNumber | undefined {
    return this.#at(this.#isForward ? 0 : this.count - 1)
  }

  has(page: PageNumber): boolean {
    return this.#indexOf(page) !== undefined
  }

  /** The next one on the way. Undefined behind the last one, and behind a page of other places. */
  following(page: PageNumber): PageNumber | undefined {
    const index = this.#indexOf(page)
    return index === undefined ? undefined : this.#at(index + (this.#isForward ? 1 : -1))
  }

  /** How many there are from one on, on the way. */
  countFrom(page: PageNumber): number {
    const index = this.#indexOf(page) ?? 0
    return this.#isForward ? this.count - index : index + 1
  }

  /**
   * The one that shows most of what comes behind a place on the way, and that nothing is between: the
   * row at the place, and one before it. Undefined if none does.
   */
  behind(place: number): PageNumber | undefined {
    const joined = this.#joined
    if (joined && this.#isForward)
      return joined.findLast(page => startOf(page) < Math.max(1, place))
    if (joined) return joined.find(page => endOf(page) > place + 1)
    return this.#at(
      Math.floor(Math.max(0, this.#isForward ? place + 1 : place - 1) / this.#perPage),
    )
  }

  /** By its index from the list's start on. */
  #at(index: number): PageNumber | undefined {
    if (index < 0 || index >= this.count) return undefined
    return this.#joined ? this.#joined[index] : { page: index + 1, perPage: this.#perPage }
  }

  #indexOf(page: PageNumber): number | undefined {
    const index = this.#joined
      ? this.#joined.findIndex(each => nameOfPage(each) === nameOfPage(page))
      : page.page - 1
    const found = this.#at(index)
    return found && nameOfPage(found) === nameOfPage(page) ? index : undefined
  }
}

function joinedPages({ length, sizes, isDense }: ScannedList): readonly PageNumber[] | undefined {
  // Pages of a size that nobody can choose share no rows.
  if (isDense || sizes.isFixed || length <= sizes.cap || length > LONGEST_JOINED) return undefined
  const pages = farthestPages({ from: 0, to: length - 1 }, sizes, SHARED)
  const last = pages.at(-1)
  return last && endOf(last) >= length ? pages : undefined
}

const startOf = ({ page, perPage }: PageNumber) => (page - 1) * perPage

const endOf = ({ page, perPage }: PageNumber) => page * perPage
