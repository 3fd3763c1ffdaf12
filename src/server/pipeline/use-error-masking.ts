import { GraphQLError } from 'graphql'
import { describeError, type Log } from '../../log.ts'
import { statusOf } from '../http/statuses.ts'
import { type CallerError, systemCodeOf, toCallerError } from './caller-errors.ts'
import { isExecutionResult } from './execution-result.ts'
import type { ServerPlugin } from './operation-context.ts'

/** Shows callers what they may see of an error, and logs the rest. */
export function useErrorMasking(log: Log): ServerPlugin {
  return {
    onResultProcess({ result, setResult, serverContext: { trace } }) {
      if (!isExecutionResult(result) || !result.errors) return
      const { requestId } = trace
      const unexpected = new Set<unknown>()
      const isRefused = result.data === undefined
      const errors = result.errors.map(error => {
        const seen = toCallerError(error, requestId)
        if ('unexpected' in seen) unexpected.add(seen.unexpected)
        const http = isRefused && httpOf(error, seen)
        return withoutCause(error, seen.message, { ...seen.extensions, ...(http && { http }) })
      })
      trace.causes = [...new Set(result.errors.flatMap(error => systemCodeOf(error) ?? []))]
      for (const error of unexpected)
        log.error('unexpected-error', { requestId, ...describeError(error) })
      setResult({ ...result, errors })
    },
  }
}

/** As Yoga understands it: `spec` takes the status back under plain application/json. */
function httpOf({ extensions }: GraphQLError, seen: CallerError) {
  const { status, jsonStatus } = statusOf(seen.extensions.code)
  const { headers } = (extensions.http ?? {}) as { headers?: Record<string, string> }
  return { status, spec: jsonStatus !== status, headers: { ...headers, ...seen.headers } }
}

function withoutCause(
  { nodes, source, positions, path }: GraphQLError,
  message: string,
  extensions: Record<string, unknown>,
): GraphQLError {
  const options = { nodes: nodes ?? null, source: source ?? null, positions: positions ?? null }
  return new GraphQLError(message, { ...options, path: path ?? null, extensions })
}
