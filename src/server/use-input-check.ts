import { checkInput } from '../schema/check-input.ts'
import type { ServerPlugin } from './server-context.ts'

/** Refuses an operation with bad values as a whole, before anything of it runs. */
export function useInputCheck(): ServerPlugin {
  return {
    onExecute({
      args: { schema, document, operationName, variableValues },
      setResultAndStopExecution,
    }) {
      const errors = checkInput(schema, document, operationName, variableValues ?? {})
      if (errors.length > 0) setResultAndStopExecution({ errors })
    },
  }
}
