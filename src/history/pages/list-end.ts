import type { Answer, ReadPage, Seen } from './list-page.ts'
import type { EmptyPage, OtherPages } from './other-pages.ts'
import { isEmptyBeyond, isPlacedIfFixed, startIfCapped } from './other-pages.ts'
import type { PageNumber } from './page-number.ts'
import { nameOfPage, startIndex } from './page-number.ts'

/** The first place of a page, and the place after its last one. */
interface Places {
  readonly start: number
  readonly end: number
}

/**
 * Whether nothing comes after a page. Each of three witnesses may be wrong: `next_page` (it may
 * lie), `count` (it may be wrong), and a page with fewer rows than were asked for (rows may be
 * hidden, or pages capped). So two of them must agree; or an empty page beyond says so that was read
 * later, or that neither claim contradicts. Rows that came disprove a smaller count.
 */
export function endsList(
  answer: Answer<unknown>,
  places: Places,
  order: number,
  others: OtherPages,
): boolean {
  if (!isPlacedIfFixed(answer, others.sizes)) return false
  const next = emptyPagesAfter(answer, places, order, others)
  const isNextEmptyLater = next.some(page => page.order > order)
  if (answer.size === 0) return endsWithoutRows(answer, isNextEmptyLater, others)
  if (isNextEmptyLater) return true
  // An upstream that gives more rows than were asked for states a next page for another size.
  if (answer.hasNext === true && answer.size <= answer.at.perPage) return false
  return endsByClaims(answer, places, next.length > 0, others)
}

/** The empty pages that may be the one after a page: those after which no rows come. */
function emptyPagesAfter(
  { at, size, count, hasNext }: Answer<unknown>,
  { start }: Places,
  order: number,
  { empty, hidden, sizes, sizesIfHidden }: OtherPages,
): readonly EmptyPage[] {
  const following = followingPage(at, order, hidden)
  const endIfHidden = Math.max(start + size, startIndex(following, sizesIfHidden))
  const endIfCapped = startIfCapped(following, sizes.largest)
  // The rows of a short page may go on elsewhere if sizes are rounded down: only its own next page shows it.
  const isOpen = hasNext !== false && size < at.perPage && (count ?? 0) >= size
  return empty.filter(
    page =>
      (page.count ?? count) === (count ?? page.count) &&
      // A page that is empty though rows were seen in its place is not the page that was asked for.
      page.startIfHidden >= start + size &&
      page.startIfHidden <= endIfHidden &&
      page.startIfCapped <= endIfCapped &&
      (!isOpen || page.name === nameOfPage(following)),
  )
}

/** Whether an empty page ends the list, or is its first one. */
function endsWithoutRows(
  answer: Answer<unknown>,
  isNextEmptyLater: boolean,
  others: OtherPages,
): boolean {
  const { at, count, hasNext } = answer
  const { isAnyShown, isLastRowHidden, isCountEnough } = others
  // The rows of a first page are hidden if any page has some, or if more are said to come.
  const isCounted = count !== undefined && count > 0 && !isCountEnough
  // A null says nothing beside a count of more rows than were asked for: then one of the two is wrong.
  const isCountAlone =
    isCounted && (hasNext === undefined || (hasNext === false && count > at.perPage))
  const areRowsShown = isAnyShown && count !== 0
  const isHidden = at.page === 1 && (hasNext === true || isCountAlone || areRowsShown)
  if (!isHidden && isEmptyBeyond(answer, others.sizes, others)) return true
  // If all pages up to the end are empty, so is the list.
  const areAllEmpty = isNextEmptyLater && (!isCountAlone || isLastRowHidden)
  return at.page === 1 && !isAnyShown && areAllEmpty
}

/** Whether two of the three witnesses agree that a page with rows is the last one. */
function endsByClaims(
  { at, size, count, hasNext }: Answer<unknown>,
  { start, end }: Places,
  isNextEmpty: boolean,
  { isCountOverstated, isCountEnough, sizes, sizesIfHidden }: OtherPages,
): boolean {
  const isCounted = count !== undefined && count >= start + size && !isCountOverstated
  const isCountedOut = isCounted && count <= end
  const room = end - start
  // A capped page would say that another one follows.
  const isAll = isCounted && count <= start + (sizesIfHidden.isFixed ? room : at.perPage)
  const isShort = size < room && room <= sizes.largest
  if (hasNext === false && (isCountedOut || isAll || (!isCounted && isShort))) return true
  // Of a short page beyond the first one, the place is only known if pages are as large as is asked for.
  const isFull = isCountEnough && (at.page === 1 || size === room)
  const isExact = count === start + size && (isFull || (at.page === 1 && size < room))
  if (isCountedOut && isExact) return true
  return (!isCounted || isCountedOut) && isNextEmpty
}

/** The next page but for those without rows that were read later. */
function followingPage(
  { page, perPage }: PageNumber,
  order: number,
  hidden: ReadonlyMap<string, number>,
): PageNumber {
  let next = { page: page + 1, perPage }
  while ((hidden.get(nameOfPage(next)) ?? -1) > order) next = { ...next, page: next.page + 1 }
  return next
}

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
