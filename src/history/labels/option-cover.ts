/** A record, and the options that it has. */
export interface OptionHolder<Row> {
  readonly row: Row
  readonly options: readonly string[]
}

/** One that may be found by its day too, as whole days since any day. */
export interface DatedHolder<Row> extends OptionHolder<Row> {
  readonly csId: number
  readonly day: number
}

/** Rows of a page. */
const PAGE = 100

/**
 * Few of these groups, with the records of each that have all options wanted: the group with the
 * most of them first, and so on. Options that no record has are left out.
 */
export function coverOptions<Row>(
  groups: readonly (readonly OptionHolder<Row>[])[],
  wanted: readonly string[],
): Row[][] {
  const missing = new Set(wanted)
  const chosen: Row[][] = []
  for (;;) {
    const best = largestCover(groups, missing)
    if (best.length === 0) return chosen
    chosen.push(best.map(({ row }) => row))
    for (const option of best.flatMap(({ options }) => options)) missing.delete(option)
  }
}

/**
 * From each day on, the latest first, as many days as surely fit on a page: they have no more records than there are
 * csIds between the last record known before them and the first one after them.
 */
export function groupByDays<Row>(holders: readonly DatedHolder<Row>[]): DatedHolder<Row>[][] {
  const days = [...Map.groupBy(holders, ({ day }) => day)]
    .map(([day, ofDay]) => ({ day, ofDay, csIds: ofDay.map(({ csId }) => csId) }))
    .sort((one, other) => one.day - other.day)
  const fits = (first: number, last: number) => {
    const below = days[first - 1]?.csIds ?? days[first]?.csIds ?? []
    const above = days[last + 1]?.csIds ?? days[last]?.csIds ?? []
    return Math.min(...above) - Math.max(...below) <= PAGE
  }
  const groups = days.map((_, first) => {
    let last = first
    while (last + 1 < days.length && fits(first, last + 1)) last++
    return days.slice(first, last + 1).flatMap(({ ofDay }) => ofDay)
  })
  return groups.reverse()
}

function largestCover<Row>(
  groups: readonly (readonly OptionHolder<Row>[])[],
  wanted: ReadonlySet<string>,
): readonly OptionHolder<Row>[] {
  let best: readonly OptionHolder<Row>[] = []
  let most = 0
  for (const group of groups) {
    const { holders, covered } = cover(group, wanted)
    if (covered.size > most) [best, most] = [holders, covered.size]
  }
  return best
}

/** The records of a group that are needed: each has a wanted option that none before it has. */
function cover<Row>(group: readonly OptionHolder<Row>[], wanted: ReadonlySet<string>) {
  const covered = new Set<string>()
  const holders = group.filter(({ options }) => {
    const fresh = options.filter(option => wanted.has(option) && !covered.has(option))
    for (const option of fresh) covered.add(option)
    return fresh.length > 0
  })
  return { holders, covered }
}
