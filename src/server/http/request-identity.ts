import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'

/** What one request is called, by the caller or else by the gateway, in the answer and the log. */
export interface RequestIdentity {
  readonly requestId: string
  /** Of the caller's `traceparent`; undefined if it sent none that is well-formed. */
  readonly traceId?: string
}

/** Bounded, and without anything that a log or a header field could misread. */
const REQUEST_ID = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/
/** Trace Context, version 00: https://www.w3.org/TR/trace-context/#traceparent-header */
const TRACEPARENT = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/

const TRACE_ID_AT = 3
const TRACE_ID_END = 35

/** Names a request as its caller does, if the caller does it well, and says so in the answer. */
export function identify(incoming: IncomingMessage, outgoing: ServerResponse): RequestIdentity {
  const { 'x-request-id': given } = incoming.headers
  const isUsable = typeof given === 'string' && REQUEST_ID.test(given)
  const requestId = isUsable ? given : randomUUID()
  outgoing.setHeader('X-Request-Id', requestId)
  const traceparent = traceparentOf(incoming)
  if (traceparent === undefined) return { requestId }
  outgoing.setHeader('traceparent', traceparent)
  return { requestId, traceId: traceparent.slice(TRACE_ID_AT, TRACE_ID_END) }
}

/** The caller's, if it is well-formed. */
export function traceparentOf({ headers }: IncomingMessage): string | undefined {
  const { traceparent } = headers
  return typeof traceparent === 'string' && TRACEPARENT.test(traceparent) ? traceparent : undefined
}
