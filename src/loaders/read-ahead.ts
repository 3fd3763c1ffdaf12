import type { Query, UpstreamSession } from '../upstream/client.ts'
import type { EndpointName } from '../upstream/endpoint.ts'

/**
 * How many pages are asked for beside the one that is waited for: together half of the calls that
 * may go to one endpoint at once.
 */
const PAGES_AHEAD = 4

/** Which way a list is read, how long it is, and how many rows a whole page has. */
export interface Reading {
  readonly isForward: boolean
  readonly length: number
  readonly rows: number
}

/**
 * Asks for pages of a list before they are wanted, side by side: those that follow a page on the way.
 * Only whole pages of a reading that goes on to the end are asked for, so that none is too many. Once
 * another page is wanted than was foreseen, nothing is foreseen any more.
 */
export class ReadAhead {
  readonly #session: UpstreamSession
  /** The bodies of pages that were asked for ahead and not wanted yet, by page. */
  readonly #bodies = new Map<string, () => Promise<unknown>>()
  #reading: Reading | undefined

  constructor(session: UpstreamSession) {
    this.#session = session
  }

  /** How many pages were asked for ahead and not wanted yet. */
  get pending(): number {
    return this.#bodies.size
  }

  start(reading: Reading): void {
    this.#reading = reading
  }

  /** A session for this reading alone. */
  get session(): UpstreamSession {
    return {
      oddity: this.#session.oddity,
      get: (endpoint, path, query, decode) => {
        const name = nameOf(path, query)
        const known = this.#bodies.get(name)
        if (!known && this.#bodies.size > 0) this.#reading = undefined
        this.#bodies.delete(name)
        // The wanted page goes first, because the pages beyond it may have to wait for a place.
        const body = known?.().then(decode) ?? this.#session.get(endpoint, path, query, decode)
        this.#askBeyond(endpoint, path, query)
        return body
      },
    }
  }

  #askBeyond(endpoint: EndpointName, path: string, query: Query): void {
    if (!this.#reading || query.per_page !== this.#reading.rows) return
    const { isForward, length, rows } = this.#reading
    for (let ahead = 1; ahead <= PAGES_AHEAD; ahead++) {
      const page = Number(query.page) + (isForward ? ahead : -ahead)
      if (page < 1 || page * rows > length) return
      const next = { ...query, page }
      const name = nameOf(path, next)
      if (this.#bodies.has(name)) continue
      const get = () => this.#session.get(endpoint, path, next, asIs)
      // A page that failed beside others is asked for once more when it is wanted.
      const body = get()
      body.catch(() => undefined)
      this.#bodies.set(name, () => body.catch(get))
    }
  }
}

const asIs = (body: unknown) => body

const nameOf = (path: string, query: Query) => `${path} ${JSON.stringify(query)}`
