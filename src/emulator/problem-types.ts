import type { Dice, NonEmpty } from './random.ts'
import type { ProblemArea, ProblemCase } from './words/problem.ts'
import { TOPICS } from './words/problem-topics.ts'

export type Level = 1 | 2 | 3

/** One problem and the option chosen for it on each level; now and then none on the third. */
export interface Problem {
  readonly optionIds: readonly [number, number, number | null]
  readonly words: ProblemCase
}

// Ids are unique within a level only: 224 to 226 stand on levels 1 and 2, 240 and 241 on 2 and 3.
const FIRST_ID = { 1: 221, 2: 224, 3: 240 } as const

/** The drop-down options of the three levels. Their labels can be changed while running. */
export interface ProblemTypes {
  pick(dice: Dice): Problem
  /** The option's text, as the v2 list shows it. */
  label(level: Level, optionId: number): string
  /** Throws RangeError where the level has no such option. */
  relabel(level: Level, optionId: number, label: string): void
}

export function createProblemTypes(): ProblemTypes {
  const { problems, labels } = numberOptions()
  return {
    pick(dice) {
      const problem = dice.pick(problems)
      const [first, second] = problem.optionIds
      return dice.oneIn(15) ? { ...problem, optionIds: [first, second, null] } : problem
    },
    label: (level, optionId) => labels[level].get(optionId) ?? '',
    relabel(level, optionId, label) {
      if (!labels[level]?.has(optionId))
        throw new RangeError(`level ${level} has no option ${optionId}`)
      labels[level].set(optionId, label)
    },
  }
}

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
