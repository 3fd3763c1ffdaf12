import type { Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib'

/** Makes a decoder for a body that begins with this byte. */
type CreateDecoder = (first: number) => Transform

const DECODERS = {
  identity: undefined,
  gzip: () => createGunzip(),
  'x-gzip': () => createGunzip(),
  // Some servers leave out the zlib header, of which the first byte always ends in 8.
  deflate: first => ((first & 0x0f) === 8 ? createInflate() : createInflateRaw()),
  br: () => createBrotliDecompress(),
} as const satisfies Record<string, CreateDecoder | undefined>

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
  /** Gives nothing until it is resumed. */
  pause(): void
  resume(): void
}

interface SinkOptions {
  /** Called with the decoded body, piece by piece. */
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
  const createDecoder: CreateDecoder | undefined = DECODERS[encoding]
  if (!createDecoder) return { write: onPiece, end: onEnd, destroy: () => undefined, pause, resume }
  let decoder: Transform | undefined
  return {
    write(piece) {
      decoder ??= createDecoder(piece[0] ?? 0)
        .on('data', onPiece)
        .on('end', onEnd)
        .on('error', onError)
        .on('drain', resume)
      if (!decoder.write(piece)) pause()
    },
    end: () => (decoder ? decoder.end() : onEnd()),
    destroy: () => decoder?.destroy(),
    // It takes no more than it can hold, and then the pieces are paused too.
    pause: () => decoder?.pause(),
    resume: () => decoder?.resume(),
  }
}
