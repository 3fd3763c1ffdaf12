import type { PageNumber } from './page-number.ts'

/** A page as it was read, among others. */
export interface PageReading {
  readonly at: PageNumber
  /** How many pages were received before it, and how many of these before it was asked for. */
  readonly order: number
  readonly askedAfter: number
  readonly count: number | undefined
}

/** All readings of pages that were asked for with one size, by their numbers, the latest one last. */
export type Readings<Reading> = ReadonlyMap<number, readonly Reading[]>

/** A page with rows, the pages without rows after it, and the next page with rows, by their numbers. */
export interface Stretch {
  /** 0 if the first pages of the list have no rows. */
  readonly low: number
  readonly between: readonly number[]
  readonly high: number
}

/**
 * Which end of a stretch is enough to read before and after all others, if every page states the list's
 * length: rows that come or go then show there, or change the length.
 */
type TellingEnd = 'low' | 'high' | undefined

export interface MomentRules<Reading> {
  readonly telling: TellingEnd
  readonly haveSameRows: (one: Reading, other: Reading) => boolean
}

/** That some pages stayed the same, from before until after others were read, proves one moment. */
interface MomentProof {
  readonly lasting: readonly number[]
  readonly amid: readonly number[]
}

/** The latest readings of some pages, as far as they were read. */
export const latestOf = <Reading>(
  numbers: readonly number[],
  readings: Readings<Reading>,
): Reading[] => numbers.flatMap(number => readings.get(number)?.at(-1) ?? [])

/** The proofs that would do for a stretch of which all pages were read. */
function proofsOf<Reading extends PageReading>(
  { low, between, high }: Stretch,
  readings: Readings<Reading>,
  telling: TellingEnd,
): readonly MomentProof[] {
  const all = latestOf([low, ...between, high], readings)
  const isCounted = all.every(({ count }) => count !== undefined)
  const fromLow = { lasting: [low], amid: [...between, high] }
  const fromHigh = { lasting: [high], amid: [low, ...between] }
  return [
    ...(telling === 'low' && isCounted ? [fromLow] : []),
    ...(telling === 'high' && isCounted ? [fromHigh] : []),
    { lasting: [low, ...between], amid: [high] },
    low > 0 ? { lasting: [...between, high], amid: [low] } : { lasting: [high], amid: between },
  ]
}

/**
 * Whether the pages of a stretch, as they were read last, show one moment of the list: some of them had
 * the same rows before the others were asked for and after they came, and the list had its length.
 */
export const isOneMoment = <Reading extends PageReading>(
  stretch: Stretch,
  readings: Readings<Reading>,
  rules: MomentRules<Reading>,
): boolean => openPages(stretch, readings, rules).some(open => open.length === 0)

/** The pages of a stretch to read again, so that all are one moment if the list stands still. */
export function pagesToReadAgain<Reading extends PageReading>(
  stretch: Stretch,
  readings: Readings<Reading>,
  rules: MomentRules<Reading>,
): readonly number[] {
  const ways = openPages(stretch, readings, rules)
  const fewest = ways.toSorted((one, other) => one.length - other.length)
  return fewest[0] ?? pagesAnew(stretch, readings)
}

/** The one end and all between; of the two ends, the one that shows an earlier length. */
function pagesAnew(
  { low, between, high }: Stretch,
  readings: Readings<PageReading>,
): readonly number[] {
  const [start] = latestOf([low], readings)
  const [end] = latestOf([high], readings)
  const isOutdated = start && end && start.order < end.order && !isAsLong(start, end)
  return isOutdated ? [low, ...between] : [...between, high]
}

/** For each proof that what was read leaves possible: the pages that are to be read again for it. */
const openPages = <Reading extends PageReading>(
  stretch: Stretch,
  readings: Readings<Reading>,
  { telling, haveSameRows }: MomentRules<Reading>,
): readonly (readonly number[])[] =>
  proofsOf(stretch, readings, telling).flatMap(({ lasting, amid }) => {
    const others = latestOf(amid, readings)
    const [one] = others
    if (others.some(other => one && !isAsLong(one, other))) return []
    const pages = latestOf(lasting, readings)
    const isOpen = (page: Reading) => others.some(other => !isBefore(other, page))
    const mayLast = pages.every(page => {
      const before = (readings.get(page.at.page) ?? []).filter(each =>
        others.every(other => isBefore(each, other) && isAsLong(each, other)),
      )
      const isSame = (each: Reading) => isAsLong(each, page) && haveSameRows(each, page)
      return isOpen(page) ? before.length > 0 : before.some(isSame)
    })
    return mayLast ? [pages.filter(isOpen).map(({ at }) => at.page)] : []
  })

/** Whether one page was received before the other was asked for. */
const isBefore = (one: PageReading, other: PageReading) => one.order < other.askedAfter

/** Whether no stated length says that rows came or went between two pages. */
const isAsLong = ({ count: one }: PageReading, { count: other }: PageReading) =>
  one === undefined || other === undefined || one === other
