import { UpstreamNotFoundError } from './errors.ts'
import { formatDay } from './instant.ts'
import type { OddityKind, OnOddity } from './oddity.ts'
import { isAbsent, toWholeNumber } from './wire.ts'

/** Days in China, both inclusive, such as `2017-08-27`. */
export interface DayRange {
  readonly from?: string | undefined
  readonly to?: string | undefined
}

export interface PageQuery {
  /** From 1. */
  readonly page: number
  readonly perPage: number
}

/** One answer of a numbered list, its rows in the upstream's own order. */
export interface UpstreamPage<Row> {
  readonly rows: readonly Row[]
  /** How many rows it had, the unreadable ones too: they take up places. */
  readonly size: number
  /** The list's length as stated; undefined where nothing usable was stated. */
  readonly count: number | undefined
  /** Whether a next page was stated; undefined where nothing was stated. Its URL is dropped. */
  readonly hasNext: boolean | undefined
}

/** What the answers of all lists have beside their rows. */
export interface ListEnvelope {
  readonly count?: unknown
  readonly next_page?: unknown
}

/** Throws RangeError for numbers that no page has. */
export const toPageQuery = ({ page, perPage }: PageQuery) => ({
  page: positive('page', page),
  per_page: positive('perPage', perPage),
})

/** An id as a segment of a path. Throws RangeError for what cannot be one. */
export const toPathId = (name: string, id: number): string => String(positive(name, id))

export const toDay = (day: string | undefined): string | undefined =>
  day === undefined ? undefined : formatDay(day)

/** `toRow` gives undefined for a row that cannot be read; it is left out, and told as `leftOut`. */
export function toPage<Row>(
  rows: readonly unknown[],
  envelope: ListEnvelope,
  onOddity: OnOddity,
  leftOut: OddityKind,
  toRow: (row: unknown) => Row | undefined,
): UpstreamPage<Row> {
  const readable: Row[] = []
  for (const each of rows) {
    const row = toRow(each)
    if (row === undefined) onOddity(leftOut)
    else readable.push(row)
  }
  return {
    rows: readable,
    size: rows.length,
    count: toCount(envelope.count, onOddity),
    hasNext: toHasNext(envelope.next_page, onOddity),
  }
}

/** Some upstreams do not find what has no rows, such as a page beyond the last one. */
export function emptyIfNotFound(error: unknown): UpstreamPage<never> {
  if (error instanceof UpstreamNotFoundError) return EMPTY_PAGE
  throw error
}

const EMPTY_PAGE = { rows: [], size: 0, count: undefined, hasNext: false }

function toCount(value: unknown, onOddity: OnOddity): number | undefined {
  const count = toWholeNumber(value) ?? undefined
  if (count === undefined) onOddity('unusable-count')
  return count
}

function toHasNext(value: unknown, onOddity: OnOddity): boolean | undefined {
  if (value === undefined) return undefined
  if (isAbsent(value)) return false
  if (typeof value === 'string') return true
  onOddity('unreadable-field')
  return undefined
}

function positive(name: string, value: number): number {
  if (Number.isSafeInteger(value) && value > 0) return value
  throw new RangeError(`${name} must be a whole number of at least 1, got ${value}`)
}
