import { type ExecutionResult, GraphQLError } from 'graphql'
import { describeError, type Log } from '../../log.ts'
import { UpstreamBusyError } from '../../upstream/errors.ts'
import { reasonOf, rootCause, toCallerError } from './caller-errors.ts'
import { messageFor } from './caller-message.ts'
import { hasData } from './execution-result.ts'
import type { ServerPlugin } from './operation-context.ts'

/** A document that is wrong all over is not described in full. */
const MAX_ERRORS = 5

/** Shows callers what they may see of an error, and logs the rest. */
export function useErrorMasking(log: Log, suggestsNames: boolean): ServerPlugin {
  return {
    onResultProcess({ result, setResult, serverContext: { trace } }) {
      if (!result.errors) return
      const { identity } = trace
      const unexpected = new Set<unknown>()
      const { data, ...withoutData } = result
      const isRefused = data === undefined || isShed(result)
      // Errors of fields are not cut: each says that a null is no value.
      const shown = isRefused ? result.errors.slice(0, MAX_ERRORS) : result.errors
      const errors = shown.map(error => {
        const seen = toCallerError(error, identity.requestId)
        if ('unexpected' in seen) unexpected.add(seen.unexpected)
        if (isRefused) trace.headers = { ...trace.headers, ...seen.headers }
        return withoutCause(error, messageFor(seen.message, suggestsNames), seen.extensions)
      })
      trace.causes = [...new Set(result.errors.flatMap(error => reasonOf(error) ?? []))]
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
