import { once } from 'node:events'
import { type Agent, type IncomingMessage, request as send } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { openRawConnection } from '../server/http/raw-http.ts'
import type { FuzzRequest } from './requests.ts'

/** What a request led to. */
export interface Outcome {
  /** 0: the connection failed. Negative: bytes that were no whole request were not answered. */
  readonly status: number
  readonly headers: string
  readonly body: string
  /** On the thread of the gateway, its caller and the emulator. */
  readonly cpuMs: number
}

export async function exchange(
  origin: string,
  agent: Agent,
  request: FuzzRequest,
): Promise<Outcome> {
  const before = process.threadCpuUsage()
  if (request.isRaw) return sendRaw(origin, request.body)
  const { method, headers, body } = request
  const outgoing = send(origin, { agent, method, headers, path: request.path })
  // A body that is too large is refused while it is still sent: the answer is there all the same.
  outgoing.on('error', () => undefined)
  outgoing.end(body)
  try {
    const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage]
    const bytes = await buffer(incoming)
    const { user, system } = process.threadCpuUsage(before)
    return {
      status: incoming.statusCode ?? 0,
      headers: incoming.rawHeaders.join('\n'),
      body: decoded(bytes, incoming.headers['content-encoding']),
      cpuMs: (user + system) / 1000,
    }
  } catch (error) {
    return { status: 0, headers: '', body: String(error), cpuMs: 0 }
  }
}

/** Bytes that are no whole request are not answered, so that this waits only a moment. */
async function sendRaw(origin: string, bytes: Buffer = Buffer.of()): Promise<Outcome> {
  const connection = await openRawConnection(origin)
  connection.socket.end(bytes)
  await Promise.race([connection.ended, wait(100)])
  connection.socket.destroy()
  const [head = '', body = ''] = connection.received.split('\r\n\r\n')
  const status = Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1] ?? NOT_ANSWERED)
  return { status, headers: head, body, cpuMs: 0 }
}

const NOT_ANSWERED = -1

function decoded(bytes: Buffer, encoding: string | undefined): string {
  if (encoding === 'gzip') return gunzipSync(bytes).toString()
  return (encoding === 'br' ? brotliDecompressSync(bytes) : bytes).toString()
}
