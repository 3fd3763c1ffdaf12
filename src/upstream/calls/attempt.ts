import type { Call } from './call.ts'
import type { UpstreamLimits } from './limits.ts'

/** One attempt of a call, while it is made. All moments are by `performance.now`. */
export interface Attempt {
  readonly beganAtMs: number
  /** How long it may take if the call has so much time left. */
  readonly longestMs: number
  /** When it is to be given up for another, if that can be paid for; undefined: it is not. */
  stallsAtMs: number | undefined
}

/** When it ends at the latest: later than it seemed, if others came to wait for its call. */
export const endOf = (
  { beganAtMs, longestMs }: Pick<Attempt, 'beganAtMs' | 'longestMs'>,
  { endsAtMs }: Call<unknown>,
): number => Math.min(beganAtMs + longestMs, endsAtMs)

/** `patienceMs` is how long it may take until it counts as stalled. */
export function beginAttempt(
  call: Call<unknown>,
  { attemptMs, callDeadlineMs, maxAttempts }: UpstreamLimits,
  patienceMs: number,
): Attempt {
  const { attempts, hasTimedOut } = call
  const beganAtMs = performance.now()
  const isFirst = attempts === 1 && maxAttempts > 1
  const longestMs = Math.min(attemptMs, isFirst ? callDeadlineMs / 2 : callDeadlineMs)
  const endsAtMs = endOf({ beganAtMs, longestMs }, call)
  const stallsAtMs = beganAtMs + patienceMs
  const mayFollow =
    attempts < maxAttempts && !hasTimedOut && stallsAtMs + patienceMs < call.endsAtMs
  return {
    beganAtMs,
    longestMs,
    stallsAtMs: mayFollow && stallsAtMs < endsAtMs ? stallsAtMs : undefined,
  }
}
