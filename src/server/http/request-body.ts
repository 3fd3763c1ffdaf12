import type { IncomingMessage } from 'node:http'
import { CallerGoneError } from './hang-up.ts'
import { RefusalError } from './refusals.ts'

/**
 * The whole body. Throws a RefusalError as soon as it is too large, leaving the rest unread, and a
 * CallerGoneError where it ends early.
 */
export async function readBody(incoming: IncomingMessage, maxBytes: number): Promise<string> {
  if (Number(incoming.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes)
  const chunks: Buffer[] = []
  let byteLength = 0
  for await (const chunk of received(incoming)) {
    byteLength += chunk.length
    if (byteLength > maxBytes) throw tooLarge(maxBytes)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, byteLength).toString('utf8')
}

/** The request itself stays usable when it is not read to its end. */
async function* received(incoming: IncomingMessage): AsyncGenerator<Buffer> {
  try {
    yield* incoming.iterator({ destroyOnReturn: false })
  } catch {
    throw new CallerGoneError()
  }
}

const tooLarge = (maxBytes: number) =>
  new RefusalError({
    code: 'PAYLOAD_TOO_LARGE',
    message: `Expected a body of at most ${maxBytes} bytes, got more.`,
    // The connection still holds the rest of the body, so it serves no other request.
    headers: { Connection: 'close' },
  })
