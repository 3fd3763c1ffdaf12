import {
  type OperationTrace,
  type ServerPlugin,
  wantsCost,
  wantsPlanOnly,
} from './operation-context.ts'

/**
 * Has an answer say in `extensions.upstream` which rows and values of the upstream could not be
 * read; whether some are stale; what it cost, if that is asked for; and how it comes to that, if only that is asked for.
 */
export function useExplain(maxCalls: number): ServerPlugin {
  return {
    onResultProcess({ result, setResult, serverContext }) {
      const { incoming, trace, callerIfKnown, asked } = serverContext
      callerIfKnown?.noteNeeded(asked)
      const upstream = {
        ...(wantsCost(incoming) && costOf(trace)),
        ...(wantsPlanOnly(incoming) && planOf(trace, maxCalls)),
        ...(trace.held.stale > 0 && { stale: staleOf(trace) }),
        ...(trace.omittedRows > 0 && { omittedRows: trace.omittedRows }),
        ...(trace.unreadable.size > 0 && { unreadable: unreadableOf(trace) }),
      }
      if (Object.keys(upstream).length === 0) return
      setResult({ ...result, extensions: { ...result.extensions, upstream } })
    },
  }
}

const unreadableOf = ({ unreadable }: OperationTrace) =>
  Array.from(unreadable, ([field, count]) => ({ field, count }))

const costOf = ({ plan: { expected, atMost }, callsMade, retriesMade, held }: OperationTrace) => ({
  expected,
  atMost,
  made: callsMade + retriesMade,
  cached: held.cached,
  stale: 0,
})

/** Callers always learn that something is not as new as it could be, and why. */
const staleOf = ({ held: { stale, staleAgeMs, staleReason } }: OperationTrace) => ({
  ageMs: staleAgeMs,
  reason: staleReason,
  answers: stale,
})

const planOf = ({ plan: { steps, spare } }: OperationTrace, limit: number) => ({
  limit,
  spare,
  steps,
})
