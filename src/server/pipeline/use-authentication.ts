import { expectationsFrom } from '../../loaders/expectations.ts'
import { createLoaders } from '../../loaders/loaders.ts'
import type { Context } from '../../schema/context.ts'
import type { UpstreamClient } from '../../upstream/client.ts'
import { UpstreamUnauthenticatedError } from '../../upstream/errors.ts'
import type { OddityKind, OnOddity } from '../../upstream/oddity.ts'
import type { Identity } from '../callers/account-memory.ts'
import { type Callers, refuseCredentials } from '../callers/callers.ts'
import { beginCall } from './call-budget.ts'
import { rootCause } from './caller-errors.ts'
import { hasData, isExecutionResult } from './execution-result.ts'
import { noteUnreadable, type ServerContext, type ServerPlugin } from './operation-context.ts'

export interface CallerOptions {
  readonly client: UpstreamClient
  readonly callers: Callers
  readonly identityOf: (authorization: string) => Identity
  readonly onOddity: OnOddity
}

/**
 * Refuses unknown callers before anything of theirs is read, and gives resolvers the upstream as
 * the caller sees it.
 */
export function useAuthentication(options: CallerOptions): ServerPlugin {
  return {
    onRequestParse({ serverContext }) {
      Object.assign(serverContext, createContext(options, serverContext))
    },
    onResultProcess({ result, setResult }) {
      if (!options.callers.bringCredentials || !isExecutionResult(result) || hasData(result)) return
      // A 401 makes a browser ask for the account again; else it would go on sending a wrong one.
      const refusal = result.errors?.map(rootCause).find(isRefusal)
      if (refusal) setResult({ errors: [refuseCredentials(refusal.message)] })
    },
  }
}

/** Oddities for which a row is left out. */
const OMITTED_ROWS: ReadonlySet<OddityKind> = new Set(['row-without-csid', 'unreadable-row'])

function createContext(
  { client, callers, identityOf, onOddity }: CallerOptions,
  { incoming, signal, trace }: ServerContext,
): Context {
  const authorization = callers.authorizationOf(incoming)
  const identity = identityOf(authorization)
  const session = client.session({
    authorization,
    signal,
    onOddity(kind, unreadable) {
      if (OMITTED_ROWS.has(kind)) trace.omittedRows += 1
      if (unreadable !== undefined) noteUnreadable(trace, unreadable)
      onOddity(kind)
    },
    beforeCall: () => beginCall(trace),
    onCall: ({ outcome }) => identity.onCall(outcome),
  })
  trace.known = expectationsFrom(identity.knowledge)
  return { loaders: createLoaders(session, identity.knowledge) }
}

const isRefusal = (cause: unknown): cause is UpstreamUnauthenticatedError =>
  cause instanceof UpstreamUnauthenticatedError
