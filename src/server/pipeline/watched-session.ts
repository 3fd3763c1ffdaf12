import type { UpstreamSession } from '../../upstream/client.ts'
import { UpstreamError } from '../../upstream/errors.ts'
import type { OperationTrace } from './operation-context.ts'

/**
 * The same session, whose calls count for the operation's time upstream, and are spans of its trace.
 */
export function watchedSession(
  session: UpstreamSession,
  { clock, span }: OperationTrace,
): UpstreamSession {
  return {
    oddity: session.oddity,
    async get(...call) {
      const [endpoint] = call
      const endSpan = span.beginCall(endpoint)
      clock.begin()
      try {
        const body = await session.get(...call)
        endSpan('ok')
        return body
      } catch (error) {
        endSpan(error instanceof UpstreamError ? error.code : 'ABORTED')
        throw error
      } finally {
        clock.end()
      }
    },
  }
}
