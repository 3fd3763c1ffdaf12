import type { GraphQLSchema } from 'graphql'
import { createInputCheck } from '../../schema/plan/check-input.ts'
import type { ServerPlugin } from './operation-context.ts'

/** Refuses an operation with bad values as a whole, before anything of it runs. */
export function useInputCheck(schema: GraphQLSchema): ServerPlugin {
  const checkInput = createInputCheck(schema)
  return {
    onExecute({ args: { document, operationName, variableValues }, setResultAndStopExecution }) {
      const errors = checkInput(document, operationName, variableValues ?? {})
      if (errors.length > 0) setResultAndStopExecution({ errors })
    },
  }
}
