import type { IncomingMessage } from 'node:http'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import Negotiator from 'negotiator'
import { targetOf } from './paths.ts'

export const GRAPHQL_TYPE = 'application/graphql-response+json'
export const JSON_TYPE = 'application/json'

/**
 * Whether a browser asks for a page to look at: HTML is accepted by its name, and preferred to JSON,
 * by weight or else by order. If both weigh the same, a query in the URL wants its answer.
 */
export function wantsPage(incoming: IncomingMessage): boolean {
  const { method, headers } = incoming
  if (method !== 'GET' && method !== 'HEAD') return false
  const accepted = acceptedTypes(headers.accept)
  const page = accepted.findIndex(({ type }) => type === 'text/html' || type === 'text/*')
  const json = accepted.findIndex(({ type }) => OUR_TYPES.includes(type))
  if (page === -1 || json === -1) return page !== -1
  const isTie = accepted[page]?.weight === accepted[json]?.weight
  return page < json && !(isTie && new URLSearchParams(targetOf(incoming).search).has('query'))
}

/** The media type that an answer is to have; undefined if the caller accepts none of ours. */
export function answerTypeOf({ headers }: IncomingMessage): string | undefined {
  const accept = headers.accept?.trim() || '*/*'
  // As nearly all callers send it: reading it as a list takes much longer.
  if (accept === '*/*' || accept === JSON_TYPE) return JSON_TYPE
  const accepted = acceptedTypes(accept).find(({ type }) => OUR_TYPES.includes(type))
  return accepted?.type.endsWith('*') ? JSON_TYPE : accepted?.type
}

const OUR_TYPES: readonly string[] = [GRAPHQL_TYPE, JSON_TYPE, 'application/*', '*/*']

/** Whether a body is JSON in UTF-8, without a content encoding. */
export const isPlainJson = ({ headers }: IncomingMessage): boolean =>
  isUtf8Json(headers['content-type']) &&
  (headers['content-encoding'] ?? 'identity').trim().toLowerCase() === 'identity'

const isUtf8Json = (contentType: string | undefined): boolean =>
  contentType === JSON_TYPE ||
  (mediaType(contentType) === JSON_TYPE &&
    charsetsOf(contentType).every(charset => /^utf-?8$/i.test(charset)))

/** What a media type says of the charset, quoted or not: nothing, as a rule. */
const charsetsOf = (value = ''): string[] =>
  [...value.matchAll(/;\s*charset\s*=\s*"?([^\s;"]*)/gi)].map(([, charset = '']) => charset)

interface AcceptedType {
  readonly type: string
  readonly weight: number
}

/** What an `Accept` header has, those that the caller prefers first. */
function acceptedTypes(accept = ''): AcceptedType[] {
  const parts = accept.split(',').map(part => ({ type: mediaType(part), weight: weightOf(part) }))
  return parts.filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight)
}

const mediaType = (value = ''): string => (value.split(';', 1)[0] ?? '').trim().toLowerCase()

const weightOf = (part: string): number => Number(/;\s*q=([0-9.]+)/i.exec(part)?.[1] ?? 1)

/** The fewest bytes first. Callers that accept Zstandard accept Brotli too, which is smaller. */
const ENCODINGS = ['br', 'gzip', 'identity'] as const

export type ContentEncoding = (typeof ENCODINGS)[number]

/**
 * The encodings that a caller accepts, the best first. None if it refuses even plain answers. Only
 * plain ones if it says nothing: HTTP allows any then, but not every such caller can read them.
 */
export function acceptedEncodings({ headers }: IncomingMessage): readonly ContentEncoding[] {
  const accepted = headers['accept-encoding']
  if (accepted === undefined) return PLAIN
  const negotiator = new Negotiator({ headers: { 'accept-encoding': accepted } })
  return negotiator.encodings(ENCODINGS, { preferred: ENCODINGS })
}

const PLAIN: readonly ContentEncoding[] = ['identity']

/** A smaller body fits into one or two packets, and would take as many compressed. */
const WORTH_BYTES = 2048

/** The encoding for a body of that many bytes. */
export function encodingFor(
  accepted: readonly ContentEncoding[],
  byteLength: number,
): ContentEncoding {
  const isPlain = byteLength < WORTH_BYTES && accepted.includes('identity')
  return (isPlain ? undefined : accepted[0]) ?? 'identity'
}

/** How much time a compression may take. */
export interface Effort {
  readonly brotliQuality: number
  readonly gzipLevel: number
}

/** For an answer to one caller: a third of a millisecond for 100 records. */
export const ANSWER_EFFORT: Effort = { brotliQuality: 4, gzipLevel: 6 }

/** Encodes in a thread of the pool, so that no other request waits. */
export async function encode(
  body: string | Buffer,
  encoding: ContentEncoding,
  { brotliQuality, gzipLevel }: Effort,
): Promise<string | Buffer> {
  if (encoding === 'identity') return body
  if (encoding === 'gzip') return gzipped(body, { level: gzipLevel })
  return brotlied(body, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: brotliQuality,
      [constants.BROTLI_PARAM_SIZE_HINT]: Buffer.byteLength(body),
    },
  })
}

const gzipped = promisify(gzip)
const brotlied = promisify(brotliCompress)
