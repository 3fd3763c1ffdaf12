import type { Dice, NonEmpty } from '../random.ts'
import type { ProblemArea, ProblemCase } from './words/problem.ts'
import { TOPICS } from './words/problem-topics.ts'

export type Level = 1 | 2 | 3

/** The option chosen on each level; now and then none on the third. */
export type OptionIds = readonly [number, number, number | null]

export interface Problem {
  readonly optionIds: OptionIds
  readonly words: ProblemCase
}

/** An option that only older records have: those with csIds below `sinceCsId`. */
export interface RetiredOption {
  readonly level: Level
  readonly optionId: number
  readonly sinceCsId: number
}

// Ids are unique within a level only: 224 to 226 stand on levels 1 and 2, 240 and 241 on 2 and 3.
const FIRST_ID = { 1: 221, 2: 224, 3: 240 } as const

/** The drop-down options of the three levels. Labels and choices can be changed while running. */
export interface ProblemTypes {
  problemOf(csId: number, dice: Dice): Problem
  /** The option's text, as the v2 list shows it. */
  label(level: Level, optionId: number): string
  /** Throws RangeError if the level has no such option. */
  relabel(level: Level, optionId: number, label: string): void
  /** Gives a record other options, one for each level. Throws RangeError for an unknown one. */
  reclassify(csId: number, optionIds: OptionIds): void
}

const LEVELS = [1, 2, 3] as const

/** Throws RangeError if every option of a level is retired. */
export function createProblemTypes(retired: readonly RetiredOption[]): ProblemTypes {
  const { problems, labels } = numberOptions()
  const reclassified = new Map<number, OptionIds>()
  const lasting = nonEmpty(problems.filter(({ optionIds }) => !hasAny(optionIds, retired)))

  const pick = (csId: number, dice: Dice) => {
    const problem = dice.pick(problems)
    const isRetired = hasAny(
      problem.optionIds,
      retired.filter(({ sinceCsId }) => csId >= sinceCsId),
    )
    return isRetired ? dice.pick(lasting) : problem
  }
  const assertOption = (level: Level, optionId: number) => {
    if (!labels[level]?.has(optionId))
      throw new RangeError(`level ${level} has no option ${optionId}`)
  }
  return {
    problemOf(csId, dice) {
      const problem = pick(csId, dice)
      const [first, second] = problem.optionIds
      const optionIds: OptionIds = dice.oneIn(15) ? [first, second, null] : problem.optionIds
      return { ...problem, optionIds: reclassified.get(csId) ?? optionIds }
    },
    label: (level, optionId) => labels[level].get(optionId) ?? '',
    relabel(level, optionId, label) {
      assertOption(level, optionId)
      labels[level].set(optionId, label)
    },
    reclassify(csId, optionIds) {
      for (const level of LEVELS) {
        const optionId = optionIds[level - 1]
        if (typeof optionId === 'number') assertOption(level, optionId)
      }
      reclassified.set(csId, optionIds)
    },
  }
}

const hasAny = (optionIds: OptionIds, options: readonly RetiredOption[]) =>
  options.some(({ level, optionId }) => optionIds[level - 1] === optionId)

function numberOptions() {
  const labels: Record<Level, Map<number, string>> = { 1: new Map(), 2: new Map(), 3: new Map() }
  const add = (level: Level, label: string) => {
    const id = FIRST_ID[level] + labels[level].size
    labels[level].set(id, label)
    return id
  }
  const numberArea = (first: number, area: ProblemArea): Problem[] => {
    const second = add(2, area.label)
    return area.children.flatMap(detail => {
      const optionIds = [first, second, add(3, detail.label)] as const
      return detail.cases.map(words => ({ optionIds, words }))
    })
  }
  const problems = TOPICS.flatMap(topic => {
    const first = add(1, topic.label)
    return topic.children.flatMap(area => numberArea(first, area))
  })
  return { labels, problems: nonEmpty(problems) }
}

function nonEmpty<T>([first, ...rest]: readonly T[]): NonEmpty<T> {
  if (first === undefined) throw new RangeError('the list is empty')
  return [first, ...rest]
}
