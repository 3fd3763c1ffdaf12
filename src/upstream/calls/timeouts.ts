import { ENDPOINT_NOUNS, type EndpointName } from '../endpoint.ts'
import { UpstreamTimeoutError } from '../errors.ts'

export const operationTimeout = (endpoint: EndpointName, deadlineMs: number) =>
  new UpstreamTimeoutError(
    `The operation takes too long for ${ENDPOINT_NOUNS[endpoint]}: expected its end within ${deadlineMs} ms.`,
  )

/** Of a call, or of an attempt of it. */
export const callTimeout = (endpoint: EndpointName, deadlineMs: number) =>
  new UpstreamTimeoutError(
    `The upstream is too slow for ${ENDPOINT_NOUNS[endpoint]}: expected an answer within ${deadlineMs} ms, got none.`,
  )
