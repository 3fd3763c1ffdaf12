import type { IncomingMessage } from 'node:http'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import Negotiator from 'negotiator'

/** The fewest bytes first. Who accepts Zstandard accepts Brotli, which makes answers smaller. */
const ENCODINGS = ['br', 'gzip', 'identity'] as const

export type ContentEncoding = (typeof ENCODINGS)[number]

/**
 * The encodings that a caller accepts, the best first. None where even plain answers are refused;
 * plain ones only where nothing is said, as not everyone who could be sent any can read it.
 */
export function acceptedEncodings({ headers }: IncomingMessage): readonly ContentEncoding[] {
  const accepted = headers['accept-encoding']
  if (accepted === undefined) return PLAIN
  const negotiator = new Negotiator({ headers: { 'accept-encoding': accepted } })
  return negotiator.encodings(ENCODINGS, { preferred: ENCODINGS })
}

const PLAIN: readonly ContentEncoding[] = ['identity']

/** Less than that fits into one or two packets, which is no fewer compressed. */
const WORTH_BYTES = 2048

/** What a body of that many bytes is to be encoded in. */
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

/** For what is compressed for one answer: a third of a millisecond for 100 records. */
export const ONCE: Effort = { brotliQuality: 4, gzipLevel: 6 }

/** Encodes in a thread of the pool, so that nobody else waits. */
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
