import { GraphQLError, type GraphQLSchema } from 'graphql'
import { createPlanner } from '../../schema/plan/plan.ts'
import type { ServerContext, ServerPlugin } from './operation-context.ts'

/**
 * Plans an operation's upstream calls before anything runs. One that needs more than `maxCalls` is
 * refused; any other may not make more than its plan says.
 */
export function usePlan(schema: GraphQLSchema, maxCalls: number): ServerPlugin {
  const plan = createPlanner(schema)
  return {
    onExecute({
      args: { document, operationName, variableValues, contextValue },
      setResultAndStopExecution,
    }) {
      const { usual, bound } = plan(document, operationName, variableValues ?? {})
      const { trace } = contextValue as ServerContext
      if (usual > maxCalls) return setResultAndStopExecution({ errors: [refusal(usual, maxCalls)] })
      trace.callBound = Math.min(bound, maxCalls)
    },
  }
}

const refusal = (bound: number, limit: number) =>
  new GraphQLError(
    `This operation can need ${bound} upstream calls; at most ${limit} are allowed. Ask for fewer objects at once.`,
    { extensions: { code: 'UPSTREAM_CALL_LIMIT', retryable: false, bound, limit } },
  )
