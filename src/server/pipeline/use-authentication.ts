import { type GraphQLError, locatedError } from 'graphql'
import { NO_CALLS } from '../../schema/plan/plan.ts'
import { UpstreamUnauthenticatedError } from '../../upstream/errors.ts'
import type { Callers } from '../callers/callers.ts'
import { refuseCredentials, TooManyAttemptsError } from '../callers/refusals.ts'
import { rootCause } from './caller-errors.ts'
import { type ServerPlugin, wantsPlanOnly } from './operation-context.ts'
import { RequestCaller, type RequestCallerOptions } from './request-caller.ts'

export interface CallerOptions extends RequestCallerOptions {
  readonly callers: Callers
}

/**
 * Refuses unknown callers before anything of theirs is read, and gives resolvers the upstream as
 * the caller sees it. Who brings an account that the upstream does not accept gets no data either.
 */
export function useAuthentication(options: CallerOptions): ServerPlugin {
  return {
    async onRequestParse({ serverContext }) {
      const known = await options.callers.identify(serverContext.incoming)
      // A part of the hash that is long enough to distinguish callers.
      serverContext.trace.caller = known.identity.name.slice(0, 12)
      serverContext.caller = new RequestCaller(known, serverContext, options)
    },
    async onResultProcess({ result, setResult, serverContext }) {
      const { callerIfKnown: caller } = serverContext
      if (!caller?.hasOwnAccount) return
      const refusal = result.errors?.map(toRefusal).find(error => error !== undefined)
      if (refusal) return setResult({ errors: [refusal] })
      const isPlan = wantsPlanOnly(serverContext.incoming) && !result.errors
      if (!result.data && !isPlan) return
      // An answer for which the upstream was not asked, such as a description of the graph.
      await caller.assertAccepted().catch((error: unknown) => {
        serverContext.trace.plan = NO_CALLS
        setResult({ errors: [toRefusal(error) ?? locatedError(error, undefined)] })
      })
    },
  }
}

/** The 401 makes a browser ask for the account again; else it would go on sending a wrong one. */
function toRefusal(error: unknown): GraphQLError | undefined {
  const cause = rootCause(error)
  if (cause instanceof TooManyAttemptsError) return cause
  if (!(cause instanceof UpstreamUnauthenticatedError)) return undefined
  return refuseCredentials(cause.message)
}
