import { firstIndex } from './binary-search.ts'

/** Numbers from `from` up to but without `to`. */
export interface Range {
  readonly from: number
  readonly to: number
}

/** Adds a range to sorted, disjoint ranges; what touches or overlaps becomes one. */
export function withRange(ranges: readonly Range[], added: Range): Range[] {
  if (added.from >= added.to) return [...ranges]
  const first = firstIndex(ranges.length, at => (ranges[at]?.to ?? 0) >= added.from)
  const last = firstIndex(ranges.length, at => (ranges[at]?.from ?? 0) > added.to)
  const joined = [...ranges.slice(first, last), added]
  const from = Math.min(...joined.map(range => range.from))
  const to = Math.max(...joined.map(range => range.to))
  return [...ranges.slice(0, first), { from, to }, ...ranges.slice(last)]
}

export function hasNumber(ranges: readonly Range[], number: number): boolean {
  const at = firstIndex(ranges.length, each => (ranges[each]?.to ?? 0) > number)
  return (ranges[at]?.from ?? Number.POSITIVE_INFINITY) <= number
}
