import type { Row } from '../upstream-rows.ts'

/** The figures of records, added up one by one as a person would. */
export function figuresOf(rows: readonly Row[]) {
  const durations = rows.flatMap(secondsOf).toSorted((a, b) => a - b)
  const fen = (of: readonly Row[]) =>
    of.reduce((sum, { csPrice }) => sum + Math.round(Number(csPrice ?? 0) * 100), 0)
  const count = (name: string, ...values: readonly number[]) =>
    rows.filter(row => row[name] != null && row[name] !== '' && values.includes(Number(row[name])))
  return {
    count: rows.length,
    resolvedCount: count('isFinish', 1).length,
    ratedCount: rows.filter(({ commentScore }) => Number(commentScore ?? 0) !== 0).length,
    chatCount: count('ChatRecord', 1).length,
    price: (fen(rows) / 100).toFixed(2),
    paidPrice: (fen(count('payStat', 1, 4)) / 100).toFixed(2),
    duration: {
      count: durations.length,
      sum: durations.reduce((sum, each) => sum + each, 0),
      min: durations[0] ?? null,
      max: durations.at(-1) ?? null,
      median: atRank(durations, 50),
      p90: atRank(durations, 90),
      all: atRank(durations, 100),
    },
  }
}

const OPEN = [1, 2, 3, 4]

function secondsOf({ csStat, csBTime, csETime }: Row): number[] {
  const seconds = (Date.parse(String(csETime)) - Date.parse(String(csBTime))) / 1000
  return OPEN.includes(Number(csStat)) || Number.isNaN(seconds) ? [] : [seconds]
}

const atRank = (sorted: readonly number[], p: number) =>
  sorted.find((_, index) => (index + 1) * 100 >= p * sorted.length) ?? null

/** The same of each group, by its key as text. */
export function groupsOf(rows: readonly Row[], keyOf: (row: Row) => string) {
  const groups = Map.groupBy(rows, keyOf)
  return new Map([...groups].map(([key, ofKey]) => [key, figuresOf(ofKey)]))
}
