import type { ServerResponse } from 'node:http'

/** Ends the upstream calls of a caller who no longer waits for them. */
export class CallerGoneError extends Error {
  override readonly name = 'CallerGoneError'

  constructor() {
    super('The caller hung up.')
  }
}

/** Aborts with a CallerGoneError when the connection closes before its answer is complete. */
export function callerSignal(outgoing: ServerResponse): AbortSignal {
  const controller = new AbortController()
  outgoing.once('close', () => {
    if (!outgoing.writableFinished) controller.abort(new CallerGoneError())
  })
  return controller.signal
}
