import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { ENDPOINT_NOUNS, type EndpointName } from './endpoint.ts'
import { UpstreamBadResponseError } from './errors.ts'
import { toBodyError } from './transport-error.ts'

const DECODERS = {
  identity: undefined,
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
} as const

/** How a body may be encoded. */
export type Encoding = keyof typeof DECODERS

export const ACCEPTED_ENCODINGS = 'gzip, deflate, br'

/** Of a `Content-Encoding`; undefined for one that was not asked for. */
export function toEncoding(contentEncoding: string | undefined): Encoding | undefined {
  const encoding = contentEncoding?.trim().toLowerCase() || 'identity'
  return Object.hasOwn(DECODERS, encoding) ? (encoding as Encoding) : undefined
}

/**
 * A body's whole text, decoded. The stream is consumed or destroyed in any case.
 *
 * Throws UpstreamBadResponseError for a body that ends early, is encoded in another way than it
 * says, or decodes to more than `maxBytes`: that one is cut at the byte, however small it came.
 */
export async function readText(
  endpoint: EndpointName,
  body: Readable,
  encoding: Encoding,
  maxBytes: number,
): Promise<string> {
  const read = (bytes: AsyncIterable<Buffer>) => collect(endpoint, bytes, maxBytes)
  const createDecoder = DECODERS[encoding]
  try {
    return createDecoder ? await pipeline(body, createDecoder(), read) : await read(body)
  } catch (error) {
    throw error instanceof UpstreamBadResponseError ? error : toBodyError(endpoint, error)
  }
}

async function collect(
  endpoint: EndpointName,
  bytes: AsyncIterable<Buffer>,
  maxBytes: number,
): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of bytes) {
    size += chunk.length
    if (size > maxBytes)
      throw new UpstreamBadResponseError(
        `The upstream's answer for ${ENDPOINT_NOUNS[endpoint]} is too large: expected at most ${maxBytes} bytes, got more.`,
      )
    chunks.push(chunk)
  }
  const [only] = chunks
  const whole = only && chunks.length === 1 ? only : Buffer.concat(chunks, size)
  return whole.toString('utf8')
}
