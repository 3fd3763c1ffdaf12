import type { ListRequest } from '../steps/list-step.ts'
import type { FormerSpot, ReadPage, Seen, Spot } from './list-page.ts'
import type { PageNumber, PageSizes, Window } from './page-number.ts'

/**
 * What is promised of the order of a list.
 *
 * Nobody says by what the upstream sorts its lists. Keys rise as records are created, so a list by
 * key and one by time are the same, but for two cases. Records of one second may be listed in any
 * order: nothing is lost if two neighbours stand the other way round, wherever a page ends, or if a
 * few rows amid a page do. And
 * a clock that was set back puts the records of days among others. Such a list is noticed and
 * refused, not sorted: a page with rows farther from their places shows it. A walk comes to such a
 * page: if two rows that follow each other by their keys do not stand next to each other, the place
 * after the first one is looked at.
 */

/** The most places that a row may stand from where its key belongs: amid a page, and at its edge. */
const MAX_DISPLACEMENT = 3
const MAX_DISPLACEMENT_AT_EDGE = 1
/** How much is looked at to either side of a place: more than a few rows of one second. */
const LOOK = 4

/** Records of one second have csIds near each other. */
export const MAX_KEY_DISTANCE = 20

/** Whether rows stand too far from where their keys belong. */
export function isUnordered<Row extends { readonly key: number }>(
  listed: readonly Row[],
  sorted: readonly Row[],
): boolean {
  const places = new Map(listed.map((row, place) => [row, place]))
  return sorted.some((row, at) => {
    const isAtEdge = Math.min(at, sorted.length - 1 - at) < MAX_DISPLACEMENT
    const most = isAtEdge ? MAX_DISPLACEMENT_AT_EDGE : MAX_DISPLACEMENT
    const isFar = Math.abs((listed[at]?.key ?? row.key) - row.key) > MAX_KEY_DISTANCE
    return isFar || Math.abs((places.get(row) ?? at) - at) > most
  })
}

/** A row that a walk came to, its cursor's row, or the end of the list. */
type Stop = Spot & { readonly page?: ReadPage<unknown> }

/** How many rows at the two edges of a page prove nothing of the keys between them. */
export interface LooseEdges {
  readonly low: number
  readonly high: number
}

/**
 * Two neighbours may be listed the other way round, and one of them may stand on the next page, with
 * a key between those of the last two rows of this one. So the gap between these two keys is not
 * proven to be empty; nor, if rows near the edge do not stand where their keys belong, those up to them.
 */
export function looseEdges<Row extends { readonly key: number }>(
  listed: readonly Row[],
  sorted: readonly Row[],
): LooseEdges {
  const isAstray = (at: number) => listed[at] !== undefined && listed[at] !== sorted[at]
  const looseFrom = (placeOf: (offset: number) => number) => {
    let loose = 0
    for (let at = 0; at <= Math.max(MAX_DISPLACEMENT, loose); at++)
      if (isAstray(placeOf(at))) loose = at + 1
    const [edge, next] = [sorted.at(placeOf(loose)), sorted.at(placeOf(loose + 1))]
    const isGap = edge && next && Math.abs(next.key - edge.key) > 1
    return loose + (isGap ? 1 : 0)
  }
  const last = sorted.length - 1
  return { low: looseFrom(at => at), high: looseFrom(at => last - at) }
}

/**
 * The places to look at before rows are given: those after a row, or after the cursor's row, whose
 * successor by key does not stand next to it, nor with rows that are known between them. As many
 * places as the list grew or shrank, or as rows are hidden, do not matter. Undefined if there are no
 * such places, if a page shows them, or if most rows are hidden: then few stand next to each other.
 */
export function placesToLookAt(
  found: readonly Seen<unknown>[],
  request: ListRequest,
  pages: readonly ReadPage<unknown>[],
  { areMostHidden }: PageSizes,
): Window | undefined {
  const { hint, isForward } = request
  if (hint && isMissedAmid(hint, pages))
    return { from: Math.max(0, hint.index - LOOK), to: hint.index + LOOK }
  if (areMostHidden) return undefined
  const stops: Stop[] = [...(hint ? [hint] : []), ...found, ...endOf(found, request, pages)]
  const moved = movedBy([...pages.map(({ count }) => count), hint?.count])
  const positionOf = (page: ReadPage<unknown> | undefined) => (page ? pages.indexOf(page) : -1)
  for (const [at, next] of stops.slice(1).entries()) {
    const one = stops[at]
    if (!one || (one.page && one.page === next.page)) continue
    const distance = (next.index - one.index) * (isForward ? 1 : -1)
    const loose = moved + hiddenOn(one.page) + hiddenOn(next.page)
    if (Math.abs(distance - 1) <= loose || areKnownBetween(one, next, pages)) continue
    const [low, high] = isForward ? [one.index, one.index + 1] : [one.index - 1, one.index]
    // Only a page that came after both can show that nothing else stands between them.
    const since = Math.max(positionOf(one.page), positionOf(next.page))
    const isShown = pages.some((page, at) => {
      const end = page.rows[0]?.isSure ? page.end : page.start + page.size
      return at >= since && page !== one.page && page.start <= low && high < end
    })
    if (!isShown && low >= 0) return { from: Math.max(0, low - LOOK), to: high + LOOK }
  }
  return undefined
}

/**
 * Whether a page lacks a cursor's row amid its own ones, though the list is as long as it was, and no
 * page shows the cursor's place: the row may stand there still, out of order.
 */
function isMissedAmid(hint: FormerSpot, pages: readonly ReadPage<unknown>[]): boolean {
  const { key, index, count } = hint
  if (count === undefined || pages.at(-1)?.count !== count) return false
  if (pages.some(page => page.rows.some(row => row.key === key))) return false
  const isAmid = ({ rows }: ReadPage<unknown>) =>
    (rows[0]?.key ?? key) < key && key < (rows.at(-1)?.key ?? key)
  // A short page that is taken for the last one may be capped, and stand elsewhere.
  const isThere = ({ isPlaced, at, size, start, end }: ReadPage<unknown>) =>
    isPlaced && size >= at.perPage && start <= index && index < end
  return pages.some(isAmid) && !pages.some(isThere)
}

/** The end of the list, if the walk came to it. */
function endOf(
  found: readonly Seen<unknown>[],
  { to, limit, isForward }: ListRequest,
  pages: readonly ReadPage<unknown>[],
): readonly Stop[] {
  if (found.length === limit || Math.abs(to) !== Infinity) return []
  if (!isForward) return [{ key: to, index: -1, isSure: true }]
  const page = pages.findLast(({ isLast, size }) => isLast && size > 0)
  return page ? [{ key: to, index: page.start + page.size, isSure: true, page }] : []
}

/** Rows of one second may stand at the edges of two pages the other way round. */
function areKnownBetween(one: Stop, next: Stop, pages: readonly ReadPage<unknown>[]): boolean {
  const [low, high] = [Math.min(one.index, next.index), Math.max(one.index, next.index)]
  if (low === high || high - low > LOOK) return false
  const isNear = ({ key }: Spot) => Math.abs(key - one.key) <= MAX_KEY_DISTANCE
  const rows = pages.flatMap(page => page.rows.filter(isNear))
  const known = new Set(rows.map(({ index }) => index))
  for (let index = low + 1; index < high; index++) if (!known.has(index)) return false
  return true
}

function movedBy(counts: readonly (number | undefined)[]): number {
  const stated = counts.filter(count => count !== undefined)
  return stated.length === 0 ? 0 : Math.max(...stated) - Math.min(...stated)
}

/** If many more rows are missing on a page, it is capped, and they stand on the next one. */
const MAX_HIDDEN_SHARE = 0.2
const MAX_HIDDEN = 10

function hiddenOn(page: ReadPage<unknown> | undefined): number {
  if (!page) return 0
  // Rows that a page has twice take up places, too.
  if (page.rows[0]?.isSure) return page.size - page.rows.length
  const places = Math.max(page.at.perPage, page.end - page.start)
  return Math.min(places - page.rows.length, Math.max(MAX_HIDDEN, MAX_HIDDEN_SHARE * places))
}

/** Whether the list had another length on some page, or nothing says that it had the same on all. */
export const haveChanged = (pages: readonly ReadPage<unknown>[]): boolean =>
  pages.some(({ count }) => count === undefined || count !== pages[0]?.count)

/** Whether all rows of a list are on one page, so that nobody need know how pages follow each other. */
export function areOnOnePage(pages: readonly ReadPage<unknown>[]): boolean {
  const latest = pages.findLast(({ size }) => size > 0)
  if (!latest) return pages.length > 0
  const isFirst = latest.isFirst && isFollowedByNone(latest, pages)
  return isFirst || pages.some(page => isAmidNone(page, pages))
}

/** Whether the pages before a page and after it have no rows, in a list that did not change. */
function isAmidNone(page: ReadPage<unknown>, pages: readonly ReadPage<unknown>[]): boolean {
  const { at, rows } = page
  const mayBe = at.page > 1 && rows.length > 0 && !haveChanged(pages)
  if (!mayBe || !isFollowedByNone(page, pages)) return false
  const before = pages.filter(each => each.at.perPage === at.perPage && each.at.page < at.page)
  const empty = new Set(before.flatMap(each => (each.rows.length === 0 ? each.at.page : [])))
  const keys = new Set(rows.map(({ key }) => key))
  const areShown = pages.every(each => each.rows.every(({ key }) => keys.has(key)))
  return empty.size === at.page - 1 && areShown
}

/** Whether a page ends the list, or an empty one after it does, as long as nothing says that rows came. */
const isFollowedByNone = (page: ReadPage<unknown>, pages: readonly ReadPage<unknown>[]) =>
  page.isLast ||
  (page.hasNext !== true &&
    pages.some(
      ({ size, isLast, start, count = page.count }) =>
        size === 0 && isLast && start <= page.end && count === (page.count ?? count),
    ))

/** Whether the latest page has a row at another place than a page before, though none came or went. */
export function areApart(pages: readonly ReadPage<unknown>[]): boolean {
  const latest = pages.at(-1)
  return pages.some(({ count, rows }) => rows.some(row => isElsewhere({ ...row, count }, latest)))
}

/** Whether the latest page has rows of a page of another size, all of them at the same places. */
export function areOneList(pages: readonly ReadPage<unknown>[]): boolean {
  const latest = pages.at(-1)
  const keys = new Set(latest?.rows.map(({ key }) => key))
  const areJoined = pages.some(
    ({ at, count, rows }) =>
      count === latest?.count &&
      at.perPage !== latest?.at.perPage &&
      rows.some(({ key }) => keys.has(key)),
  )
  return areJoined && !areApart(pages)
}

/**
 * Pages that seem to be turned may be days of a wrong clock that fill a page. A first page of another
 * size shows which: if pages are turned, it has the same rows at the same places.
 */
export function pagesProvingTurn(
  pages: readonly ReadPage<unknown>[],
  { isFixed, largest }: PageSizes,
): readonly PageNumber[] {
  const perPage = largest >> 1
  const wasAsked = pages.some(({ at }) => at.page === 1 && at.perPage === perPage)
  return isFixed || perPage < 2 || wasAsked ? [] : [{ page: 1, perPage }]
}

/** Whether a page has a row elsewhere than it was when the list was as long. */
export function isElsewhere({ key, index, count }: FormerSpot, page?: ReadPage<unknown>): boolean {
  if (page === undefined || count === undefined || page.count !== count) return false
  return page.rows.some(row => row.key === key && row.index !== index)
}
