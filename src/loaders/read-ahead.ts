import { nameOfAnswer, type Reading } from '../cache/reads.ts'
import type { PageNumber } from '../history/pages/page-number.ts'
import type { Query, UpstreamSession } from '../upstream/client.ts'
import type { EndpointName } from '../upstream/endpoint.ts'

/**
 * How many pages are asked for beside the one that is waited for: together half of the calls that
 * may go to one endpoint at once.
 */
const PAGES_AHEAD = 4

interface ForeseenPages {
  has(page: PageNumber): boolean
  /** The next page on the way. */
  following(page: PageNumber): PageNumber | undefined
}

/**
 * Asks for pages of a list before they are wanted, side by side: those that follow a page on the way.
 * Once another page is wanted than was foreseen, nothing is foreseen any more.
 */
export class ReadAhead {
  readonly #reading: Reading
  /** The bodies of pages that were asked for ahead and not wanted yet, by page. */
  readonly #bodies = new Map<string, () => Promise<unknown>>()
  #pages: ForeseenPages | undefined
  #isStarted = false
  readonly #mayBeBeside: () => boolean

  /** As long as `mayBeBeside` says no, each page is asked for when it is wanted, and none ahead. */
  constructor(reading: Reading, mayBeBeside = () => true) {
    this.#reading = reading
    this.#mayBeBeside = mayBeBeside
  }

  /** How many pages were asked for ahead and not wanted yet. */
  get pending(): number {
    return this.#bodies.size
  }

  /** Takes the pages of the whole list: those that may be read side by side. */
  foresee(pages: ForeseenPages): void {
    this.#pages = pages
  }

  /** All pages that are foreseen will be wanted. */
  start(): void {
    this.#isStarted = true
  }

  /** A session for this reading alone. */
  get session(): UpstreamSession {
    return {
      oddity: this.#reading.oddity,
      get: (endpoint, path, query, decode) => {
        if (!this.#mayBeBeside()) {
          this.#bodies.clear()
          return this.#reading.get(endpoint, path, query, decode)
        }
        const name = nameOfAnswer(path, query)
        const known = this.#bodies.get(name)
        if (!known && this.#bodies.size > 0) this.#isStarted = false
        this.#bodies.delete(name)
        // The wanted page goes first, because the pages beyond it may have to wait for a place.
        const isForeseen = this.#pages?.has(pageIn(query))
        const get = isForeseen ? this.#reading.getBeside : this.#reading.get
        const body = known?.().then(decode) ?? get(endpoint, path, query, decode)
        this.#askBeyond(endpoint, path, query)
        return body
      },
    }
  }

  #askBeyond(endpoint: EndpointName, path: string, query: Query): void {
    let at = pageIn(query)
    if (!this.#isStarted) return
    for (let ahead = 1; ahead <= PAGES_AHEAD; ahead++) {
      const page = this.#pages?.following(at)
      if (!page) return
      at = page
      const next = { ...query, page: page.page, per_page: page.perPage }
      const name = nameOfAnswer(path, next)
      if (this.#bodies.has(name)) continue
      const get = () => this.#reading.getBeside(endpoint, path, next, asIs)
      // A page that failed beside others is asked for once more when it is wanted.
      const body = get()
      body.catch(() => undefined)
      this.#bodies.set(name, () => body.catch(get))
    }
  }
}

const pageIn = ({ page, per_page: perPage }: Query): PageNumber => ({
  page: Number(page),
  perPage: Number(perPage),
})

const asIs = (body: unknown) => body
