import type { Socket } from 'node:net'
import { buildConnector, type Dispatcher, EnvHttpProxyAgent, Pool } from 'undici'
import { UpstreamUnavailableError } from '../errors.ts'

/** The proxies of a company's network, as the environment names them. */
export interface Proxies {
  /** For upstreams of https, such as `http://proxy.example:3128`. */
  readonly https?: string | undefined
  /** For upstreams of http, and of https if there is none for these. */
  readonly http?: string | undefined
  /** Hosts that are reached without one, with commas between them. */
  readonly except?: string | undefined
}

const CONNECT_MS = 5000
/** Shorter than what most servers keep: of the two sides, this one should close. */
const IDLE_MS = 10_000
const LONGEST_IDLE_MS = 60_000
/** Said here, it cannot be switched off by NODE_TLS_REJECT_UNAUTHORIZED. */
const TLS = { rejectUnauthorized: true }

/** The connections to one origin. */
export class Connections {
  readonly #dispatcher: Dispatcher
  readonly #origin: string
  /** When the connection began that an error came of. */
  readonly #beganAtMs = new WeakMap<Error, number>()

  constructor(origin: string, connections: number, proxies: Proxies) {
    this.#origin = origin
    const options = {
      connections,
      pipelining: 1,
      allowH2: false,
      keepAliveTimeout: IDLE_MS,
      keepAliveMaxTimeout: LONGEST_IDLE_MS,
      // Deadlines of ours cover both, and to the millisecond.
      headersTimeout: 0,
      bodyTimeout: 0,
    }
    const { https = '', http = '', except = '' } = proxies
    this.#dispatcher =
      https || http
        ? new EnvHttpProxyAgent({
            ...options,
            connect: { timeout: CONNECT_MS, ...TLS },
            connectTimeout: CONNECT_MS,
            requestTls: TLS,
            proxyTls: TLS,
            httpProxy: http,
            httpsProxy: https || http,
            noProxy: except,
          })
        : new Pool(origin, { ...options, connect: this.#observing(CONNECT_MS) })
  }

  send(
    path: string,
    headers: Readonly<Record<string, string>>,
    handler: Dispatcher.DispatchHandler,
  ): void {
    this.#dispatcher.dispatch({ origin: this.#origin, method: 'GET', path, headers }, handler)
  }

  /**
   * Whether a call that began at a time failed because the server had closed a kept connection: one
   * that was there before, and of which no byte of an answer came.
   */
  isClosedByServer(error: unknown, callBeganAtMs: number): boolean {
    if (!(error instanceof UpstreamUnavailableError && error.cause instanceof Error)) return false
    return (this.#beganAtMs.get(error.cause) ?? Number.POSITIVE_INFINITY) < callBeganAtMs
  }

  close(): Promise<void> {
    return this.#dispatcher.close()
  }

  /** Connects, and notes what errors its connections come of. */
  #observing(timeout: number): buildConnector.connector {
    const connect = buildConnector({ timeout, allowH2: false, ...TLS })
    return (options, callback) =>
      connect(options, (...result) => {
        const [, socket] = result
        if (socket) this.#observe(socket)
        callback(...result)
      })
  }

  #observe(socket: Socket): void {
    const beganAtMs = performance.now()
    socket.on('error', error => this.#beganAtMs.set(error, beganAtMs))
  }
}
