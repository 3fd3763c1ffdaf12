import { createServer, type Server } from 'node:http'
import type { Answer } from './answer.ts'
import { whole } from './deliveries.ts'
import { type Incoming, readIncoming } from './incoming.ts'

/** Answers over HTTP, on connections that are kept alive. What `answer` rejects with is a 500. */
export function createHttpServer(answer: (incoming: Incoming) => Promise<Answer>): Server {
  const server = createServer(async (request, response) => {
    request.resume()
    const incoming = readIncoming(request)
    const answered = await answer(incoming).catch(failure)
    incoming.call.status = answered.status
    const { deliver = whole } = answered
    deliver(response, answered)
  })
  server.keepAliveTimeout = 60_000
  return server
}

function failure(error: unknown): Answer {
  const message = error instanceof Error ? error.message : String(error)
  return { status: 500, headers: {}, body: JSON.stringify({ status: '500', message }) }
}

/** Resolves with the origin once it listens; rejects if the port is taken. */
export async function listen(server: Server, port: number, host: string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject)
  server.listen(port, host, resolve)
  await promise
  const address = server.address()
  const boundPort = typeof address === 'object' && address ? address.port : port
  return `http://${host.includes(':') ? `[${host}]` : host}:${boundPort}`
}

/** Idle and busy connections are cut, so that it never waits for a caller. */
export async function stop(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  server.close(() => resolve())
  server.closeAllConnections()
  await promise
}
