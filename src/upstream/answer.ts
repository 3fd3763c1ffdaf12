import type { IncomingHttpHeaders } from 'node:http'
import { ACCEPTED_ENCODINGS, type Encoding, toEncoding } from './body.ts'
import { ENDPOINT_NOUNS, type EndpointName } from './endpoint.ts'
import { UpstreamBadResponseError } from './errors.ts'
import { parseJson } from './json.ts'
import type { OnOddity } from './oddity.ts'
import { toStatusError } from './status-error.ts'

/** How the body of an answer is to be decoded; throws an UpstreamError where it is none to read. */
export function encodingOf(
  endpoint: EndpointName,
  statusCode: number,
  headers: IncomingHttpHeaders,
): Encoding {
  const header = (name: string) => [headers[name]].flat()[0]
  if (statusCode !== 200) throw toStatusError(endpoint, statusCode, header('retry-after'))
  const encoding = toEncoding(header('content-encoding'))
  if (encoding) return encoding
  throw new UpstreamBadResponseError(
    `The upstream's answer for ${ENDPOINT_NOUNS[endpoint]} cannot be read: expected one of the encodings ${ACCEPTED_ENCODINGS}, got another.`,
  )
}

/** The JSON of a whole body; throws UpstreamBadResponseError where it is none. */
export function parseAnswer(endpoint: EndpointName, body: Buffer, onOddity: OnOddity): unknown {
  const text = withoutByteOrderMark(body.toString('utf8'))
  if (isHtml(text)) throw notJson(endpoint, 'an HTML page')
  try {
    return parseJson(text, () => onOddity('tolerated-json'))
  } catch {
    // The parser's own error quotes the body, so it cannot be the cause.
    throw notJson(endpoint, text.trim() === '' ? 'an empty body' : 'something else')
  }
}

const withoutByteOrderMark = (text: string) => (text.startsWith('\uFEFF') ? text.slice(1) : text)

/** Told by the text itself: many servers call their JSON `text/html`. */
const isHtml = (text: string) => /^\s*</.test(text)

const notJson = (endpoint: EndpointName, got: string) =>
  new UpstreamBadResponseError(
    `The upstream's answer for ${ENDPOINT_NOUNS[endpoint]} cannot be read: expected JSON, got ${got}.`,
    { retryable: true },
  )
