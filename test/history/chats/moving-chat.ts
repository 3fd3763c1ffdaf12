import type { PlacedMessage } from '../../../src/history/chats/chat-page.ts'
import type { MessageSource } from '../../../src/history/chats/message-list.ts'
import type { ListPage } from '../../../src/history/pages/list-page.ts'
import type { PageNumber } from '../../../src/history/pages/page-number.ts'
import { type Rounding, rounded } from '../lists/moving-list.ts'

/** A message at a second, after those it has already, or so long after the last; or one less. */
export type ChatChange = { sentAt: number } | { sentAfter: number } | { remove: number }

export interface MovingChatOptions {
  readonly seconds: readonly number[]
  readonly maxPerPage: number
  /** Whether messages say so little that those of one second look alike. */
  readonly isTerse: boolean
  /** Whether the first page has the newest messages, and whether each page is turned round. */
  readonly isNewestFirst: boolean
  readonly areRowsTurned: boolean
  /** Changes made before each call, in turn. */
  readonly changes: readonly (readonly ChatChange[])[]
  /** Of which messages, by the number by which they were sent, something is true. */
  readonly withoutTime?: ((message: number) => boolean) | undefined
  /** Messages that pages lack, though they take up places and are counted. */
  readonly hidden?: ((message: number) => boolean) | undefined
  /** Messages that a page lists twice. */
  readonly twice?: ((message: number) => boolean) | undefined
  /** Messages that stand in the place of the next one, and the next one in theirs. */
  readonly swapped?: ((message: number) => boolean) | undefined
  /** Rows of each page, whatever is asked for. */
  readonly fixedPage?: number | undefined
  /** How many rows a page has instead of those that were asked for. */
  readonly rounding?: Rounding | undefined
  /** How many rows of the next page a page has besides its own. */
  readonly surplus?: number
  /** Whether a page past the end repeats the last one. */
  readonly repeatsLast?: boolean | undefined
  /** What is said of the length and of a next page. Default: the truth. */
  readonly says?: Says | undefined
}

/** An empty chat that stands still. */
export const STILL: MovingChatOptions = {
  seconds: [],
  maxPerPage: 100,
  isTerse: false,
  isNewestFirst: false,
  areRowsTurned: false,
  changes: [],
}

export type Says =
  | 'count'
  | 'next page'
  | 'next page null'
  | 'nothing'
  | 'always a next page'
  | 'always a next page, no count'
  | 'count of the page'
  | 'count 0'

/** `message` is the number by which a message was sent; it never changes. */
interface Message extends PlacedMessage<number> {
  readonly sentAt: number
}

/** A chat that changes while it is read, and remembers who was there throughout. */
export class MovingChat implements MessageSource<number> {
  readonly alwaysPresent = new Set<number>()
  /** How many pages were asked for. */
  calls = 0
  #messages: readonly Message[] = []
  #sent = 0
  readonly #options: MovingChatOptions

  constructor(options: MovingChatOptions) {
    this.#options = options
    for (const second of options.seconds) this.#send(second)
    for (const { message } of this.#messages) {
      if (!options.hidden?.(message)) this.alwaysPresent.add(message)
    }
  }

  /** Messages by their numbers, oldest first. */
  get shown(): readonly number[] {
    const { hidden } = this.#options
    return this.#arranged.map(({ message }) => message).filter(message => !hidden?.(message))
  }

  /** Oldest first, but for those that stand astray. */
  get #arranged(): readonly Message[] {
    const { swapped } = this.#options
    const arranged = [...this.#messages]
    for (let at = 0; at + 1 < arranged.length; at++) {
      const [one, other] = [arranged[at], arranged[at + 1]]
      if (!one || !other || !swapped?.(one.message)) continue
      arranged[at] = other
      arranged[at + 1] = one
      at++
    }
    return arranged
  }

  fetchPage({ page: asked, perPage }: PageNumber): Promise<ListPage<Message>> {
    this.change(this.#options.changes[this.calls++] ?? [])
    const { isNewestFirst, areRowsTurned, maxPerPage, fixedPage, hidden, twice } = this.#options
    const { rounding, surplus = 0 } = this.#options
    const count = this.#messages.length
    const size = fixedPage ?? Math.min(rounding ? rounded(rounding, perPage) : perPage, maxPerPage)
    const lastPage = Math.max(1, Math.ceil(count / size))
    const page = this.#options.repeatsLast ? Math.min(asked, lastPage) : asked
    const listed = isNewestFirst ? this.#arranged.toReversed() : this.#arranged
    const places = listed.slice((page - 1) * size, page * size + surplus)
    const shown = places
      .filter(({ message }) => !hidden?.(message))
      .flatMap(row => (twice?.(row.message) ? [row, row] : [row]))
    const rows = areRowsTurned ? shown.toReversed() : shown
    return Promise.resolve({
      rows,
      size: rows.length,
      ...this.#stated(rows.length, page * size < count),
    })
  }

  #stated(rows: number, hasNext: boolean): Pick<ListPage<Message>, 'count' | 'hasNext'> {
    const count = this.#messages.length
    switch (this.#options.says) {
      case 'count':
        return { count, hasNext: undefined }
      case 'next page':
        return { count: undefined, hasNext }
      case 'next page null':
        return { count, hasNext: false }
      case 'nothing':
        return { count: undefined, hasNext: undefined }
      case 'always a next page':
        return { count, hasNext: true }
      case 'always a next page, no count':
        return { count: undefined, hasNext: true }
      case 'count of the page':
        return { count: rows, hasNext: undefined }
      case 'count 0':
        return { count: 0, hasNext }
      default:
        return { count, hasNext }
    }
  }

  change(changes: readonly ChatChange[]): void {
    for (const change of changes) {
      if ('sentAt' in change) this.#send(change.sentAt)
      else if ('sentAfter' in change) {
        this.#send((this.#messages.at(-1)?.sentAt ?? 0) + change.sentAfter)
      } else this.#remove(change.remove)
    }
  }

  #send(second: number): void {
    const message = this.#sent++
    const isTimed = !this.#options.withoutTime?.(message)
    const mark = this.#options.isTerse ? 'ok' : message.toString(36)
    const placed = { message, second: isTimed ? second : null, sentAt: second, mark }
    this.#messages = [...this.#messages, placed].sort((a, b) => a.sentAt - b.sentAt)
  }

  #remove(at: number): void {
    const gone = this.#messages[at]
    if (!gone) return
    this.alwaysPresent.delete(gone.message)
    this.#messages = this.#messages.filter(each => each !== gone)
  }
}
