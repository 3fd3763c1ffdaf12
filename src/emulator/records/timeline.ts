import { type Day, dayOf, startOfDay, weekdayOf } from '../china-time.ts'
import { fraction, seedFor } from '../random.ts'
import { firstIndex } from './binary-search.ts'
import { secondAt, shareBefore } from './working-day.ts'

interface TimelineOptions {
  readonly seed: number
  readonly recordCount: number
  /** Calendar days, the last one included. */
  readonly days: number
  /** When the newest record was created. */
  readonly endMs: number
}

/** When each record was created. Numbers count from 0, the oldest; times never fall as they rise. */
export interface Timeline {
  createdAtMs(number: number): number
  /** How many records were created before the day began. */
  countBefore(day: Day): number
}

const SUNDAY = 0
const SATURDAY = 6

export function createTimeline(options: TimelineOptions): Timeline {
  const { recordCount, days, endMs } = options
  const lastDay = dayOf(endMs)
  const firstDay = lastDay - days + 1
  const endSecond = (endMs - startOfDay(lastDay)) / 1000
  const starts = dayStarts(options, firstDay, shareBefore(endSecond))
  const jitterSeed = seedFor(options.seed, 'time')

  const start = (index: number) => starts[index] ?? recordCount
  return {
    createdAtMs(number) {
      if (number >= recordCount - 1) return endMs
      const index = firstIndex(days, each => start(each + 1) > number)
      const within = number - start(index) + fraction(jitterSeed, number)
      const elapsed = index === days - 1 ? shareBefore(endSecond) : 1
      const share = (within / (start(index + 1) - start(index))) * elapsed
      return startOfDay(firstDay + index) + secondAt(share) * 1000
    },
    countBefore(day) {
      if (day <= firstDay) return 0
      return start(day - firstDay)
    },
  }
}

/** The first number of each day; the last day has at least one record, the newest. */
function dayStarts(options: TimelineOptions, firstDay: Day, lastDayShare: number): Float64Array {
  const { recordCount, days, seed } = options
  const weightsBefore = new Float64Array(days + 1)
  const jitterSeed = seedFor(seed, 'day')
  for (let index = 0; index < days; index++) {
    const share = index === days - 1 ? lastDayShare : 1
    const weight = weightOf(firstDay + index, jitterSeed) * share
    weightsBefore[index + 1] = (weightsBefore[index] ?? 0) + weight
  }
  const total = weightsBefore[days] || 1
  const starts = weightsBefore.map(weight => Math.floor((recordCount * weight) / total))
  starts[days] = recordCount
  starts[days - 1] = Math.max(0, Math.min(starts[days - 1] ?? 0, recordCount - 1))
  return starts
}

function weightOf(day: Day, seed: number): number {
  const weekday = weekdayOf(day)
  const quiet = weekday === SUNDAY ? 0.2 : weekday === SATURDAY ? 0.35 : 1
  return quiet * (0.75 + 0.5 * fraction(seed, day))
}
