import { setTimeout as wait } from 'node:timers/promises'

/**
 * Between "not ready" and closed, no request has come and no answer has gone for so long. Load balancers need time to stop
 * sending, and requests that come meanwhile are answered: a closed connection would be a failure to
 * their senders.
 */
const QUIET_MS = 500
/** The limit for senders that never stop. */
const MAX_PAUSE_MS = 5000

/**
 * Knows when nobody sends requests any more. A caller who has just got an answer may send another
 * request.
 */
export class Quiet {
  #latestAtMs = 0

  noteTraffic(): void {
    this.#latestAtMs = performance.now()
  }

  /** Resolves when there was no traffic for a while, or else after half of the time. */
  async begin(timeoutMs: number): Promise<void> {
    const endsAtMs = performance.now() + Math.min(MAX_PAUSE_MS, timeoutMs / 2)
    this.noteTraffic()
    for (;;) {
      const waitMs = Math.min(this.#latestAtMs + QUIET_MS, endsAtMs) - performance.now()
      if (waitMs <= 0) return
      await wait(waitMs)
    }
  }
}
