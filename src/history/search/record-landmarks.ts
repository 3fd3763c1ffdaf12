import type { PlaceHint } from '../cursor.ts'
import type { ReadPage, Seen } from '../pages/list-page.ts'

/** The most landmarks kept: some tens of kilobytes for each upstream identity. */
const MAX_LANDMARKS = 1000

/** A place in the list of all records, counted from the end that does not grow. */
interface Landmark {
  readonly csId: number
  readonly fromOldest: number
}

/** Landmarks as processes share them. */
interface SharedLandmarks {
  /** How many records there are. */
  readonly count: number
  /** Whether keys rose from page to page where this was learnt. */
  readonly isRising?: boolean | undefined
  readonly marks: readonly Landmark[]
}

/**
 * Where csIds stand in the list of all records, learnt from every page of it that passes by. It
 * only estimates where to look first: a lookup is right without it, and takes some calls more.
 */
export class RecordLandmarks {
  #marks: Landmark[] = []
  #count = 0
  /** Whether keys rose from page to page, as seen last; undefined as long as nothing was learnt. */
  #isRising: boolean | undefined
  /** Grows with what is learnt here. */
  revision = 0

  /** Keys of pages are negated if they fall. */
  learn({ rows, count, start, size }: ReadPage<unknown>, isRising: boolean): void {
    if (count === undefined || count < start + size) return
    this.#isRising = isRising
    for (const seen of [rows[0], ...widestGap(rows), rows.at(-1)]) {
      if (seen) this.#add(seen, count, isRising)
    }
  }

  /** What is known by now, in equal steps, so that another process can `absorb` it. */
  dump(most: number): SharedLandmarks {
    const step = Math.ceil(this.#marks.length / most)
    const last = this.#marks.length - 1
    const marks = this.#marks.filter((_, at) => at % step === 0 || at === last)
    return { count: this.#count, isRising: this.#isRising, marks }
  }

  /** Takes what is not known here. */
  absorb({ count, isRising, marks }: SharedLandmarks): void {
    if (this.#count === 0) this.#count = count
    this.#isRising ??= isRising
    const known = new Set(this.#marks.map(({ csId }) => csId))
    for (const mark of marks) if (!known.has(mark.csId)) this.#insert(mark)
  }

  /** Where a csId should be. Undefined as long as nothing was learnt. */
  estimate(csId: number, isRising = this.#isRising): PlaceHint | undefined {
    if (isRising === undefined) return undefined
    const above = this.#marks.findIndex(mark => mark.csId >= csId)
    const [low, high] =
      above < 0
        ? [this.#marks.at(-2), this.#marks.at(-1)]
        : [this.#marks[Math.max(0, above - 1)], this.#marks[Math.max(1, above)]]
    if (!low || !high) return undefined
    const share = (csId - low.csId) / (high.csId - low.csId)
    const estimated = Math.round(low.fromOldest + share * (high.fromOldest - low.fromOldest))
    const fromOldest = Math.min(Math.max(estimated, 0), this.#count - 1)
    const index = isRising ? fromOldest : this.#count - 1 - fromOldest
    return { index: Math.max(0, index), count: this.#count, isRising, isSure: false }
  }

  #add({ key, index }: Seen<unknown>, count: number, isRising: boolean): void {
    this.#count = count
    this.revision += 1
    this.#insert({ csId: Math.abs(key), fromOldest: isRising ? index : count - 1 - index })
  }

  #insert(mark: Landmark): void {
    const at = this.#marks.findIndex(({ csId }) => csId >= mark.csId)
    if (at < 0) this.#marks.push(mark)
    else this.#marks.splice(at, this.#marks[at]?.csId === mark.csId ? 1 : 0, mark)
    if (this.#marks.length > MAX_LANDMARKS) this.#thin()
  }

  // Every second landmark goes; the newest and the oldest stay.
  #thin(): void {
    const last = this.#marks.length - 1
    this.#marks = this.#marks.filter((_, index) => index % 2 === 0 || index === last)
  }
}

/** The two neighbours with the most csIds missing between them: the place of all those is known. */
function widestGap(rows: readonly Seen<unknown>[]): readonly Seen<unknown>[] {
  let widest: readonly Seen<unknown>[] = []
  let width = 1
  for (const [at, row] of rows.entries()) {
    const next = rows[at + 1]
    if (!next || Math.abs(next.key - row.key) <= width) continue
    widest = [row, next]
    width = Math.abs(next.key - row.key)
  }
  return widest
}
