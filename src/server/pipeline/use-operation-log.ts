import { type ExecutionResult, getOperationAST } from 'graphql'
import type { Log } from '../../log.ts'
import { statusOf } from '../http/statuses.ts'
import { hasData } from './execution-result.ts'
import type { ServerPlugin } from './operation-context.ts'
import { boundedName } from './operation-context.ts'

/** Writes one line for each operation: how it went, but nothing of its contents. */
export function useOperationLog(log: Log): ServerPlugin {
  return {
    onParse({ context }) {
      return ({ result }) => {
        const { trace, params } = context
        const isDocument = result && 'definitions' in result
        const operation = isDocument ? getOperationAST(result, params.operationName) : undefined
        trace.operationType = operation?.operation
        trace.operationName = boundedName(operation?.name?.value ?? params.operationName)
      }
    },
    onResultProcess({ result, serverContext: { trace } }) {
      const { requestId, startedAtMs, operationName, operationType, callsMade, causes } = trace
      log.info('operation', {
        requestId,
        operationName,
        operationType,
        durationMs: Math.round(performance.now() - startedAtMs),
        upstreamCalls: callsMade,
        outcome: outcomeOf(result),
        errorCodes: errorCodesOf(result),
        ...(causes.length > 0 && { causes }),
      })
    },
  }
}

type Outcome = 'ok' | 'partial' | 'refused' | 'failed'

function outcomeOf(result: ExecutionResult): Outcome {
  if (!result.errors) return 'ok'
  if (hasData(result)) return 'partial'
  const isRefused = result.data === undefined && errorCodesOf(result).every(isCallersFault)
  return isRefused ? 'refused' : 'failed'
}

const isCallersFault = (code: string) => statusOf(code).status < 500

const errorCodesOf = ({ errors = [] }: ExecutionResult) => [
  ...new Set(errors.map(({ extensions }) => String(extensions.code))),
]
