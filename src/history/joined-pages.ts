import { keptChanging } from './list-inconclusive.ts'
import type { ListPage } from './list-page.ts'
import type { NumberedListSource } from './list-source.ts'
import type { PageNumber } from './page-window.ts'
import { startIndex } from './page-window.ts'

/**
 * Below this page size, neighbouring rows of a short list may be on no page together, whatever its
 * size: rows n and n + 1 are on none where n + 1 is a multiple of every size (of 420 for seven).
 */
export const SMALLEST_USEFUL_CAP = 7
/** Rows on a joined page: at least so many, and those of so many pages. */
const LEAST_JOINED = 24
const PAGES_TO_JOIN = 4

export const joinedCap = (cap: number) => Math.max(LEAST_JOINED, cap * PAGES_TO_JOIN)

const MAX_ATTEMPTS = 40

/**
 * Larger pages for an upstream that gives only a few rows a call. Rows of two calls prove nothing
 * about each other, so the small pages are read again and again until two readings agree.
 */
export function joinedPages<Row>(
  source: NumberedListSource<Row>,
  cap: number,
): NumberedListSource<Row> {
  async function collect(firstPage: number, lastPage: number): Promise<ListPage<Row>[]> {
    const answers: ListPage<Row>[] = []
    for (let page = firstPage; page <= lastPage; page++) {
      const answer = await source.fetchPage({ page, perPage: cap })
      answers.push(answer)
      if (answer.size < cap) break
    }
    return answers
  }

  const keysOf = (answers: readonly ListPage<Row>[]) =>
    answers.flatMap(({ rows }) => rows.map(row => source.keyOf(row))).join()

  async function collectTwice(firstPage: number, lastPage: number): Promise<ListPage<Row>[]> {
    let answers = await collect(firstPage, lastPage)
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const again = await collect(firstPage, lastPage)
      if (keysOf(again) === keysOf(answers)) return again
      answers = again
    }
    throw keptChanging()
  }

  async function fetchPage(at: PageNumber): Promise<ListPage<Row>> {
    const from = startIndex(at)
    const firstPage = Math.floor(from / cap) + 1
    const lastPage = Math.floor((from + at.perPage - 1) / cap) + 1
    const answers = await collectTwice(firstPage, lastPage)
    const last = answers.at(-1)
    const held = answers.reduce((sum, answer) => sum + answer.size, 0)
    const offset = from - (firstPage - 1) * cap
    const size = Math.max(0, Math.min(held - offset, at.perPage))
    const rows = answers.flatMap(answer => answer.rows).slice(offset, offset + at.perPage)
    // A reading that ran into the list's end has counted it.
    if (size > 0 && size < at.perPage) return { rows, size, count: from + size, hasNext: false }
    return { rows, size, count: last?.count, hasNext: held > offset + size || last?.hasNext }
  }

  return { fetchPage, keyOf: row => source.keyOf(row), hasUniqueKeys: source.hasUniqueKeys }
}
