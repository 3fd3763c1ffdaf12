import { type ExecutionResult, getOperationAST } from 'graphql'
import type { Log, LogFields } from '../../log.ts'
import { statusOf } from '../http/statuses.ts'
import { hasData } from './execution-result.ts'
import type { OperationTrace, Outcome, ServerPlugin } from './operation-context.ts'
import { boundedName } from './operation-context.ts'

/** Notes what the log says of an operation: how it went, but nothing of its contents. */
export function useOperationLog(): ServerPlugin {
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
      trace.outcome = outcomeOf(result)
      trace.errorCodes = errorCodesOf(result)
    },
  }
}

/** Writes the one line of an operation, once it is answered by a body of so many bytes. */
export function logOperation(
  log: Log,
  trace: OperationTrace,
  durationMs: number,
  bytesOut: number,
): void {
  const { identity, operationName, operationType, callsMade, clock, causes } = trace
  const fields: LogFields = {
    ...identity,
    caller: trace.caller,
    operationName,
    operationType,
    durationMs: Math.round(durationMs),
    upstreamCalls: callsMade + trace.retriesMade,
    upstreamMs: Math.round(clock.totalMs),
    bytesOut,
    outcome: trace.outcome,
    errorCodes: trace.errorCodes,
    ...(causes.length > 0 && { causes }),
  }
  log[levelOf(trace.errorCodes)]('operation', fields)
}

/** Our own faults are errors, those of what we depend on warnings; callers can do what they like. */
function levelOf(codes: readonly string[]): 'info' | 'warn' | 'error' {
  if (codes.includes('INTERNAL_SERVER_ERROR')) return 'error'
  return codes.every(code => code === 'CALLER_GONE' || isCallersFault(code)) ? 'info' : 'warn'
}

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
