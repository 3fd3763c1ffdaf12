import type { Server } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * Gives the JSON to answer in place of the upstream's own, or a whole response. `path` is the
 * call's, without query.
 */
export type Distortion = (body: never, path: string) => unknown

interface DistortingProxy {
  readonly url: string
  close(): Promise<void>
}

/** An upstream that lies: it passes calls on, and distorts the answers. */
export async function startDistortingProxy(
  target: string,
  distort: Distortion,
): Promise<DistortingProxy> {
  const server = createServer(async (request, response) => {
    const { url = '/', headers } = request
    const { authorization = '' } = headers
    const answer = await fetch(target + url, { headers: { authorization } })
    const body = distort((await answer.json()) as never, url.replace(/\?.*/, ''))
    const told = body instanceof Response ? body : Response.json(body, { status: answer.status })
    response.writeHead(told.status, { 'Content-Type': 'application/json' })
    response.end(await told.text())
  })
  return { url: await listen(server), close: () => close(server) }
}

async function listen(server: Server): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<void>()
  server.listen(0, '127.0.0.1', resolve)
  await promise
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function close(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  server.close(() => resolve())
  server.closeAllConnections()
  await promise
}
