import type { GraphQLSchema } from 'graphql'
import { refusalOf } from '../../schema/plan/call-limit.ts'
import { createOperationReader } from '../../schema/plan/read-operation.ts'
import { type ServerContext, type ServerPlugin, wantsPlanOnly } from './operation-context.ts'

/**
 * Decides whether an operation may run, before anything of it does: its variables and arguments are
 * right, and it needs no more than `maxCalls` upstream calls at most. One whose plan alone is wanted
 * does not run either.
 */
export function useAdmission(schema: GraphQLSchema, maxCalls: number): ServerPlugin {
  const readOperation = createOperationReader(schema)
  return {
    onExecute({
      args: { document, operationName, variableValues, contextValue },
      setResultAndStopExecution,
    }) {
      const { trace, incoming } = contextValue as ServerContext
      const operation = readOperation(document, operationName, variableValues ?? {})
      if (operation.errors.length > 0) {
        return setResultAndStopExecution({ errors: operation.errors })
      }
      const plan = operation.plan(trace.known)
      trace.plan = plan
      if (wantsPlanOnly(incoming)) return setResultAndStopExecution({ data: null })
      const refusal = refusalOf(plan, maxCalls, operation.fitTo)
      if (refusal) return setResultAndStopExecution({ errors: [refusal] })
      trace.callBudget = Math.min(plan.atMost + plan.spare, maxCalls)
    },
  }
}
