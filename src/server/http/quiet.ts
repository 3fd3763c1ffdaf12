import { setTimeout as wait } from 'node:timers/promises'

/**
 * Between "not ready" and closed, no request has come for so long. Load balancers need time to stop
 * sending, and requests that come meanwhile are answered: a closed connection would be a failure to
 * their senders.
 */
const QUIET_MS = 500
/** For those who never stop. */
const MAX_PAUSE_MS = 5000

/** Knows when requests have stopped coming. */
export class Quiet {
  #askedAtMs = 0

  noteRequest(): void {
    this.#askedAtMs = performance.now()
  }

  /** Resolves when no request has come for a while, or else after half of the time. */
  async begin(timeoutMs: number): Promise<void> {
    const endsAtMs = performance.now() + Math.min(MAX_PAUSE_MS, timeoutMs / 2)
    this.noteRequest()
    for (;;) {
      const waitMs = Math.min(this.#askedAtMs + QUIET_MS, endsAtMs) - performance.now()
      if (waitMs <= 0) return
      await wait(waitMs)
    }
  }
}
