import type { ServerResponse } from 'node:http'
import { ANSWER_EFFORT, type ContentEncoding, encode, encodingFor } from './negotiation.ts'
import { STATUS_CODES } from './node-http.ts'
import type { HttpRefusal } from './refusals.ts'
import { statusOf } from './statuses.ts'

export type Headers = Readonly<Record<string, string>>

/** On every answer. A page brings its own policy in place of this one, which allows nothing. */
const SECURITY_HEADERS = Object.entries({
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  // Answers hold personal data.
  'Cache-Control': 'no-store',
} satisfies Headers)

/** Answers, unless the caller is gone or has an answer already. */
export function respond(
  outgoing: ServerResponse,
  status: number,
  headers: Headers,
  body: string | Buffer,
): void {
  if (outgoing.headersSent || outgoing.destroyed) return
  outgoing.statusCode = status
  const vary = outgoing.getHeader('Vary')
  for (const [name, value] of SECURITY_HEADERS) outgoing.setHeader(name, value)
  for (const [name, value] of Object.entries(headers)) outgoing.setHeader(name, value)
  if (vary !== undefined) outgoing.setHeader('Vary', [vary, headers.Vary ?? []].flat().join(', '))
  // A 304 has no body, and its length would be of the body that is left out. A 204 has no length.
  if (status !== 304 && status !== 204)
    outgoing.setHeader('Content-Length', Buffer.byteLength(body))
  outgoing.end(body)
}

/** Of the body of an answer; none if the caller was gone. */
export const bytesSent = (outgoing: ServerResponse): number =>
  outgoing.headersSent ? Number(outgoing.getHeader('Content-Length') ?? 0) : 0

const JSON_UTF8 = 'application/json; charset=utf-8'

export interface EncodedBody {
  /** A text if it is plain: to copy it would take its memory twice. */
  readonly bytes: string | Buffer
  readonly encoding: ContentEncoding
}

/** Answers with what was encoded before. */
export const respondAsEncoded = (
  outgoing: ServerResponse,
  status: number,
  headers: Headers,
  { bytes, encoding }: EncodedBody,
): void => {
  const contentEncoding = encoding === 'identity' ? undefined : { 'Content-Encoding': encoding }
  respond(outgoing, status, { ...headers, ...contentEncoding }, bytes)
}

/** In an encoding that the caller accepts, if that makes the body smaller. */
export async function encodeFor(
  accepted: readonly ContentEncoding[],
  body: string,
): Promise<EncodedBody> {
  const encoding = encodingFor(accepted, Buffer.byteLength(body))
  return { bytes: await encode(body, encoding, ANSWER_EFFORT), encoding }
}

export const respondJson = (
  outgoing: ServerResponse,
  status: number,
  body: object,
  headers: Headers = {},
): void =>
  respond(outgoing, status, { 'Content-Type': JSON_UTF8, ...headers }, JSON.stringify(body))

export function respondRefusal(outgoing: ServerResponse, refusal: HttpRefusal): void {
  const { status } = statusOf(refusal.code)
  respondJson(outgoing, status, bodyOf(refusal), refusal.headers)
}

/** In the form of a GraphQL answer, which every caller reads. */
const bodyOf = ({ message, headers, ...extensions }: HttpRefusal) => ({
  errors: [{ message, extensions }],
})

/** The same as text, for a request that Node could not read. It is the last one of its connection. */
export function textOfRefusal(refusal: HttpRefusal, requestId: string): string {
  const { status } = statusOf(refusal.code)
  const body = JSON.stringify(bodyOf(refusal))
  const fields: Headers = {
    ...Object.fromEntries(SECURITY_HEADERS),
    'Content-Type': JSON_UTF8,
    'Content-Length': String(Buffer.byteLength(body)),
    'X-Request-Id': requestId,
    Date: new Date().toUTCString(),
    ...refusal.headers,
    Connection: 'close',
  }
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}`)
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines]
  return `${head.join('\r\n')}\r\n\r\n${body}`
}
