import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { describeError, type Log } from '../../log.ts'
import { createHealth } from './health.ts'
import { acceptedEncodings, type ContentEncoding, wantsPage } from './negotiation.ts'
import { GRAPHQL_PATH, targetOf } from './paths.ts'
import { NO_ENCODING, NOT_FOUND, refusalOf } from './refusals.ts'
import { respond, respondRefusal } from './response.ts'

/** Answers a request that may be an operation, in one of the encodings that the caller accepts. */
export type AnswerOperation = (
  requestId: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  encodings: readonly ContentEncoding[],
) => Promise<void>

/** A page for browsers, and the files that it needs. */
export interface Page {
  isAskedFor(path: string, incoming: IncomingMessage): boolean
  answer(path: string, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void>
}

export interface RouterOptions {
  readonly answerOperation: AnswerOperation
  readonly page: Page
  readonly isDraining: () => boolean
  readonly log: Log
}

/** Takes each request to what answers it. */
export function createRouter({ answerOperation, page, isDraining, log }: RouterOptions) {
  const health = createHealth(isDraining)

  async function route(
    requestId: string,
    incoming: IncomingMessage,
    outgoing: ServerResponse,
  ): Promise<void> {
    const { path } = targetOf(incoming)
    if (path.startsWith('/health/') && health.answer(path, incoming, outgoing)) return
    if (page.isAskedFor(path, incoming)) return page.answer(path, incoming, outgoing)
    if (path === '/' && wantsPage(incoming)) return respond(outgoing, 302, TO_PAGE, '')
    if (path !== GRAPHQL_PATH) return respondRefusal(outgoing, NOT_FOUND)
    const encodings = acceptedEncodings(incoming)
    const refusal = refusalOf(incoming) ?? (encodings.length === 0 ? NO_ENCODING : undefined)
    if (refusal) return respondRefusal(outgoing, refusal)
    return answerOperation(requestId, incoming, outgoing, encodings)
  }

  return (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    const requestId = randomUUID()
    outgoing.setHeader('X-Request-Id', requestId)
    route(requestId, incoming, outgoing).catch((error: unknown) => {
      log.error('unexpected-error', { requestId, ...describeError(error) })
      respondRefusal(outgoing, { ...INTERNAL, requestId })
    })
  }
}

/** Relative, so that it holds if a proxy puts a prefix before the path. */
const TO_PAGE = { Location: GRAPHQL_PATH.slice(1), Vary: 'Accept' }

const INTERNAL = { code: 'INTERNAL_SERVER_ERROR', message: 'Internal server error.' }
