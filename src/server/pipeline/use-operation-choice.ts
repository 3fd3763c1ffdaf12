import { assertOperationChosen } from '../documents/chosen-operation.ts'
import type { ServerPlugin } from './operation-context.ts'

/** Refuses a document of which it is not clear which operation is to run. */
export function useOperationChoice(): ServerPlugin {
  return {
    onParse({ context: { params } }) {
      return ({ result }) => {
        if (result && 'definitions' in result) assertOperationChosen(result, params.operationName)
      }
    },
  }
}
