import { isUtf8 } from 'node:buffer'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type HttpRefusal, RefusalError } from './refusals.ts'

/**
 * The whole body. Rejects with a RefusalError as soon as it is too large, leaving the rest unread, or
 * if it is not UTF-8, and with a CallerGoneError if it ends early.
 */
export async function readBody(incoming: IncomingMessage, maxBytes: number): Promise<string> {
  if (Number(incoming.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes)
  return decode(await received(incoming, maxBytes))
}

const REFUSED = Symbol('refused')

interface Incoming extends IncomingMessage {
  [REFUSED]?: HttpRefusal
}

/** Has whoever reads the body, now or later, give this refusal. */
export function refuseBody(incoming: Incoming, refusal: HttpRefusal): void {
  incoming[REFUSED] = refusal
  incoming.emit(REFUSED)
}

/** By events: an iterator of the stream takes several times as long, for a body that comes at once. */
function received(incoming: Incoming, maxBytes: number): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  const chunks: Buffer[] = []
  let byteLength = 0
  const take = (chunk: Buffer) => {
    byteLength += chunk.length
    chunks.push(chunk)
    if (byteLength <= maxBytes) return
    incoming.off('data', take).pause()
    reject(tooLarge(maxBytes))
  }
  incoming.on('data', take)
  incoming.once('end', () =>
    resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)),
  )
  const refuse = () => incoming[REFUSED] && reject(new RefusalError(incoming[REFUSED]))
  incoming.once(REFUSED, refuse)
  refuse()
  incoming.once('error', () => reject(new CallerGoneError()))
  return promise
}

/** Without a byte order mark, which some clients send. Other bytes than UTF-8 would change the text. */
function decode(body: Buffer): string {
  if (!isUtf8(body))
    throw new RefusalError({
      code: 'BAD_REQUEST',
      message: 'Expected a body in UTF-8, got other bytes.',
    })
  const text = body.toString()
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text
}

const BYTE_ORDER_MARK = '\uFEFF'

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
