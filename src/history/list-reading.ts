import { joinedCap, joinedPages, SMALLEST_USEFUL_CAP } from './joined-pages.ts'
import type { PlaceHint } from './list-guess.ts'
import type { Wanted } from './list-neighbours.ts'
import type { ListTraits, ReadPage, Seen } from './list-page.ts'
import { placePage } from './list-page.ts'
import { choosePages } from './list-place.ts'
import { type Direction, directionOf, everything, segmentOf } from './list-segment.ts'
import type { NumberedListSource } from './list-source.ts'
import { PageCap } from './page-cap.ts'
import type { PageNumber } from './page-window.ts'
import { overlaps } from './page-window.ts'
import { Sightings } from './sightings.ts'
import { readWholeList } from './whole-list.ts'

/** How far to either side a guessed place may be off without costing another page, in rows. */
export const SLACK = 15
/** Rows that share a key, as a rule at most: messages of one second. */
const ROWS_OF_A_KEY = 4

interface PageUnderWay {
  readonly at: PageNumber
  readonly reading: Promise<void>
}

export interface FailedPage {
  readonly at: PageNumber
  readonly error: unknown
}

/**
 * The pages of a numbered list that one request has read, and what they prove. It learns what pages
 * the upstream gives: whether keys rise or fall, how many rows a page has at most, and whether the
 * rows are in order by their keys at all.
 */
export class ListReading<Row> {
  readonly sightings = new Sightings<Row>()
  readonly pages: ReadPage<Row>[] = []
  readonly traits: ListTraits
  readonly #list: NumberedListSource<Row>
  /** Where pages come from: the list itself, or pages of it that are joined. */
  #source: NumberedListSource<Row>
  readonly #landmarks = new Map<number, Promise<Seen<Row> | undefined>>()
  #underWay: PageUnderWay[] = []
  readonly #pageCap: PageCap
  #isJoined = false
  #direction: Direction
  #lost: ReadonlyMap<number, Seen<Row>> = new Map()
  #isUnsorted = false
  #isWhole = false
  #sortedHere: ReadonlySet<Seen<Row>> = new Set()
  #whole: Promise<readonly Seen<Row>[]> | undefined

  constructor(source: NumberedListSource<Row>, traits: ListTraits) {
    this.#list = source
    this.#source = source
    this.traits = traits
    this.#pageCap = new PageCap(traits)
    this.#joinSmallPages()
  }

  /** The most rows that a page is asked for. */
  get cap(): number {
    return this.#pageCap.rows
  }

  /** Whether a page has shown rows in no order by key: then no page proves anything any more. */
  get isUnsorted(): boolean {
    return this.#isUnsorted && !this.isWhole
  }

  /** Whether all rows were read at once, so that their order matters no more. */
  get isWhole(): boolean {
    return this.#isWhole
  }

  /** Whether a row is of those that were sorted here, as the upstream has them in no order by key. */
  wasSortedHere(row: Seen<Row>): boolean {
    return this.#sortedHere.has(row)
  }

  /** Rows that a later page lacked at the place where their keys should be. */
  get lost(): ReadonlyMap<number, Seen<Row>> {
    return this.#lost
  }

  /** The rows of a key that was read. */
  rowsAt(key: number): readonly Seen<Row>[] {
    const seen = this.isUnsorted
      ? this.pages.flatMap(page => page.rows)
      : this.sightings.segmentAt(key)?.rows
    return seen?.filter(row => row.key === key) ?? []
  }

  /** The fewest pages that should have the rows wanted. */
  choose(
    wanted: Wanted,
    hint: PlaceHint | undefined,
    round: number,
    slack = SLACK,
  ): readonly PageNumber[] {
    const { pages, cap, traits } = this
    const rising = traits.rising ?? hint?.rising
    if (rising === undefined) return [{ page: 1, perPage: cap }]
    const shared = this.#source.hasUniqueKeys ? 1 : ROWS_OF_A_KEY
    return choosePages(wanted, { pages, rising, cap, shared, slack, hint, round })
  }

  /** Once no page is under way any more. */
  async settled(): Promise<void> {
    await Promise.all(this.#underWay.map(({ reading }) => reading))
  }

  /** Reads pages side by side; if one under way shows most of the same rows, it may be enough. */
  async readAll(chosen: readonly PageNumber[]): Promise<void> {
    await Promise.all(this.#start(chosen).map(({ reading }) => reading))
  }

  /** The same; tells of the pages that failed. */
  async tryAll(chosen: readonly PageNumber[]): Promise<FailedPage[]> {
    const failed = this.#start(chosen).map(({ at, reading }) =>
      reading.then(
        () => [],
        (error: unknown) => [{ at, error }],
      ),
    )
    return (await Promise.all(failed)).flat()
  }

  #start(chosen: readonly PageNumber[]): readonly PageUnderWay[] {
    const similar = this.#underWay.filter(other => chosen.some(at => overlaps(other.at, at)))
    return similar.length > 0 ? similar : chosen.map(at => ({ at, reading: this.read(at) }))
  }

  /** The row at the edge of a day: it tells where to look, and proves nothing. Asked for once. */
  landmarkOf(day: number): Promise<Seen<Row> | undefined> {
    const landmark = this.#landmarks.get(day) ?? this.#readLandmark(day)
    this.#landmarks.set(day, landmark)
    return landmark
  }

  async #readLandmark(day: number): Promise<Seen<Row> | undefined> {
    const rising = this.traits.rising ?? true
    const length = this.pages.at(-1)?.count
    if (length === undefined) return undefined
    const answer = await this.#list.days?.fetchFirstOn(day, rising)
    if (answer?.count === undefined || answer.count > length) return undefined
    const at = { page: length - answer.count + 1, perPage: 1 }
    const inList = { ...answer, count: length, hasNext: undefined }
    const page = placePage(at, inList, row => this.#source.keyOf(row), 0)
    this.pages.push(page)
    this.#list.learn?.(page.rows, rising)
    return page.rows[0]
  }

  /** From now on pages are larger, and dearer: where single ones prove nothing more. */
  joinPages(): void {
    if (!this.#isJoined) this.#join()
  }

  /** Reads a page; others may wait for it in the meantime. */
  read(at: PageNumber): Promise<void> {
    const reading = this.#fetch(at).finally(() => {
      this.#underWay = this.#underWay.filter(each => each.reading !== reading)
    })
    this.#underWay.push({ at, reading })
    return reading
  }

  /**
   * Reads all rows and sorts them: rows in no order by key prove nothing page by page. Throws
   * ListInconclusiveError where there are more than so many pages, or where they keep changing.
   */
  async sort(maxPages: number): Promise<void> {
    if (this.#isWhole) return
    const readPage = async (page: number) => {
      const at = { page, perPage: this.cap }
      const read = await this.#fetchPlaced(at)
      this.#learnSize(at, read)
      return read
    }
    this.#whole ??= readWholeList(readPage, this.#source.hasUniqueKeys, maxPages)
    this.#addSortedHere(await this.#whole)
  }

  async #fetch(at: PageNumber): Promise<void> {
    const lost = this.#lost
    const shown = this.pages.length
    const page = await this.#fetchPlaced(at)
    // A capped page number counts pages of a size not known yet, which the first page tells.
    if (this.#pageCap.isCut(at, page) && at.page > 1)
      return this.read({ page: 1, perPage: at.perPage })
    const direction = directionOf(page.rows)
    this.#learnSize(at, page)
    this.pages.push(page)
    if (isWhole(page) && direction === 'both') return this.#addSortedHere(page.rows)
    const isTurned = direction && this.#direction && direction !== this.#direction
    if (direction === 'both' || isTurned || page.rows.some(({ key }) => lost.has(key))) {
      this.#isUnsorted = true
      return
    }
    this.#direction ??= direction
    this.#addSorted(page, direction, shown)
  }

  #addSortedHere(rows: readonly Seen<Row>[]): void {
    this.sightings.add(everything(rows, this.#source.hasUniqueKeys))
    this.#isWhole = true
    this.#sortedHere = new Set(rows)
    this.#list.memory?.noteUnsorted()
  }

  #addSorted(
    page: ReadPage<Row>,
    direction: 'rising' | 'falling' | undefined,
    shown: number,
  ): void {
    const { traits } = this
    traits.rising = direction === undefined ? traits.rising : direction === 'rising'
    this.#list.learn?.(page.rows, traits.rising ?? true)
    const { hasUniqueKeys } = this.#source
    const segment = segmentOf(page, { rising: traits.rising, hasUniqueKeys })
    if (!segment) return
    this.#isWhole ||= isWhole(page)
    const earlier = new Set(this.pages.slice(0, shown))
    const lost = this.sightings.add(segment).filter(row => earlier.has(row.page))
    if (lost.length > 0)
      this.#lost = new Map([...this.#lost, ...lost.map(row => [row.key, row] as const)])
  }

  async #fetchPlaced(at: PageNumber): Promise<ReadPage<Row>> {
    const answer = await this.#source.fetchPage(at)
    return placePage(at, answer, row => this.#source.keyOf(row), this.traits.fullest)
  }

  #learnSize(at: PageNumber, page: ReadPage<Row>): void {
    if (this.#pageCap.learn(at, page)) this.#joinSmallPages()
  }

  #joinSmallPages(): void {
    if (this.cap < SMALLEST_USEFUL_CAP) this.#join()
  }

  #join(): void {
    this.#isJoined = true
    this.#source = joinedPages(this.#source, this.cap)
    this.#pageCap.joinTo(joinedCap(this.cap))
  }
}

const isWhole = ({ start, isLast }: ReadPage<unknown>) => start === 0 && isLast
