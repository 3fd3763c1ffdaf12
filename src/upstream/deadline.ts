export interface Deadline extends Disposable {
  /** Aborts with the caller's own reason, or with the deadline's error: whichever comes first. */
  readonly signal: AbortSignal
}

/** Starts now; the timer ends with the disposal. */
export function createDeadline(
  deadlineMs: number,
  createError: () => Error,
  caller: AbortSignal | undefined,
): Deadline {
  const controller = new AbortController()
  const timer = setTimeout(() => controller.abort(createError()), deadlineMs)
  return {
    signal: caller ? AbortSignal.any([caller, controller.signal]) : controller.signal,
    [Symbol.dispose]: () => clearTimeout(timer),
  }
}
