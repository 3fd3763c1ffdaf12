import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type ContentEncoding, type Effort, encode, encodingFor } from './negotiation.ts'
import { type Headers, respond } from './response.ts'

/** For content that is compressed once for all callers: a tenth of a second for five megabytes. */
const ASSET_EFFORT: Effort = { brotliQuality: 5, gzipLevel: 6 }

/** Content that is the same for every caller. It is compressed once for each encoding, and kept. */
export class StaticContent {
  readonly #body: Buffer
  readonly #headers: Headers
  readonly #encoded = new Map<ContentEncoding, Promise<string | Buffer>>()
  /** Of the content, fit for URLs. */
  readonly hash: string

  constructor(body: Buffer, headers: Headers) {
    this.#body = body
    this.#headers = headers
    this.hash = createHash('sha256').update(body).digest('base64url').slice(0, 22)
  }

  /** Answers, with 304 if the caller has the content already. */
  async respond(
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    accepted: readonly ContentEncoding[],
  ): Promise<void> {
    const encoding = encodingFor(accepted, this.#body.byteLength)
    const etag = `"${this.hash}-${encoding}"`
    const headers = { ...this.#headers, ETag: etag }
    if (hasAlready(incoming, etag)) return respond(outgoing, 304, headers, '')
    const encoded = await this.#encodedIn(encoding)
    const encodedHeaders = { ...headers, 'Content-Encoding': encoding }
    respond(outgoing, 200, encoding === 'identity' ? headers : encodedHeaders, encoded)
  }

  /** Compresses it for browsers, so that the first of them does not wait for that. */
  async prepare(): Promise<void> {
    await this.#encodedIn('br')
  }

  #encodedIn(encoding: ContentEncoding): Promise<string | Buffer> {
    const encoded = this.#encoded.get(encoding) ?? encode(this.#body, encoding, ASSET_EFFORT)
    this.#encoded.set(encoding, encoded)
    return encoded
  }
}

/** By weak comparison, as proxies that compress make tags weak. */
function hasAlready({ headers }: IncomingMessage, etag: string): boolean {
  const known = headers['if-none-match']?.split(',').map(tag => tag.trim().replace(/^W\//, ''))
  return known?.some(tag => tag === '*' || tag === etag) ?? false
}
