import { type ExecutionResult, GraphQLError } from 'graphql'
import { describeError, type Log } from '../../log.ts'
import { UpstreamBusyError } from '../../upstream/errors.ts'
import { rootCause, systemCodeOf, toCallerError } from './caller-errors.ts'
import { hasData } from './execution-result.ts'
import type { ServerPlugin } from './operation-context.ts'

/** Shows callers what they may see of an error, and logs the rest. */
export function useErrorMasking(log: Log): ServerPlugin {
  return {
    onResultProcess({ result, setResult, serverContext: { trace } }) {
      if (!result.errors) return
      const { identity } = trace
      const unexpected = new Set<unknown>()
      const { data, ...withoutData } = result
      const isRefused = data === undefined || isShed(result)
      const errors = result.errors.map(error => {
        const seen = toCallerError(error, identity.requestId)
        if ('unexpected' in seen) unexpected.add(seen.unexpected)
        if (isRefused) trace.headers = { ...trace.headers, ...seen.headers }
        return withoutCause(error, seen.message, seen.extensions)
      })
      trace.causes = [...new Set(result.errors.flatMap(error => systemCodeOf(error) ?? []))]
      for (const error of unexpected)
        log.error('unexpected-error', { ...identity, ...describeError(error) })
      setResult(isRefused ? { ...withoutData, errors } : { ...result, errors })
    },
  }
}

/** Whether nothing of it was answered because too much goes upstream already: that is 503. */
const isShed = (result: ExecutionResult) =>
  !hasData(result) &&
  (result.errors ?? []).every(error => rootCause(error) instanceof UpstreamBusyError)

function withoutCause(
  { nodes, source, positions, path }: GraphQLError,
  message: string,
  extensions: Record<string, unknown>,
): GraphQLError {
  const options = { nodes: nodes ?? null, source: source ?? null, positions: positions ?? null }
  return new GraphQLError(message, { ...options, path: path ?? null, extensions })
}
