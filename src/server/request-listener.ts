import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { describeError, type Log } from '../log.ts'
import { callerSignal } from './caller-gone.ts'
import { acceptedEncodings, type ContentEncoding } from './content-encoding.ts'
import type { Graphiql } from './graphiql/graphiql.ts'
import { GRAPHQL_PATH } from './graphql-path.ts'
import { answerHealth } from './health.ts'
import { NO_ENCODING, NOT_FOUND, refusalOf } from './http-refusal.ts'
import { answerTypeOf, JSON_TYPE } from './media-types.ts'
import { createOperationTrace, type OperationTrace } from './operation-trace.ts'
import { respondEncoded, respondRefusal } from './respond.ts'
import type { Graphql } from './yoga.ts'

export interface ListenerOptions {
  readonly graphql: Graphql
  /** Undefined where there is none. */
  readonly graphiql: Graphiql | undefined
  readonly isDraining: () => boolean
  readonly log: Log
}

/** Takes each request to what answers it. */
export function createRequestListener({ graphql, graphiql, isDraining, log }: ListenerOptions) {
  async function route(
    requestId: string,
    incoming: IncomingMessage,
    outgoing: ServerResponse,
  ): Promise<void> {
    const path = incoming.url?.split('?', 1)[0] ?? ''
    if (path.startsWith('/health/') && answerHealth(path, incoming, outgoing, isDraining())) return
    if (graphiql?.isAskedFor(path, incoming)) return graphiql.answer(path, incoming, outgoing)
    if (path !== GRAPHQL_PATH) return respondRefusal(outgoing, NOT_FOUND)
    const encodings = acceptedEncodings(incoming)
    const refusal = refusalOf(incoming) ?? (encodings.length === 0 ? NO_ENCODING : undefined)
    if (refusal) return respondRefusal(outgoing, refusal)
    return answerOperation(graphql, createOperationTrace(requestId), incoming, outgoing, encodings)
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

/**
 * Yoga is given a request of our making, which holds what matters to it and no text of the caller.
 * The operation itself is read from `incoming`, by useOperationRequest.
 */
async function answerOperation(
  graphql: Graphql,
  trace: OperationTrace,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  encodings: readonly ContentEncoding[],
): Promise<void> {
  const request = new graphql.fetchAPI.Request(`http://gateway${GRAPHQL_PATH}`, {
    method: incoming.method ?? 'GET',
    headers: { accept: answerTypeOf(incoming) ?? JSON_TYPE },
  })
  const signal = callerSignal(outgoing)
  const response = await graphql.handleRequest(request, { incoming, signal, trace })
  const body = await response.text()
  // No ETag: nobody keeps these answers (`no-store`), so nobody could ask whether one still holds.
  const headers = { ...Object.fromEntries(response.headers), Vary: 'Accept, Accept-Encoding' }
  await respondEncoded(outgoing, response.status, headers, body, encodings)
}

const INTERNAL = { code: 'INTERNAL_SERVER_ERROR', message: 'Internal server error.' }
