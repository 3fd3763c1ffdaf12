import { isExecutionResult } from './execution-result.ts'
import type { OperationTrace, ServerPlugin } from './operation-context.ts'

/** With this header field, an answer tells what it cost. */
const EXPLAIN_HEADER = 'x-explain'

/**
 * Has an answer tell of itself in `extensions.upstream`: always that rows had to be left out, as
 * they could not be read, and where it is asked for what the answer cost.
 */
export function useExplain(): ServerPlugin {
  return {
    onResultProcess({ result, setResult, serverContext: { incoming, trace } }) {
      if (!isExecutionResult(result)) return
      const upstream = {
        ...(incoming.headers[EXPLAIN_HEADER] === '1' && costOf(trace)),
        ...(trace.omittedRows > 0 && { omittedRows: trace.omittedRows }),
      }
      if (Object.keys(upstream).length === 0) return
      setResult({ ...result, extensions: { ...result.extensions, upstream } })
    },
  }
}

// Nothing is cached yet, so nothing is stale.
const costOf = ({ callBound, upstreamCalls }: OperationTrace) => ({
  bound: callBound,
  calls: upstreamCalls,
  cached: 0,
  stale: 0,
})
