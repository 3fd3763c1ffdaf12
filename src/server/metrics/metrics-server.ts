import { once } from 'node:events'
import { createServer } from '../http/node-http.ts'
import { respond } from '../http/response.ts'
import type { ScrapedMetrics } from './metrics.ts'

interface MetricsServer {
  /** Such as `http://127.0.0.1:9464/metrics`. */
  readonly url: string
  close(): void
}

const PATH = '/metrics'
const PATIENCE_MS = 10_000

/** Serves metrics on a port of their own, which callers need not reach. Rejects if it cannot listen. */
export async function startMetricsServer(
  metrics: ScrapedMetrics,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<MetricsServer> {
  const server = createServer(
    { requestTimeout: PATIENCE_MS, headersTimeout: PATIENCE_MS },
    async ({ method, url }, outgoing) => {
      if (method !== 'GET' || url !== PATH) return respond(outgoing, 404, {}, '')
      const { contentType, text } = await metrics.read()
      respond(outgoing, 200, { 'Content-Type': contentType }, text)
    },
  )
  server.listen(port, host)
  await once(server, 'listening')
  const address = server.address()
  const listening = typeof address === 'object' && address ? address.port : port
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${listening}${PATH}`,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}
