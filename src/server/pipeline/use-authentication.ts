import { expectationsFrom } from '../../loaders/expectations.ts'
import { createLoaders, type Loaders } from '../../loaders/loaders.ts'
import type { Expectations } from '../../schema/plan/expectations.ts'
import type { UpstreamClient, UpstreamSession } from '../../upstream/client.ts'
import { UpstreamUnauthenticatedError } from '../../upstream/errors.ts'
import type { OddityKind, OnOddity } from '../../upstream/oddity.ts'
import type { Identity } from '../callers/account-memory.ts'
import { type Callers, refuseCredentials } from '../callers/callers.ts'
import { beginCall } from './call-budget.ts'
import { rootCause } from './caller-errors.ts'
import { hasData } from './execution-result.ts'
import {
  type Caller,
  noteUnreadable,
  type ServerContext,
  type ServerPlugin,
} from './operation-context.ts'

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
      const authorization = options.callers.authorizationOf(serverContext.incoming)
      serverContext.caller = new LazyCaller(options, authorization, serverContext)
    },
    onResultProcess({ result, setResult }) {
      if (!options.callers.bringCredentials || !result.errors || hasData(result)) return
      // A 401 makes a browser ask for the account again; else it would go on sending a wrong one.
      const refusal = result.errors.map(rootCause).find(isRefusal)
      if (refusal) setResult({ errors: [refuseCredentials(refusal.message)] })
    },
  }
}

/** Makes what it is asked for: an operation without calls needs none of it. */
class LazyCaller implements Caller {
  readonly #options: CallerOptions
  readonly #authorization: string
  readonly #request: ServerContext
  #identity: Identity | undefined
  #loaders: Loaders | undefined

  constructor(options: CallerOptions, authorization: string, request: ServerContext) {
    this.#options = options
    this.#authorization = authorization
    this.#request = request
  }

  get known(): Expectations {
    return expectationsFrom(this.#identityOfCaller.knowledge)
  }

  get loaders(): Loaders {
    const identity = this.#identityOfCaller
    this.#loaders ??= createLoaders(this.#openSession(identity), identity.knowledge)
    return this.#loaders
  }

  get #identityOfCaller(): Identity {
    this.#identity ??= this.#options.identityOf(this.#authorization)
    return this.#identity
  }

  #openSession(identity: Identity): UpstreamSession {
    const { client, onOddity } = this.#options
    const { signal, trace } = this.#request
    return client.session({
      authorization: this.#authorization,
      signal,
      onOddity(kind, unreadable) {
        if (OMITTED_ROWS.has(kind)) trace.omittedRows += 1
        if (unreadable !== undefined) noteUnreadable(trace, unreadable)
        onOddity(kind)
      },
      beforeCall: () => beginCall(trace),
      onCall: ({ outcome }) => identity.onCall(outcome),
    })
  }
}

/** Oddities for which a row is left out. */
const OMITTED_ROWS: ReadonlySet<OddityKind> = new Set(['row-without-csid', 'unreadable-row'])

const isRefusal = (cause: unknown): cause is UpstreamUnauthenticatedError =>
  cause instanceof UpstreamUnauthenticatedError
