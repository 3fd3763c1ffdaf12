import type { Decode } from './calls/call.ts'
import { Connections, type Proxies } from './calls/connections.ts'
import type { UpstreamLimits } from './calls/limits.ts'
import { Session } from './calls/session.ts'
import { createSharedState, type SharedState } from './calls/shared-state.ts'
import { ENDPOINT_NAMES, type EndpointName } from './endpoint.ts'
import type { OnEndpointOddity, OnOddity } from './oddity.ts'
import { parseOrigin } from './origin.ts'

export interface UpstreamClientOptions {
  /** http or https; may carry a path prefix, which is kept. */
  readonly origin: string
  readonly limits: UpstreamLimits
  /** Default: none. */
  readonly proxies?: Proxies
  /** From 0 to 1. Default: Math.random. */
  readonly random?: () => number
}

/** One call that was made, once it is over. */
export interface UpstreamCall {
  readonly endpoint: EndpointName
  readonly durationMs: number
  /** `ok`, the error's code, or `ABORTED` if the caller's signal ended it. */
  readonly outcome: string
  /** How often it was sent; 0 if it was refused before, for want of a place or by the breaker. */
  readonly attempts: number
}

/** One attempt of a call, or what kept it from being sent. */
export interface UpstreamAttempt {
  readonly endpoint: EndpointName
  readonly query: Query
  /** From 1; undefined if it was not sent, for want of a place or by the breaker. */
  readonly attempt: number | undefined
  /** Of HTTP; undefined if no answer began. */
  readonly status: number | undefined
  /** With all that it waited for. */
  readonly durationMs: number
  /** As a call's. */
  readonly outcome: string
}

/** No two callers have the same. */
export type CallerName = string | symbol

export interface SessionOptions {
  /** The whole value of the header field. */
  readonly authorization: string
  /** Of which trace its calls are: a well-formed header field of Trace Context. Default: none. */
  readonly traceparent?: string | undefined
  readonly signal?: AbortSignal | undefined
  /** Who asks, perhaps in other sessions too: callers have turns. Default: one of this session alone. */
  readonly caller?: CallerName | undefined
  /** Called once for every call. */
  readonly onCall?: (call: UpstreamCall) => void
  /** Called for every attempt of every call. */
  readonly onAttempt?: (attempt: UpstreamAttempt) => void
  /** Runs before each call. Where it throws, no call is made, and the error is passed on. */
  readonly beforeCall?: (endpoint: EndpointName) => void
  /** Runs before each further attempt of a call. */
  readonly onRetry?: (endpoint: EndpointName) => void
  /** May be called for as long as what was read lives: it should hold nothing of a request. */
  readonly onOddity?: OnEndpointOddity
}

/** How busy the upstream is kept, and what of it has failed so often that nobody is let through. */
interface UpstreamState {
  readonly underWay: number
  readonly waiting: number
  readonly endpointsNotAsked: ReadonlySet<EndpointName>
}

/**
 * Is called once a call begins, and given what others need who wait for it too: `outlive` has the call
 * end when a signal aborts, and not with its session. Each time, it may take as long again as a call.
 */
export type OnBegin = (outlive: (signal: AbortSignal) => void) => void

export type Query = Readonly<Record<string, string | number | undefined>>

/** The upstream as one identity sees it. */
export interface UpstreamSession {
  /**
   * Makes one GET, and again if it fails and that may help. `path` begins with a slash and holds
   * nothing that needs encoding; `decode` turns the parsed JSON into what is wanted and may throw an
   * UpstreamError, which is the attempt's outcome.
   *
   * Rejects with an UpstreamError, with what `beforeCall` threw, or with the signal's reason.
   */
  get<Body>(
    endpoint: EndpointName,
    path: string,
    query: Query,
    decode: Decode<Body>,
    onBegin?: OnBegin,
  ): Promise<Body>
  /** For what an endpoint gave. Needs no `this`, and what it gives outlives the session. */
  readonly oddity: (endpoint: EndpointName) => OnOddity
}

/**
 * The header value for HTTP Basic, in UTF-8. Throws TypeError for an account with a colon: the
 * upstream would take what follows it for the password.
 */
export function basicAuthorization(account: string, password: string): string {
  if (account.includes(':')) throw new TypeError('account must not contain a colon')
  return `Basic ${Buffer.from(`${account}:${password}`, 'utf8').toString('base64')}`
}

/** The REST API: connections to one origin, and what its sessions share. */
export class UpstreamClient {
  readonly #shared: SharedState

  /** Throws TypeError if the origin is not usable; its message does not repeat it. */
  constructor({ limits, proxies = {}, random = Math.random, ...options }: UpstreamClientOptions) {
    const { origin, pathPrefix } = parseOrigin(options.origin)
    const connections = new Connections(origin, limits.concurrency, proxies)
    this.#shared = createSharedState(limits, connections, pathPrefix, random)
  }

  /** Throws TypeError if `authorization` does not fit into a header field. */
  session(options: SessionOptions): UpstreamSession {
    if (!/^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/.test(options.authorization))
      throw new TypeError('authorization must be visible ASCII characters in words')
    return new Session(this.#shared, options)
  }

  get state(): UpstreamState {
    const { gate, breakers } = this.#shared
    const isOpen = ENDPOINT_NAMES.filter(name => breakers(name).isOpen)
    return { ...gate.load, endpointsNotAsked: new Set(isOpen) }
  }

  /** Waits for the calls that run, each up to its deadline; later ones are refused. */
  close(): Promise<void> {
    return this.#shared.connections.close()
  }
}
