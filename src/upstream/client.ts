import { Pool } from 'undici'
import { type Answer, parseAnswer } from './answer.ts'
import { ACCEPTED_ENCODINGS } from './body.ts'
import { Deadlines } from './deadline.ts'
import { ENDPOINT_NOUNS, type EndpointName } from './endpoint.ts'
import { UpstreamError, UpstreamTimeoutError } from './errors.ts'
import { Exchange } from './exchange.ts'
import type { OnOddity } from './oddity.ts'
import { parseOrigin } from './origin.ts'

export interface UpstreamClientOptions {
  /** http or https; may carry a path prefix, which is kept. */
  readonly origin: string
  /** For one call as a whole, waiting for a connection included. Default 15,000. */
  readonly deadlineMs?: number
  /** Of a decoded body. Default 8 MiB. */
  readonly maxBodyBytes?: number
  /** How many calls run at once, of all sessions; further ones wait. Default 32. */
  readonly connections?: number
}

/** One call that was made, once it is over. */
export interface UpstreamCall {
  readonly endpoint: EndpointName
  readonly durationMs: number
  /** `ok`, the error's code, or `ABORTED` if the caller's signal ended it. */
  readonly outcome: string
}

export interface SessionOptions {
  /** The whole value of the header field. */
  readonly authorization: string
  readonly signal?: AbortSignal | undefined
  /** Told of every call once. */
  readonly onCall?: (call: UpstreamCall) => void
  /** Runs before each call. Where it throws, no call is made, and the error is passed on. */
  readonly beforeCall?: (endpoint: EndpointName) => void
  /** May be called for as long as what was read lives: it should hold nothing of a request. */
  readonly onOddity?: OnOddity
}

export type Query = Readonly<Record<string, string | number | undefined>>

/** The upstream as one identity sees it. */
export interface UpstreamSession {
  /**
   * Makes one GET. `path` begins with a slash and holds nothing that needs encoding; `decode` turns
   * the parsed JSON into what is wanted and may throw an UpstreamError, which is the call's outcome.
   *
   * Rejects with an UpstreamError, with what `beforeCall` threw, or with the signal's reason.
   */
  get<Body>(
    endpoint: EndpointName,
    path: string,
    query: Query,
    decode: (body: unknown) => Body,
  ): Promise<Body>
  /** Needs no `this`, and outlives the session. */
  readonly oddity: OnOddity
}

/**
 * The header value for HTTP Basic, in UTF-8. Throws TypeError for an account with a colon: the
 * upstream would take what follows it for the password.
 */
export function basicAuthorization(account: string, password: string): string {
  if (account.includes(':')) throw new TypeError('account must not contain a colon')
  return `Basic ${Buffer.from(`${account}:${password}`, 'utf8').toString('base64')}`
}

const ignoreOddity = () => undefined

/** The REST API: a pool of connections to one origin, shared by its sessions. */
export class UpstreamClient {
  readonly #pool: Pool
  readonly #pathPrefix: string
  readonly #deadlineMs: number
  readonly #maxBodyBytes: number

  /** Throws TypeError if the origin is not usable; its message does not repeat it. */
  constructor(options: UpstreamClientOptions) {
    const { origin, pathPrefix } = parseOrigin(options.origin)
    this.#pathPrefix = pathPrefix
    this.#deadlineMs = options.deadlineMs ?? 15_000
    this.#maxBodyBytes = options.maxBodyBytes ?? 8 * 1024 * 1024
    this.#pool = new Pool(origin, {
      connections: options.connections ?? 32,
      pipelining: 1,
      allowH2: false,
      keepAliveTimeout: 10_000,
      keepAliveMaxTimeout: 60_000,
      // Said here, it cannot be switched off by NODE_TLS_REJECT_UNAUTHORIZED.
      connect: { timeout: 5000, rejectUnauthorized: true },
      // The deadline covers both, and to the millisecond.
      headersTimeout: 0,
      bodyTimeout: 0,
    })
  }

  /** Throws TypeError if `authorization` does not fit into a header field. */
  session(options: SessionOptions): UpstreamSession {
    const { authorization, signal } = options
    if (!/^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/.test(authorization))
      throw new TypeError('authorization must be visible ASCII characters in words')
    const oddity = options.onOddity ?? ignoreOddity
    const headers = {
      accept: 'application/json',
      'accept-encoding': ACCEPTED_ENCODINGS,
      authorization,
    }
    const deadlines = new Deadlines(this.#deadlineMs, signal)
    const fetch = async (endpoint: EndpointName, target: string) => {
      const answer = await this.#exchange(endpoint, target, headers, deadlines)
      return parseAnswer(endpoint, answer, oddity)
    }
    return {
      get: (endpoint, path, query, decode) =>
        observed(options, endpoint, async () =>
          decode(await fetch(endpoint, path + toSearch(query))),
        ),
      oddity,
    }
  }

  /** Waits for the calls that run, each up to its deadline; later ones are refused. */
  close(): Promise<void> {
    return this.#pool.close()
  }

  /** One attempt. */
  async #exchange(
    endpoint: EndpointName,
    target: string,
    headers: Readonly<Record<string, string>>,
    deadlines: Deadlines,
  ): Promise<Answer> {
    const exchange = new Exchange(endpoint, this.#maxBodyBytes)
    using _ = deadlines.watch(exchange, () => this.#timeout(endpoint))
    this.#pool.dispatch({ method: 'GET', path: this.#pathPrefix + target, headers }, exchange)
    return await exchange.answer
  }

  #timeout(endpoint: EndpointName) {
    return new UpstreamTimeoutError(
      `The upstream is too slow for ${ENDPOINT_NOUNS[endpoint]}: expected an answer within ${this.#deadlineMs} ms, got none.`,
    )
  }
}

async function observed<Body>(
  { signal, beforeCall, onCall }: SessionOptions,
  endpoint: EndpointName,
  call: () => Promise<Body>,
): Promise<Body> {
  signal?.throwIfAborted()
  beforeCall?.(endpoint)
  const startedAt = performance.now()
  let outcome = 'ok'
  try {
    return await call()
  } catch (error) {
    outcome =
      error instanceof UpstreamError ? error.code : signal?.aborted ? 'ABORTED' : 'UNEXPECTED'
    throw error
  } finally {
    onCall?.({ endpoint, durationMs: performance.now() - startedAt, outcome })
  }
}

function toSearch(query: Query): string {
  const search = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
  )
  return search.length === 0 ? '' : `?${search.join('&')}`
}
