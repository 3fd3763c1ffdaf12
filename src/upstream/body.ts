import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { ENDPOINT_NOUNS, type EndpointName } from './endpoint.ts'
import { UpstreamBadResponseError } from './errors.ts'

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

/** Where a body's pieces go as they come. */
export interface Sink {
  write(piece: Buffer): void
  end(): void
  /** Gives nothing any more. */
  destroy(): void
}

export interface SinkOptions {
  /** Told of the decoded body, piece by piece. */
  readonly onPiece: (piece: Buffer) => void
  readonly onEnd: () => void
  /** Where the body is encoded in another way than it says, or ends early. */
  readonly onError: (cause: Error) => void
  /** Have the pieces come no faster than they are decoded. */
  readonly pause: () => void
  readonly resume: () => void
}

export function createSink(encoding: Encoding, options: SinkOptions): Sink {
  const { onPiece, onEnd, onError, pause, resume } = options
  const createDecoder = DECODERS[encoding]
  if (!createDecoder) return { write: onPiece, end: onEnd, destroy: () => undefined }
  const decoder = createDecoder()
  decoder.on('data', onPiece).on('end', onEnd).on('error', onError).on('drain', resume)
  return {
    write(piece) {
      if (!decoder.write(piece)) pause()
    },
    end: () => decoder.end(),
    destroy: () => decoder.destroy(),
  }
}

export const tooLarge = (endpoint: EndpointName, maxBytes: number) =>
  new UpstreamBadResponseError(
    `The upstream's answer for ${ENDPOINT_NOUNS[endpoint]} is too large: expected at most ${maxBytes} bytes, got more.`,
  )
