import { callerSignal } from '../http/request-body.ts'
import { answerTypeOf, JSON_TYPE } from '../http/negotiation.ts'
import { GRAPHQL_PATH } from '../http/paths.ts'
import { respondEncoded } from '../http/response.ts'
import type { AnswerOperation } from '../http/router.ts'
import { createOperationTrace } from './operation-context.ts'
import type { Pipeline } from './pipeline.ts'

/**
 * Yoga is given a request of our making, which holds what matters to it and no text of the caller.
 * The operation itself is read from `incoming`, by useRequestParameters.
 */
export const answerOperationBy =
  (pipeline: Pipeline): AnswerOperation =>
  async (requestId, incoming, outgoing, encodings) => {
    const trace = createOperationTrace(requestId)
    const request = new pipeline.fetchAPI.Request(`http://gateway${GRAPHQL_PATH}`, {
      method: incoming.method ?? 'GET',
      headers: { accept: answerTypeOf(incoming) ?? JSON_TYPE },
    })
    const signal = callerSignal(outgoing)
    const response = await pipeline.handleRequest(request, { incoming, signal, trace })
    const body = await response.text()
    // No ETag: nobody keeps these answers (`no-store`), so nobody could ask whether one still holds.
    const headers = { ...Object.fromEntries(response.headers), Vary: 'Accept, Accept-Encoding' }
    await respondEncoded(outgoing, response.status, headers, body, encodings)
  }
