import { GraphQLError } from 'graphql'
import { planOperation } from '../schema/plan.ts'
import { isExecutionResult } from './execution-result.ts'
import type { OperationTrace } from './operation-trace.ts'
import type { ServerContext, ServerPlugin } from './server-context.ts'

/** With this header field, an answer tells what it cost: `extensions.upstream`. */
const EXPLAIN_HEADER = 'x-explain'

/**
 * Plans an operation's upstream calls before anything runs. One that needs more than `maxCalls` is
 * refused; any other may not make more than its plan says.
 */
export function usePlan(maxCalls: number): ServerPlugin {
  return {
    onExecute({
      args: { schema, document, operationName, variableValues, contextValue },
      setResultAndStopExecution,
    }) {
      const { usual, bound } = planOperation(schema, document, operationName, variableValues ?? {})
      const { trace } = contextValue as ServerContext
      if (usual > maxCalls) return setResultAndStopExecution({ errors: [refusal(usual, maxCalls)] })
      trace.callBound = Math.min(bound, maxCalls)
    },
    onResultProcess({ result, setResult, serverContext: { incoming, trace } }) {
      if (incoming.headers[EXPLAIN_HEADER] !== '1' || !isExecutionResult(result)) return
      setResult({ ...result, extensions: { ...result.extensions, upstream: explain(trace) } })
    },
  }
}

const refusal = (bound: number, limit: number) =>
  new GraphQLError(
    `This operation can need ${bound} upstream calls; at most ${limit} are allowed. Ask for fewer objects at once.`,
    { extensions: { code: 'UPSTREAM_CALL_LIMIT', retryable: false, bound, limit } },
  )

// Nothing is cached yet, so nothing is stale.
const explain = ({ callBound, upstreamCalls }: OperationTrace) => ({
  bound: callBound,
  calls: upstreamCalls,
  cached: 0,
  stale: 0,
})
