import type { IncomingMessage, ServerResponse } from 'node:http'
import { describeError, type Log } from '../log.ts'
import { callerSignal } from './caller-gone.ts'
import { answerHealth } from './health.ts'
import { refusalOf, wantsPage } from './http-rules.ts'
import { createOperationTrace } from './operation-trace.ts'
import { respond, respondRefusal } from './respond.ts'
import type { Graphql } from './yoga.ts'

export const GRAPHQL_PATH = '/graphql'

export interface ListenerOptions {
  readonly graphql: Graphql
  /** Answers with GraphiQL. */
  readonly answerPage: (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void>
  readonly isDraining: () => boolean
  readonly log: Log
}

/** Takes each request to what answers it. */
export function createRequestListener({ graphql, answerPage, isDraining, log }: ListenerOptions) {
  async function route(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const path = incoming.url?.split('?', 1)[0]
    if (path?.startsWith('/health/') && answerHealth(path, incoming, outgoing, isDraining())) return
    if (path !== GRAPHQL_PATH) return respondRefusal(outgoing, NOT_FOUND)
    if (wantsPage(incoming)) return answerPage(incoming, outgoing)
    const refusal = refusalOf(incoming)
    if (refusal) return respondRefusal(outgoing, refusal)
    return answerOperation(graphql, incoming, outgoing)
  }

  return (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    route(incoming, outgoing).catch((error: unknown) => {
      log.error('unexpected-error', describeError(error))
      respondRefusal(outgoing, INTERNAL)
    })
  }
}

/**
 * Yoga is given a request of our making: it holds the two header fields that matter to it, and not
 * the caller's `Host`, which need not be one.
 */
async function answerOperation(
  graphql: Graphql,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const trace = createOperationTrace()
  outgoing.setHeader('X-Request-Id', trace.requestId)
  const { method = 'GET', url = GRAPHQL_PATH, headers } = incoming
  const request = new graphql.fetchAPI.Request(`http://gateway${url}`, {
    method,
    headers: {
      accept: headers.accept ?? '*/*',
      ...(headers['content-type'] && { 'content-type': headers['content-type'] }),
    },
  })
  const signal = callerSignal(outgoing)
  const response = await graphql.handleRequest(request, { incoming, signal, trace })
  const body = await response.text()
  respond(outgoing, response.status, Object.fromEntries(response.headers), body)
}

const NOT_FOUND = {
  code: 'NOT_FOUND',
  message: `There is nothing here: GraphQL is at ${GRAPHQL_PATH}.`,
}

const INTERNAL = { code: 'INTERNAL_SERVER_ERROR', message: 'Internal server error.' }
