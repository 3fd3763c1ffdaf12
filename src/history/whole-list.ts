import { ListInconclusiveError, tooLongToSort } from './list-inconclusive.ts'
import type { ReadPage, Seen } from './list-page.ts'

const MAX_ATTEMPTS = 3

/**
 * All rows of a list, page after page. The pages are read again until no row came or went in
 * between, as far as the counts and the keys tell: nothing else shows it where rows are unordered.
 */
export async function readWholeList<Row>(
  readPage: (page: number) => Promise<ReadPage<Row>>,
  hasUniqueKeys: boolean,
  maxPages: number,
): Promise<readonly Seen<Row>[]> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const pages = await readPages(readPage, maxPages)
    const rows = pages.flatMap(page => page.rows)
    const isStill = new Set(pages.map(({ count }) => count)).size === 1
    const isDistinct = new Set(rows.map(({ key }) => key)).size === rows.length
    if (isStill && (isDistinct || !hasUniqueKeys)) return rows
  }
  throw new ListInconclusiveError(
    'The rows of the list are in no order by their keys, and kept changing.',
    { isRetryable: true },
  )
}

async function readPages<Row>(
  readPage: (page: number) => Promise<ReadPage<Row>>,
  maxPages: number,
): Promise<ReadPage<Row>[]> {
  const pages: ReadPage<Row>[] = []
  for (let page = 1; page <= maxPages; page++) {
    const read = await readPage(page)
    pages.push(read)
    if (read.isLast || read.size === 0) return pages
    if (read.size * maxPages < (read.count ?? 0)) break
  }
  throw tooLongToSort()
}
