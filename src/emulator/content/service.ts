import { Dice } from '../random.ts'
import type { RecordEntry } from '../records/record-list.ts'
import { type Outcome, outcomeOf } from './outcome.ts'
import type { Problem, ProblemTypes } from './problem-types.ts'
import { type Session, sessionOf } from './session.ts'

/** What all endpoints need to answer about a record. */
export interface World {
  readonly seed: number
  readonly startedAtMs: number
  /** The emulator's own origin, for the URLs in its answers. */
  readonly origin: string
  readonly problemTypes: ProblemTypes
  beginsDaysLater(csId: number): number
  messageCount(csId: number): number | undefined
}

/** The story of one record, on which its row, its chat and its summary agree. */
export interface Service {
  readonly entry: RecordEntry
  readonly session: Session
  readonly problem: Problem
  readonly outcome: Outcome
}

export function serviceOf(world: World, entry: RecordEntry): Service {
  const session = sessionOf(world, entry)
  const dice = new Dice(world.seed, 'problem', entry.csId)
  const problem = world.problemTypes.problemOf(entry.csId, dice)
  const outcome = outcomeOf(world.seed, entry.csId, session, problem)
  return { entry, session, problem, outcome }
}
