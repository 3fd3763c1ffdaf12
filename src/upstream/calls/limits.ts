/** How the upstream is asked; `src/config.ts` has the defaults, and why they are what they are. */
export interface UpstreamLimits {
  /** For all that one session does. */
  readonly operationDeadlineMs: number
  /** For one call, with all its attempts and waits. */
  readonly callDeadlineMs: number
  /** For one attempt. If another may follow, it gets half of the call's time at most. */
  readonly attemptMs: number
  /**
   * An attempt that takes longer, and five times as long as nearly all of its endpoint lately, is made
   * again if the budget allows that.
   */
  readonly stallMs: number
  /** How often a call is made at most, the first time included. */
  readonly maxAttempts: number
  /** How many calls are under way at once. */
  readonly concurrency: number
  /** How many calls begin within a second; undefined: as many as there are. */
  readonly callsPerSecond: number | undefined
  /** How long a caller waits for a place if none of its calls is under way. */
  readonly maxWaitMs: number
  /** Retries for each hundred calls. */
  readonly retryPercent: number
  /** So many failures among the latest ten attempts open the breaker of an endpoint; 0: none do. */
  readonly breakerFailures: number
  /** Of a decoded body. */
  readonly maxBodyBytes: number
}
