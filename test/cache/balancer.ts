import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

export interface Balancer extends AsyncDisposable {
  readonly origin: string
  /** Requests that another process was asked again, as one was gone. */
  readonly askedAgain: number
}

/**
 * Has processes asked by turns, as what stands before several of them does. A request whose process
 * goes away before it answers is given to the next one: whatever is asked of a gateway may be asked again.
 */
export async function startBalancer(origins: readonly string[]): Promise<Balancer> {
  let turn = 0
  let askedAgain = 0
  const server = createServer(async (incoming, outgoing) => {
    const body = await buffer(incoming)
    const first = turn++
    for (const tried of origins.keys()) {
      const origin = origins[(first + tried) % origins.length] ?? ''
      if (await passOn(origin, incoming, body, outgoing)) return
      askedAgain += 1
    }
    outgoing.writeHead(502).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get askedAgain() {
      return askedAgain
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** False if it gave no whole answer. */
function passOn(
  origin: string,
  { method = 'GET', url = '/', headers }: IncomingMessage,
  body: Buffer,
  outgoing: ServerResponse,
): Promise<boolean> {
  return new Promise(resolve => {
    const sent = request(origin + url, { method, headers }, async answer => {
      const text = await buffer(answer).catch(() => undefined)
      if (text) outgoing.writeHead(answer.statusCode ?? 502, answer.headers).end(text)
      resolve(text !== undefined)
    })
    sent.on('error', () => resolve(false))
    sent.end(body)
  })
}
