import { Dice, type NonEmpty } from '../random.ts'
import type { Problem } from './problem-types.ts'
import { INVALID, type Session } from './session.ts'
import { COMPLAINTS, LUKEWARM, PRAISE, UNSOLVED } from './words/ratings.ts'

/** What came of it, and what the client thought of it. */
export interface Outcome {
  readonly isSolved: boolean
  readonly solution: string
  /** commentScore: 5 good, 3 neutral, 1 bad, 0 not rated. */
  readonly score: 5 | 3 | 1 | 0
  readonly comment: string
}

const NONE: Outcome = { isSolved: false, solution: '', score: 0, comment: '' }
const SCORES_SOLVED: NonEmpty<Outcome['score']> = [5, 5, 5, 5, 5, 5, 5, 0, 0, 0, 3, 1]
const SCORES_UNSOLVED: NonEmpty<Outcome['score']> = [1, 1, 3, 0, 0, 5]

export function outcomeOf(seed: number, csId: number, session: Session, problem: Problem): Outcome {
  if (session.isOpen || session.status === INVALID) return NONE
  const dice = new Dice(seed, 'outcome', csId)
  const isSolved = !dice.oneIn(12)
  const solution = isSolved ? problem.words.solution : dice.pick(UNSOLVED)
  const score = dice.pick(isSolved ? SCORES_SOLVED : SCORES_UNSOLVED)
  return { isSolved, solution, score, comment: commentFor(score, dice) }
}

function commentFor(score: Outcome['score'], dice: Dice): string {
  if (score === 0) return ''
  return dice.pick(score === 5 ? PRAISE : score === 3 ? LUKEWARM : COMPLAINTS)
}
