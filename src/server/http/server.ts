import { once } from 'node:events'
import type { RequestListener, Server } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import type { Log } from '../../log.ts'
import { AnswersUnderWay } from './answers-under-way.ts'
import { isHealthPath } from './health.ts'
import { refuseMalformedRequests } from './malformed-requests.ts'
import { createServer } from './node-http.ts'
import { Quiet } from './quiet.ts'

interface HttpServer {
  /** Such as `http://127.0.0.1:4000`. */
  readonly origin: string
  readonly isDraining: boolean
  /**
   * Lets the answers under way finish, and takes no more requests. Resolves with false if some had
   * to be cut because the time was over.
   */
  drain(timeoutMs: number): Promise<boolean>
}

/**
 * A sender that takes longer for the head of a request, or for all of it, is cut. The check comes once
 * a second, so that it is cut within 12 s.
 */
const SENDER_PATIENCE_MS = 10_000
const SENDER_CHECK_MS = 1000

/** Longer than load balancers keep an idle connection, so that it is they who close it. */
const KEEP_ALIVE_MS = 75_000

/** Of all header fields together. A token of some issuers takes half of it. */
const MAX_HEADER_BYTES = 16 * 1024

export interface HttpServerOptions {
  readonly host: string
  readonly port: number
  /**
   * A reader that takes nothing of an answer for this long, or for twice as long at most, is cut,
   * because the gateway holds an answer until it is taken. Default: 30 s.
   */
  readonly readerPatienceMs?: number
  /** Further connections are closed at once. Default: 2,000. */
  readonly maxConnections?: number
  /** Is called for each connection that is accepted. */
  readonly onConnection?: () => void
}

/** Resolves once it listens; rejects if it cannot. */
export async function startHttpServer(
  listener: (isDraining: () => boolean) => RequestListener,
  { host, port, readerPatienceMs = 30_000, maxConnections = 2000, onConnection }: HttpServerOptions,
  log: Log,
): Promise<HttpServer> {
  const server = createServer({
    headersTimeout: SENDER_PATIENCE_MS,
    requestTimeout: SENDER_PATIENCE_MS,
    connectionsCheckingInterval: SENDER_CHECK_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    maxHeaderSize: MAX_HEADER_BYTES,
    // Node's own refusal has none of our header fields: see the router.
    requireHostHeader: false,
  })
  server.maxConnections = maxConnections
  server.timeout = readerPatienceMs
  const underWay = new AnswersUnderWay()
  const quiet = new Quiet()
  let isDraining = false

  if (onConnection) server.on('connection', onConnection)
  server.on('timeout', socket => {
    const answer = underWay.all.find(each => each.socket === socket)
    // An answer that is still being made may take long, because the upstream is slow.
    if (answer && !answer.writableEnded) socket.setTimeout(readerPatienceMs)
    else socket.destroy()
  })

  server.on('request', ({ url = '' }, outgoing) => {
    // Whether it is ready is asked for ever.
    const isTraffic = !isHealthPath(url)
    if (isTraffic) quiet.noteTraffic()
    underWay.add(outgoing)
    if (isTraffic) outgoing.once('close', () => quiet.noteTraffic())
    if (isDraining) outgoing.shouldKeepAlive = false
  })
  server.on(
    'request',
    listener(() => isDraining),
  )
  // What it expects is not looked at, which HTTP allows, for the same reason.
  server.on('checkExpectation', (incoming, outgoing) => server.emit('request', incoming, outgoing))
  refuseMalformedRequests(server, underWay, MAX_HEADER_BYTES, log)
  // As many may wait to be accepted as may be open. The system drops others, which then ask again after
  // a second or more: no gateway could know of that wait.
  server.listen({ host, port, backlog: maxConnections })
  await once(server, 'listening')

  return {
    origin: originOf(server, host),
    get isDraining() {
      return isDraining
    },
    async drain(timeoutMs) {
      const endsAtMs = performance.now() + timeoutMs
      isDraining = true
      for (const outgoing of underWay.all) outgoing.shouldKeepAlive = false
      await quiet.begin(timeoutMs)
      server.close()
      const allClosed = Promise.all(underWay.all.map(outgoing => once(outgoing, 'close')))
      await Promise.race([
        allClosed,
        wait(Math.max(0, endsAtMs - performance.now()), null, { ref: false }),
      ])
      const areAllAnswered = underWay.all.length === 0
      // The connections that are left have no request, such as those that browsers open in advance.
      server.closeAllConnections()
      return areAllAnswered
    },
  }
}

function originOf(server: Server, host: string): string {
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}
