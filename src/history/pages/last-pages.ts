import type { ReadPage, Seen } from './list-page.ts'
import { nameOfPage } from './page-number.ts'

/** Pages, of which each ends the list only if no other one contradicts it. */
export function withLastPages<Row>(placed: readonly ReadPage<Row>[]): ReadPage<Row>[] {
  const isCounted = placed.some(({ count }) => count !== undefined)
  const isAnyEmpty = placed.some(({ size }) => size === 0)
  const pages = placed.map(page => {
    const mayBeOutrun = !isCounted && page.hasNext === true && page.size > 0
    const isLast = mayBeOutrun ? isAnyEmpty && endsAgain(page, placed) : page.isLast
    return withIsLast(page, isLast && !isFollowed(page, placed))
  })
  const last = pages.filter(({ isLast, size }) => isLast && size > 0)
  return pages.map(page => withIsLast(page, page.isLast || last.some(other => endsAs(page, other))))
}

/** Whether a page ends with the row with which another page ended the list, as long as it is. */
function endsAs<Row>(page: ReadPage<Row>, other: ReadPage<Row>): boolean {
  if (page.size === 0 || page.count !== other.count) return false
  if (outermost(page)?.key !== outermost(other)?.key) return false
  // Where a next page is always stated, the same page may be read before the empty one, and after it.
  const isSame = nameOfPage(page.at) === nameOfPage(other.at) && page.count !== undefined
  return isSame || (!page.isFirst && page.hasNext !== true)
}

/** The row of a page that is listed last; most often, but for rows of one second, its last key. */
const outermost = <Row>({ rows }: ReadPage<Row>): Seen<Row> | undefined =>
  rows.reduce<Seen<Row> | undefined>(
    (last, row) => (last && last.index > row.index ? last : row),
    undefined,
  )

function withIsLast<Row>(page: ReadPage<Row>, isLast: boolean): ReadPage<Row> {
  if (page.isLast === isLast) return page
  const rows: Seen<Row>[] = []
  const changed = { ...page, isLast, rows }
  // A short page that ends the list lacks no rows, if no length says so.
  const isWhole = isLast && page.isPlaced && page.count === undefined
  for (const seen of page.rows)
    rows.push({ ...seen, isSure: seen.isSure || isWhole, page: changed })
  return changed
}

/**
 * Whether a page was the same before and after the next one was empty. Else rows may have come onto it
 * in between, as no length shows that the list stayed the same.
 */
function endsAgain<Row>(page: ReadPage<Row>, pages: readonly ReadPage<Row>[]): boolean {
  const next = nameOfPage({ ...page.at, page: page.at.page + 1 })
  const same = pages.filter(
    ({ at, rows }) =>
      nameOfPage(at) === nameOfPage(page.at) &&
      rows.length === page.rows.length &&
      rows.every(({ key }, at) => key === page.rows[at]?.key),
  )
  const [from = 0, to = 0] = [same[0]?.order, same.at(-1)?.order]
  const isEmptyBetween = pages.some(
    ({ at, size, order }) => size === 0 && from < order && order < to && nameOfPage(at) === next,
  )
  return isEmptyBetween && same.some(({ isLast }) => isLast)
}

/** Whether a later page shows rows after the last one of a page, in a list that is as long. */
function isFollowed<Row>(page: ReadPage<Row>, pages: readonly ReadPage<Row>[]): boolean {
  const last = outermost(page)
  if (!last) return false
  return pages.slice(page.order + 1).some(other => {
    if ((other.count ?? page.count) !== (page.count ?? other.count)) return false
    const row = other.rows.find(({ key }) => key === last.key)
    return row !== undefined && row.index < (outermost(other)?.index ?? row.index)
  })
}
