import { DAY_MS } from '../china-time.ts'
import { Dice } from '../random.ts'
import type { RecordEntry } from '../records/record-list.ts'
import type { World } from './service.ts'

/** How a service went. */
export interface Session {
  /** csStat: 0 invalid, 1 in service, 2 waiting, 3 extended, 4 on hold, 5 completed. */
  readonly status: number
  readonly isOpen: boolean
  readonly beganAtMs: number
  /** When it ended, or for an open session its latest moment. */
  readonly lastAtMs: number
  /** 0 if there was no chat. */
  readonly messageCount: number
  readonly hadRemote: boolean
  readonly fileCount: number
}

// The newest records are still open, each in its own way; a gap leaves a completed one.
const OPEN_STATUS_BY_AGE = [1, 2, 5, 4, 5, 5, 3, 5, 1] as const
const COMPLETED = 5
export const INVALID = 0
const IN_SERVICE = 1
const MINUTE_MS = 60_000

/** What would end after the emulator's start is still open. */
export function sessionOf(world: World, entry: RecordEntry): Session {
  const { seed, startedAtMs } = world
  const dice = new Dice(seed, 'session', entry.csId)
  const madeUp = closedSession(dice, beginning(world, entry))
  const messageCount = world.messageCount(entry.csId) ?? madeUp.messageCount
  const closed = { ...madeUp, messageCount }
  const statusByAge = OPEN_STATUS_BY_AGE[entry.age] ?? COMPLETED
  if (statusByAge === COMPLETED && closed.lastAtMs <= startedAtMs) return closed
  return {
    ...closed,
    status: statusByAge === COMPLETED ? IN_SERVICE : statusByAge,
    isOpen: true,
    lastAtMs: Math.min(closed.lastAtMs, Math.max(startedAtMs, closed.beganAtMs + 2 * MINUTE_MS)),
    messageCount: dice.between(2, 4),
  }
}

function beginning({ startedAtMs, beginsDaysLater }: World, entry: RecordEntry): number {
  const { csId, createdAtMs } = entry
  const latestMs = Math.max(createdAtMs, startedAtMs)
  return Math.min(createdAtMs + beginsDaysLater(csId) * DAY_MS, latestMs)
}

function closedSession(dice: Dice, beganAtMs: number): Session {
  const isLong = dice.oneIn(500)
  const messageCount = isLong ? dice.between(120, 260) : usualMessageCount(dice)
  const minutes = isLong ? dice.between(100, 1800) : 3 + messageCount + dice.below(20)
  const lastAtMs = beganAtMs + minutes * MINUTE_MS + dice.below(60) * 1000
  const status = dice.oneIn(40) ? INVALID : COMPLETED
  const hadRemote = !dice.oneIn(10)
  const fileCount = dice.oneIn(5) ? dice.between(1, 6) : 0
  return { status, isOpen: false, beganAtMs, lastAtMs, messageCount, hadRemote, fileCount }
}

const usualMessageCount = (dice: Dice) =>
  dice.oneIn(12) ? 0 : 2 + Math.min(dice.below(29), dice.below(29))
