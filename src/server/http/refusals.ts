import type { IncomingMessage } from 'node:http'
import { answerTypeOf, GRAPHQL_TYPE, isPlainJson, JSON_TYPE } from './negotiation.ts'
import { GRAPHQL_PATH } from './paths.ts'

/** Why a request is turned away before it reaches the graph. */
export interface HttpRefusal {
  readonly code: string
  readonly message: string
  readonly requestId?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Whether all that a request says is in its URL. */
export const isRead = ({ method }: IncomingMessage): boolean =>
  method === 'GET' || method === 'HEAD'

/** Turns away a request while it is read. */
export class RefusalError extends Error {
  override readonly name = 'RefusalError'
  readonly refusal: HttpRefusal

  constructor(refusal: HttpRefusal) {
    super(refusal.message)
    this.refusal = refusal
  }
}

/** Why any request is refused that others may read in another way, such as proxies. */
export function refusalOfAmbiguous(incoming: IncomingMessage): HttpRefusal | undefined {
  if (hasNoHost(incoming)) return NO_HOST
  const repeated = repeatedField(incoming)
  if (repeated) return several(repeated)
  return hasOtherTransferCoding(incoming) ? OTHER_TRANSFER_CODING : undefined
}

/** Why a request to the graph is refused by its method and header fields alone, if it is. */
export function refusalOf(incoming: IncomingMessage): HttpRefusal | undefined {
  const { method } = incoming
  if (method !== 'POST' && !isRead(incoming)) return methodNotAllowed('GET, HEAD, POST')
  if (!answerTypeOf(incoming)) return NOT_ACCEPTABLE
  return method === 'POST' && !isPlainJson(incoming) ? UNSUPPORTED_MEDIA_TYPE : undefined
}

/** HTTP/1.0 has none, HTTP/1.1 wants one (RFC 9112, section 3.2). */
const hasNoHost = ({ httpVersion, headers: { host } }: IncomingMessage): boolean =>
  host === undefined && httpVersion === '1.1'

const NO_HOST: HttpRefusal = {
  code: 'BAD_REQUEST',
  message: 'Expected a header field Host, got none.',
  headers: { Connection: 'close' },
}

/** Node takes the first: a proxy before it may have taken another (RFC 9112, section 3.2). */
const SINGLE_FIELDS = ['Host', 'Content-Type']

const repeatedField = ({ rawHeaders }: IncomingMessage): string | undefined =>
  SINGLE_FIELDS.find(field => {
    const isField = (name: string, at: number) =>
      at % 2 === 0 && name.length === field.length && name.toLowerCase() === field.toLowerCase()
    return rawHeaders.findIndex(isField) !== rawHeaders.findLastIndex(isField)
  })

const several = (field: string): HttpRefusal => ({
  code: 'BAD_REQUEST',
  message: `Expected one header field ${field}, got several.`,
  headers: { Connection: 'close' },
})

/**
 * Node reads `gzip, chunked` as chunks of what is still compressed: only a proxy would know what it says.
 * HTTP/1.0 has no chunks: a proxy that goes by that would see another end of the request.
 */
const hasOtherTransferCoding = ({ headers, httpVersion }: IncomingMessage): boolean =>
  httpVersion === '1.0'
    ? 'transfer-encoding' in headers
    : !/^(?:chunked)?$/i.test(headers['transfer-encoding'] ?? '')

const OTHER_TRANSFER_CODING: HttpRefusal = {
  code: 'BAD_REQUEST',
  message: 'Expected no Transfer-Encoding but chunked, of HTTP/1.1, got another.',
  headers: { Connection: 'close' },
}

export const methodNotAllowed = (allowed: string): HttpRefusal => ({
  code: 'METHOD_NOT_ALLOWED',
  message: `Expected one of the methods ${allowed}, got another.`,
  headers: { Allow: allowed },
})

export const NOT_FOUND: HttpRefusal = {
  code: 'NOT_FOUND',
  message: `There is nothing here: GraphQL is at ${GRAPHQL_PATH}.`,
}

const NOT_ACCEPTABLE: HttpRefusal = {
  code: 'NOT_ACCEPTABLE',
  message: `Expected Accept to allow ${GRAPHQL_TYPE} or ${JSON_TYPE}, got neither.`,
}

export const NO_ENCODING: HttpRefusal = {
  code: 'NOT_ACCEPTABLE',
  message: 'Expected Accept-Encoding to allow br, gzip or identity, got none of them.',
}

export const OVERLOADED: HttpRefusal = {
  code: 'OVERLOADED',
  message: 'More is asked at the moment than can be answered soon.',
  headers: { 'Retry-After': '1' },
}

const UNSUPPORTED_MEDIA_TYPE: HttpRefusal = {
  code: 'UNSUPPORTED_MEDIA_TYPE',
  message: `Expected a body of type ${JSON_TYPE} in UTF-8 without a content encoding, got another.`,
}
