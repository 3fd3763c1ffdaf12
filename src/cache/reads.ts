import type { Query, UpstreamSession } from '../upstream/client.ts'
import type { HeldBlocks } from './held-blocks.ts'

export interface ReadingOptions {
  /**
   * Milliseconds since 1970. Nothing is given that was asked for before this time. Default: no
   * limit.
   */
  readonly notBeforeMs?: number
  /** If true, no call is made: an answer that is not held is a NotHeldError. */
  readonly isOnlyHeld?: boolean
  /** Whether what is held may stand for an answer that failed, of those that make no call. */
  readonly isUpstreamFailing?: boolean
  /** Whether what is read should not change any more: the chat of a completed session. */
  readonly isLasting?: boolean
  /** Whether what is read may have been asked for before it is wanted: see read-ahead.ts. */
  readonly isAskedAhead?: boolean
  /** The session that makes the calls. Default: that of the request. */
  readonly calls?: UpstreamSession
}

/**
 * A session for pages that belong together, which never go back in time: each was asked for after
 * those were received that had been given before. So they could all be answers of calls made one
 * after the other, and whoever reads them need not know that some were held.
 */
export interface Reading extends UpstreamSession {
  /**
   * As `get`, for pages of a list that may be asked for side by side. What is held may be given if it
   * was asked for no earlier than what was given before, and if the reading was not given it yet.
   */
  readonly getBeside: UpstreamSession['get']
  /** Names of the answers that were given, and when the oldest was asked for. */
  readonly given: { readonly names: ReadonlySet<string>; readonly oldestMs: number }
  /** From now on gives nothing that is older than the request; false if it has done so already. */
  keepFresh(): boolean
}

/** What one request reads of the upstream, or of the answers that are held. */
export interface Reads {
  /** Whether answers that are held may be given. */
  readonly isHolding: boolean
  /** Makes each call. */
  readonly calls: UpstreamSession
  /** When the request began, in milliseconds since 1970, here and below. */
  readonly beganAtMs: number
  /** When the oldest answer was asked for that was given; at most `beganAtMs`. */
  readonly oldestMs: number
  /** When the newest answer was received that was given. */
  readonly newestMs: number
  open(options?: ReadingOptions): Reading
  /** Undefined if nothing is held. */
  readonly blocks: HeldBlocks | undefined
  /**
   * Notes that the upstream says of something that it is absent, which is true for this request
   * alone.
   */
  noteAbsence(): void
}

/** What an answer of an account is known by. */
export const nameOfAnswer = (path: string, query: Query) => `${path} ${JSON.stringify(query)}`

/** An answer that is not held, for a reading that makes no calls. */
export class NotHeldError extends Error {
  override readonly name = 'NotHeldError'

  constructor() {
    super('Expected an answer that is held, got none.')
  }
}

/** Without a cache: all that is read is asked for. */
export function directReads(calls: UpstreamSession): Reads {
  const beganAtMs = Date.now()
  const open = ({ calls: own = calls }: ReadingOptions = {}): Reading => ({
    oddity: own.oddity,
    get: (endpoint, path, query, decode) => own.get(endpoint, path, query, decode),
    getBeside: (endpoint, path, query, decode) => own.get(endpoint, path, query, decode),
    given: { names: new Set(), oldestMs: beganAtMs },
    keepFresh: () => true,
  })
  return {
    isHolding: false,
    calls,
    beganAtMs,
    oldestMs: beganAtMs,
    newestMs: beganAtMs,
    open,
    blocks: undefined,
    noteAbsence: () => undefined,
  }
}
