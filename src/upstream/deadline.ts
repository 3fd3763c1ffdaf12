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
  // One listener costs less than a signal made of two, and nothing is left behind at the end.
  const abort = () => controller.abort(caller?.reason)
  if (caller?.aborted) abort()
  caller?.addEventListener('abort', abort, { once: true })
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      clearTimeout(timer)
      caller?.removeEventListener('abort', abort)
    },
  }
}
