import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parseConfig } from '../../src/config.ts'
import type { UpstreamLimits } from '../../src/upstream/calls/limits.ts'
import {
  type SessionOptions,
  type UpstreamCall,
  UpstreamClient,
  type UpstreamClientOptions,
  type UpstreamSession,
} from '../../src/upstream/client.ts'
import type { EndpointName } from '../../src/upstream/endpoint.ts'
import type { OddityKind } from '../../src/upstream/oddity.ts'

interface SeenRequest {
  readonly method: string
  readonly target: string
  readonly headers: IncomingHttpHeaders
}

export interface FakeUpstream extends AsyncDisposable {
  readonly url: string
  readonly requests: readonly SeenRequest[]
  /** How many connections were ever opened. */
  connectionCount(): number
}

/** An HTTP server of its own that answers as the test says. */
export async function startFakeUpstream(listener: RequestListener): Promise<FakeUpstream> {
  const requests: SeenRequest[] = []
  let connections = 0
  const server = createServer((request, response) => {
    const { method = '', url = '', headers } = request
    requests.push({ method, target: url, headers })
    listener(request, response)
  })
  server.on('connection', () => {
    connections += 1
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    connectionCount: () => connections,
    async [Symbol.asyncDispose]() {
      const closed = new Promise(resolve => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

/** Answers every request with 200 and the body; JSON unless it is a string already. */
export const answering =
  (body: unknown, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', ...headers })
    response.end(typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body))
  }

export const AUTHORIZATION = 'Basic c2VjcmV0LWFjY291bnQ6c2VjcmV0LXBhc3N3b3Jk'

export interface Visit extends AsyncDisposable {
  readonly client: UpstreamClient
  readonly session: UpstreamSession
  readonly calls: readonly UpstreamCall[]
  readonly oddities: readonly OddityKind[]
  /** Fields of which values could not be read. */
  readonly unreadable: readonly string[]
  /** The body as it was parsed. */
  get(endpoint?: EndpointName, path?: string): Promise<unknown>
}

/** What the program runs with if nothing is configured. */
export const LIMITS = parseConfig({}).upstream.limits

interface VisitOptions extends Partial<UpstreamLimits> {
  readonly proxies?: UpstreamClientOptions['proxies']
  /** How long waits are, of what they may be at most. Default 0. */
  readonly random?: number
}

/** A client with one session, which remembers what it was told, and makes each call once. */
export function visit(
  origin: string,
  { proxies = {}, random = 0, ...limits }: VisitOptions = {},
  sessionOptions: Partial<SessionOptions> = {},
): Visit {
  const calls: UpstreamCall[] = []
  const oddities: OddityKind[] = []
  const unreadable: string[] = []
  const client = new UpstreamClient({
    origin,
    limits: { ...LIMITS, maxAttempts: 1, ...limits },
    proxies,
    random: () => random,
  })
  const session = client.session({
    authorization: AUTHORIZATION,
    onCall: call => calls.push(call),
    onOddity(_endpoint, kind, field) {
      oddities.push(kind)
      if (field !== undefined) unreadable.push(field)
    },
    ...sessionOptions,
  })
  return {
    client,
    session,
    calls,
    oddities,
    unreadable,
    get: (endpoint = 'histories', path = '/any.json') =>
      session.get(endpoint, path, {}, body => body),
    [Symbol.asyncDispose]: () => client.close(),
  }
}

/** What a promise rejects with; fails where it does not. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  const value = await promise.then(
    () => 'fulfilled',
    error => ({ error }),
  )
  if (value === 'fulfilled') throw new Error('expected a rejection, got a value')
  return (value as { error: unknown }).error
}
