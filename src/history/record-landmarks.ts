import type { PlaceHint } from './list-guess.ts'
import type { Seen } from './list-page.ts'

/** The most landmarks kept: some tens of kilobytes for each upstream identity. */
const MAX_LANDMARKS = 1000

/** A place in the list of all records, counted from the end that does not grow. */
interface Landmark {
  readonly csId: number
  readonly fromOldest: number
}

/**
 * Where csIds stand in the list of all records, learnt from every page of it that passes by. It
 * only reckons where to look first: a lookup is right without it, and takes some calls more.
 */
export class RecordLandmarks {
  #marks: Landmark[] = []
  #count = 0

  learn(rows: readonly Seen<unknown>[], rising: boolean): void {
    for (const seen of [rows[0], ...widestGap(rows), rows.at(-1)]) {
      if (seen?.page.count !== undefined) this.#add(seen, seen.page.count, rising)
    }
  }

  /** Where a csId should be. Undefined as long as nothing was learnt. */
  reckon(csId: number, rising: boolean): PlaceHint | undefined {
    const above = this.#marks.findIndex(mark => mark.csId >= csId)
    const [low, high] =
      above < 0
        ? [this.#marks.at(-2), this.#marks.at(-1)]
        : [this.#marks[Math.max(0, above - 1)], this.#marks[Math.max(1, above)]]
    if (!low || !high) return undefined
    const share = (csId - low.csId) / (high.csId - low.csId)
    const reckoned = Math.round(low.fromOldest + share * (high.fromOldest - low.fromOldest))
    const fromOldest = Math.min(Math.max(reckoned, 0), this.#count - 1)
    const index = rising ? fromOldest : this.#count - 1 - fromOldest
    return { index: Math.max(0, index), count: this.#count, rising, isReckoned: true }
  }

  #add({ key, index }: Seen<unknown>, count: number, rising: boolean): void {
    this.#count = count
    const mark = { csId: key, fromOldest: rising ? index : count - 1 - index }
    const at = this.#marks.findIndex(({ csId }) => csId >= key)
    if (at < 0) this.#marks.push(mark)
    else this.#marks.splice(at, this.#marks[at]?.csId === key ? 1 : 0, mark)
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
