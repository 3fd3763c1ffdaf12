import type { Log } from '../../log.ts'
import type { Query, UpstreamSession } from '../../upstream/client.ts'
import { UpstreamError } from '../../upstream/errors.ts'
import type { OperationTrace } from './operation-context.ts'

/**
 * The same session, whose calls count for the operation's time upstream, are spans of its trace, and
 * leave a line each under LOG_LEVEL=debug: of what was asked it has the page, and no value.
 */
export function watchedSession(
  session: UpstreamSession,
  { identity, clock, span }: OperationTrace,
  log: Log,
): UpstreamSession {
  return {
    oddity: session.oddity,
    async get(endpoint, path, query, decode) {
      const startedAtMs = performance.now()
      const endSpan = span.beginCall(endpoint)
      const noteOutcome = (outcome: string) => {
        endSpan(outcome)
        log.debug('upstream-call', {
          ...identity,
          endpoint,
          ...pageOf(query),
          durationMs: Math.round(performance.now() - startedAtMs),
          outcome,
        })
      }
      clock.begin()
      try {
        const body = await session.get(endpoint, path, query, decode)
        noteOutcome('ok')
        return body
      } catch (error) {
        noteOutcome(error instanceof UpstreamError ? error.code : 'ABORTED')
        throw error
      } finally {
        clock.end()
      }
    },
  }
}

const pageOf = ({ page, per_page: perPage }: Query) => ({
  ...(typeof page === 'number' && { page }),
  ...(typeof perPage === 'number' && { perPage }),
})
