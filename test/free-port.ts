import { once } from 'node:events'
import { createServer } from 'node:net'

/**
 * A port that nobody listens on, for a process that has to be told one: the wanted one, or any.
 * Rejects with EADDRINUSE where that one is taken.
 */
export async function freePort(wanted = 0): Promise<number> {
  const server = createServer().listen(wanted, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}
