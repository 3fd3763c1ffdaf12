export interface Patience {
  readonly ms: number
  /** What it throws once that is over. */
  readonly timeout: () => Error
  /** Ends the wait with its reason. */
  readonly signal: AbortSignal
}

/** Waits for what others wait for too, so that it does not end with the wait. */
export function waitAtMost<Value>(
  shared: Promise<Value>,
  { ms, timeout, signal }: Patience,
): Promise<Value> {
  return new Promise((resolve, reject) => {
    const onAbort = () => end(() => reject(signal.reason))
    const timer = setTimeout(() => end(() => reject(timeout())), Math.max(0, ms))
    const end = (settle: () => void) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
      settle()
    }
    signal.addEventListener('abort', onAbort)
    shared.then(
      value => end(() => resolve(value)),
      (error: unknown) => end(() => reject(error)),
    )
    if (signal.aborted) onAbort()
  })
}
