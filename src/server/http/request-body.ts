import type { IncomingMessage, ServerResponse } from 'node:http'
import { RefusalError } from './refusals.ts'

/**
 * The whole body. Throws a RefusalError as soon as it is too large, leaving the rest unread, or if it
 * is not UTF-8, and a CallerGoneError if it ends early.
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
  return decode(Buffer.concat(chunks, byteLength))
}

/** Without a byte order mark, which some clients send. Other bytes than UTF-8 would change the text. */
function decode(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    throw new RefusalError({
      code: 'BAD_REQUEST',
      message: 'Expected a body in UTF-8, got other bytes.',
    })
  }
}

/** Leaves the request usable if it is not read to its end. */
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

/** The caller hung up: its upstream calls end, since it does not wait for them any more. */
export class CallerGoneError extends Error {
  override readonly name = 'CallerGoneError'

  constructor() {
    super('The caller hung up.')
  }
}

/** Aborts with a CallerGoneError when the connection closes before its answer is complete. */
export function callerSignal(outgoing: ServerResponse): AbortSignal {
  const controller = new AbortController()
  outgoing.once('close', () => {
    if (!outgoing.writableFinished) controller.abort(new CallerGoneError())
  })
  return controller.signal
}
