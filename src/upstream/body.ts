import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { ENDPOINT_NOUNS, type EndpointName } from './endpoint.ts'
import { UpstreamBadResponseError } from './errors.ts'
import { toBodyError } from './transport-error.ts'

const DECODERS = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
} as const

export const ACCEPTED_ENCODINGS = 'gzip, deflate, br'

const isDecodable = (encoding: string): encoding is keyof typeof DECODERS =>
  Object.hasOwn(DECODERS, encoding)

/**
 * A body's whole text, decoded. The stream is consumed or destroyed in any case.
 *
 * Throws UpstreamBadResponseError for a body that ends early, is encoded in another way than it
 * says, or decodes to more than `maxBytes`: that one is cut at the byte, however small it came.
 */
export async function readText(
  endpoint: EndpointName,
  body: Readable,
  contentEncoding: string,
  maxBytes: number,
): Promise<string> {
  const encoding = contentEncoding.trim().toLowerCase()
  const read = (bytes: AsyncIterable<Buffer>) => collect(endpoint, bytes, maxBytes)
  try {
    if (encoding === '' || encoding === 'identity') return await read(body)
    if (isDecodable(encoding)) return await pipeline(body, DECODERS[encoding](), read)
  } catch (error) {
    throw error instanceof UpstreamBadResponseError ? error : toBodyError(endpoint, error)
  }
  body.destroy()
  throw new UpstreamBadResponseError(
    `The upstream's answer for ${ENDPOINT_NOUNS[endpoint]} cannot be read: expected one of the encodings ${ACCEPTED_ENCODINGS}, got another.`,
  )
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
  return Buffer.concat(chunks, size).toString('utf8')
}
