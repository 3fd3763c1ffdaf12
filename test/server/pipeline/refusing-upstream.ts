import { once } from 'node:events'
import { createServer } from 'node:http'

/** An upstream that answers everything with one status and a page of HTML. */
export async function startRefusingUpstream(status: number) {
  const server = createServer((_, response) => {
    response.writeHead(status, { 'Content-Type': 'text/html' }).end('<h1>secret-host</h1>')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.close()
      server.closeAllConnections()
    },
  }
}
