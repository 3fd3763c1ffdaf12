import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Answer } from './answer.ts'
import { type Incoming, readIncoming } from './incoming.ts'

/** Answers over HTTP, on connections that are kept alive; each call is awaited on its own. */
export function createHttpServer(answer: (incoming: Incoming) => Promise<Answer>): Server {
  const server = createServer((request, response) => {
    request.resume()
    answer(readIncoming(request)).then(
      answered => send(response, answered),
      (error: unknown) => response.destroy(error as Error),
    )
  })
  server.keepAliveTimeout = 60_000
  return server
}

/** Resolves with the origin once it listens; rejects where the port is taken. */
export async function listen(server: Server, port: number, host: string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject)
  server.listen(port, host, resolve)
  await promise
  const { port: bound } = server.address() as AddressInfo
  return `http://${host.includes(':') ? `[${host}]` : host}:${bound}`
}

/** Idle and busy connections are cut, so that it never waits for a caller. */
export async function stop(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  server.close(() => resolve())
  server.closeAllConnections()
  await promise
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    ...headers,
  })
  response.end(body)
}
