import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface ProxiedCall {
  /** Without the query, such as `/api/v1/servicesummary/1500.json`. */
  readonly path: string
  readonly atMs: number
  /** 0 for the first call of this path. */
  readonly earlier: number
}

export interface Refusal {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
}

interface FlappingProxy extends AsyncDisposable {
  readonly url: string
  /** All calls so far, refused ones included. */
  readonly calls: readonly ProxiedCall[]
}

/** An upstream that is up and down: it passes calls on, but for those that `refuse` picks. */
export async function startFlappingProxy(
  target: string,
  refuse: (call: ProxiedCall) => Refusal | undefined,
): Promise<FlappingProxy> {
  const calls: ProxiedCall[] = []
  const server = createServer(async ({ url = '/', headers }, response) => {
    const path = url.replace(/\?.*/, '')
    const earlier = calls.filter(call => call.path === path).length
    const call = { path, atMs: performance.now(), earlier }
    calls.push(call)
    const refusal = refuse(call)
    if (refusal) {
      response.writeHead(refusal.status, refusal.headers).end()
      return
    }
    const { authorization = '' } = headers
    const answer = await fetch(target + url, { headers: { authorization } })
    response.writeHead(answer.status, { 'Content-Type': 'application/json' })
    response.end(await answer.text())
  })
  const { promise, resolve } = Promise.withResolvers<void>()
  server.listen(0, '127.0.0.1', resolve)
  await promise
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    async [Symbol.asyncDispose]() {
      server.close()
      server.closeAllConnections()
    },
  }
}
