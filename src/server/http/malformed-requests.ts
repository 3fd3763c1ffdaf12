import { randomUUID } from 'node:crypto'
import type { Server, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Log } from '../../log.ts'
import type { AnswersUnderWay } from './answers-under-way.ts'
import { type HttpRefusal, methodNotAllowed } from './refusals.ts'
import { refuseBody } from './request-body.ts'
import { textOfRefusal } from './response.ts'
import { statusOf } from './statuses.ts'

/**
 * What still comes is read for so long after a refusal: a connection that is closed before is reset,
 * and its caller may lose the answer.
 */
const LINGER_MS = 500

/**
 * Answers what Node cannot read as a request, in place of Node: with a code and all header fields, and
 * with a line in the log. Then the connection is closed, because nobody knows where on it the next
 * request begins. The requests before it are answered first.
 */
export function refuseMalformedRequests(
  server: Server,
  underWay: AnswersUnderWay,
  maxHeaderBytes: number,
  log: Log,
): void {
  const seen = new WeakSet<Duplex>()

  function refuse(socket: Duplex, refusal: HttpRefusal): void {
    const before = underWay.on(socket)
    const unread = before.find(({ req }) => !req.complete)
    // Whoever reads the body answers, as for all that is wrong with one.
    if (unread) refuseBody(unread.req, refusal)
    const isAnswer = !unread && !underWay.hasUnreadBody(socket)
    const requestId = randomUUID()
    const { code } = refusal
    if (isAnswer)
      log.info('request-refused', { requestId, status: statusOf(code).status, errorCodes: [code] })
    whenClosed(before, () => close(socket, isAnswer ? textOfRefusal(refusal, requestId) : ''))
  }

  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    // The parser repeats itself with all that comes after an error.
    if (seen.has(socket)) return
    seen.add(socket)
    if (error.code === AFTER_THE_LAST) return
    if (!socket.writable || isSilent(socket) || isGone(error, socket)) socket.destroy()
    else refuse(socket, refusalOf(error.code, maxHeaderBytes))
  })
  server.on('connect', ({ socket }) => {
    socket.on('error', () => undefined).resume()
    refuse(socket, methodNotAllowed('GET, HEAD, POST'))
  })

  const isGone = ({ code }: NodeJS.ErrnoException, socket: Duplex) =>
    code === 'HPE_INVALID_EOF_STATE' && underWay.on(socket).some(({ req }) => !req.complete)
}

/** More was sent behind a request that was said to be the last: its answer closes the connection. */
const AFTER_THE_LAST = 'HPE_CLOSED_CONNECTION'

/** Browsers open connections in advance, and would take an answer for that to their next request. */
const isSilent = (socket: Duplex) => socket instanceof Socket && socket.bytesRead === 0

function refusalOf(code: string | undefined, maxHeaderBytes: number): HttpRefusal {
  if (code === 'HPE_HEADER_OVERFLOW')
    return {
      code: 'HEADERS_TOO_LARGE',
      message: `Expected a URL and header fields of less than ${maxHeaderBytes} bytes, got more.`,
    }
  return REFUSALS.get(code) ?? UNREADABLE
}

const CLOSE = { Connection: 'close' }

const UNREADABLE: HttpRefusal = {
  code: 'BAD_REQUEST',
  message: 'Expected a request of HTTP/1.1, got what cannot be read as one.',
  headers: CLOSE,
}

const REFUSALS: ReadonlyMap<string | undefined, HttpRefusal> = new Map([
  [
    'ERR_HTTP_REQUEST_TIMEOUT',
    {
      code: 'REQUEST_TIMEOUT',
      message: 'Expected a whole request within some seconds, got a part of one.',
      headers: CLOSE,
    },
  ],
  [
    'HPE_CHUNK_EXTENSIONS_OVERFLOW',
    {
      code: 'PAYLOAD_TOO_LARGE',
      message: 'Expected chunks without long extensions, got others.',
      headers: CLOSE,
    },
  ],
])

function whenClosed(answers: readonly ServerResponse[], then: () => void): void {
  let open = answers.length
  if (open === 0) then()
  for (const answer of answers) {
    answer.once('close', () => {
      open -= 1
      if (open === 0) then()
    })
  }
}

function close(socket: Duplex, text: string): void {
  if (socket.writable) socket.end(text)
  setTimeout(() => socket.destroy(), LINGER_MS).unref()
}
