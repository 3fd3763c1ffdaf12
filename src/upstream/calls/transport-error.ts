import { errors } from 'undici'
import { ENDPOINT_NOUNS, type EndpointName } from '../endpoint.ts'
import { UpstreamBadResponseError, UpstreamUnavailableError } from '../errors.ts'

const CERTIFICATE = /^ERR_(?:TLS|SSL)_|CERT|LEAF_SIGNATURE/

/** What it means that no response began. A fault of our own (an invalid header) is given back. */
export function toRequestError(endpoint: EndpointName, cause: unknown): unknown {
  if (cause instanceof errors.InvalidArgumentError) return cause
  const noun = ENDPOINT_NOUNS[endpoint]
  if (cause instanceof errors.HTTPParserError || cause instanceof errors.HeadersOverflowError)
    return new UpstreamBadResponseError(
      `The upstream's answer for ${noun} cannot be read: expected HTTP, got something else.`,
      { cause: withoutBody(cause), reason: 'not-http', retryable: true },
    )
  if (CERTIFICATE.test(codeOf(cause)))
    return new UpstreamUnavailableError(
      `The upstream cannot be reached for ${noun}: expected a valid certificate, got another.`,
      { cause, retryable: false },
    )
  return new UpstreamUnavailableError(
    `The upstream cannot be reached for ${noun}: expected a connection, got none.`,
    { cause },
  )
}

/** What it means that a body began and did not come whole, or not as it was encoded. */
export function toBodyError(endpoint: EndpointName, cause: unknown): UpstreamBadResponseError {
  return new UpstreamBadResponseError(
    `The upstream's answer for ${ENDPOINT_NOUNS[endpoint]} was damaged: expected it whole, got a part.`,
    { cause: withoutBody(cause), reason: 'cut-off', retryable: true },
  )
}

const codeOf = (cause: unknown): string =>
  cause instanceof Error && 'code' in cause ? String(cause.code) : ''

/** undici's parser error carries the bytes it stumbled over, which must not reach a log. */
const withoutBody = (cause: unknown): unknown =>
  cause instanceof errors.HTTPParserError ? new Error(`${cause.name} ${cause.code}`) : cause
