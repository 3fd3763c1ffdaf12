import type { IncomingHttpHeaders } from 'node:http'
import { ENDPOINT_NOUNS, type EndpointName } from '../endpoint.ts'
import { UpstreamBadResponseError, UpstreamTooLargeError } from '../errors.ts'
import type { OnOddity } from '../oddity.ts'
import { wrongShape } from '../wire/shape.ts'
import { isWireObject, toWholeNumber } from '../wire/wire.ts'
import { ACCEPTED_ENCODINGS, type Encoding, toEncoding } from './body.ts'
import { decodeText } from './charset.ts'
import { parseJson } from './json.ts'
import { parseInSlices, TooManyValuesError } from './sliced-json.ts'
import { foreignNotFound, toStatusError } from './status-error.ts'

/** The status and the header fields of an answer. */
export interface AnswerHead {
  readonly status: number
  readonly headers: IncomingHttpHeaders
}

/** An answer whose body is whole and decoded. */
export interface Answer extends AnswerHead {
  readonly body: Buffer
}

/** A longer text is parsed in slices. A full page of records is a quarter of this length. */
const LONGEST_AT_ONCE = 256 * 1024

/** The answers of which the body is read: what was asked for, and what may say that there is none. */
const READ_STATUSES = [200, 404]

const headerOf = ({ headers }: AnswerHead, name: string) => [headers[name]].flat()[0]

const retryAfterOf = (head: AnswerHead) => headerOf(head, 'retry-after')

/** How the body of an answer is to be decoded; throws an UpstreamError if it is not to be read. */
export function encodingOf(endpoint: EndpointName, head: AnswerHead): Encoding {
  if (!READ_STATUSES.includes(head.status))
    throw toStatusError(endpoint, head.status, retryAfterOf(head))
  const encoding = toEncoding(headerOf(head, 'content-encoding'))
  if (encoding) return encoding
  throw new UpstreamBadResponseError(
    `The upstream's answer for ${ENDPOINT_NOUNS[endpoint]} cannot be read: expected one of the encodings ${ACCEPTED_ENCODINGS}, got another.`,
    { reason: 'other-encoding' },
  )
}

/** Why a body was not read to its end, of which a part was received. */
export function tooLarge(
  endpoint: EndpointName,
  { status }: AnswerHead,
  maxBytes: number,
  begin: Buffer | undefined,
): Error {
  if (status === 404) return foreignNotFound(endpoint)
  const isObject = /^\s*\{/.test(begin?.toString('latin1', 0, 16) ?? '')
  const ErrorClass = isObject ? UpstreamTooLargeError : UpstreamBadResponseError
  return new ErrorClass(
    `The upstream's answer for ${ENDPOINT_NOUNS[endpoint]} is too large: expected at most ${maxBytes} bytes, got more.`,
    { reason: 'too-large' },
  )
}

/**
 * The JSON of an answer; a promise of it if it is long, so that the event loop goes on meanwhile.
 * Throws, or rejects with, UpstreamBadResponseError if it is none, and the error of the status that an
 * answer names in its body, as in `{"status":"403","message":"…"}`.
 */
export function parseAnswer(endpoint: EndpointName, answer: Answer, onOddity: OnOddity): unknown {
  if (answer.status === 404) throw toNotFound(endpoint, answer, onOddity)
  const value = parseBody(endpoint, answer, onOddity)
  return value instanceof Promise
    ? value.then(body => toContent(endpoint, answer, body))
    : toContent(endpoint, answer, value)
}

function toContent(endpoint: EndpointName, answer: Answer, value: unknown): unknown {
  const status = statusIn(value)
  if (status === undefined || status < 300) return value
  if (status < 600) throw toStatusError(endpoint, status, retryAfterOf(answer))
  // Summaries name their states by codes of their own.
  if (endpoint !== 'servicesummary') throw wrongShape(endpoint, value)
  return value
}

/**
 * A 404 says that there is none only in the API's own JSON: a balancer that is lost has others. Its
 * body is never long, because it is not read on beyond 16 KiB.
 */
function toNotFound(endpoint: EndpointName, answer: Answer, onOddity: OnOddity): Error {
  try {
    const isOwn = statusIn(parseBody(endpoint, answer, onOddity)) === 404
    return isOwn ? toStatusError(endpoint, 404, undefined) : foreignNotFound(endpoint)
  } catch (error) {
    if (error instanceof UpstreamBadResponseError) return foreignNotFound(endpoint)
    throw error
  }
}

const statusIn = (value: unknown): number | undefined =>
  (isWireObject(value) && toWholeNumber(value.status)) || undefined

/** A promise only if the body is long, because then it is parsed in slices. */
function parseBody(endpoint: EndpointName, answer: Answer, onOddity: OnOddity): unknown {
  const decoded = decodeText(answer.body, headerOf(answer, 'content-type'))
  const text = withoutByteOrderMark(decoded ?? answer.body.toString('latin1', 0, 100))
  if (isHtml(text)) throw notJson(endpoint, 'html-page')
  if (decoded === undefined) throw notText(endpoint)
  if (text.length > LONGEST_AT_ONCE) return parseLong(endpoint, text, onOddity)
  try {
    return parseJson(text, () => onOddity('tolerated-json'))
  } catch {
    // The parser's own error quotes the body, so it must not be the cause.
    throw notJson(endpoint, text.trim() === '' ? 'empty-body' : 'not-json')
  }
}

async function parseLong(endpoint: EndpointName, text: string, onOddity: OnOddity) {
  let isTolerated = false
  const parse = (slice: string) =>
    parseJson(slice, () => {
      isTolerated = true
    })
  try {
    const value = await parseInSlices(text, parse)
    if (isTolerated) onOddity('tolerated-json')
    return value
  } catch (error) {
    if (error instanceof TooManyValuesError) throw tooManyValues(endpoint)
    throw notJson(endpoint, 'not-json')
  }
}

const withoutByteOrderMark = (text: string) => (text.startsWith('\uFEFF') ? text.slice(1) : text)

/** Judged by the text itself, because many servers call their JSON `text/html`. */
const isHtml = (text: string) => /^\s*</.test(text)

const IN_PLACE_OF_JSON = {
  'empty-body': 'an empty body',
  'html-page': 'an HTML page',
  'not-json': 'something else',
} as const

const notJson = (endpoint: EndpointName, reason: keyof typeof IN_PLACE_OF_JSON) =>
  new UpstreamBadResponseError(
    `The upstream's answer for ${ENDPOINT_NOUNS[endpoint]} cannot be read: expected JSON, got ${IN_PLACE_OF_JSON[reason]}.`,
    // A proxy between the gateway and the API answers with pages of its own. Asking again soon
    // changes little.
    { reason, retryable: true, ...(reason === 'html-page' && { maxRetries: 1 }) },
  )

const tooManyValues = (endpoint: EndpointName) =>
  new UpstreamBadResponseError(
    `The upstream's answer for ${ENDPOINT_NOUNS[endpoint]} cannot be read: expected a list of rows, got too many other values.`,
    { reason: 'other-shape' },
  )

const notText = (endpoint: EndpointName) =>
  new UpstreamBadResponseError(
    `The upstream's answer for ${ENDPOINT_NOUNS[endpoint]} cannot be read: expected text in its charset, got other bytes.`,
    { reason: 'other-charset' },
  )
