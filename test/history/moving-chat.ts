import type { ListPage } from '../../src/history/list-page.ts'
import type { NumberedListSource } from '../../src/history/list-source.ts'
import type { PlacedMessage } from '../../src/history/message-slice.ts'
import type { PageNumber } from '../../src/history/page-window.ts'

/** A message at a second, after those it has already, or so long after the last; or one less. */
export type ChatChange = { sentAt: number } | { sentAfter: number } | { remove: number }

export interface MovingChatOptions {
  readonly seconds: readonly number[]
  readonly maxPerPage: number
  /** Whether messages say so little that those of one second look alike. */
  readonly isTerse: boolean
  /** Changes made before each call, in turn. */
  readonly changes: readonly (readonly ChatChange[])[]
}

/** The number by which a message was sent; it never changes. */
type Message = PlacedMessage<number>

/** A chat that changes while it is read, and remembers who was there throughout. */
export class MovingChat implements NumberedListSource<Message> {
  readonly hasUniqueKeys = false
  readonly alwaysPresent = new Set<number>()
  #messages: readonly Message[] = []
  #calls = 0
  #sent = 0
  readonly #options: MovingChatOptions

  constructor(options: MovingChatOptions) {
    this.#options = options
    for (const second of options.seconds) this.alwaysPresent.add(this.#send(second))
  }

  keyOf({ second }: Message): number {
    return second
  }

  fetchPage({ page, perPage }: PageNumber): Promise<ListPage<Message>> {
    this.change(this.#options.changes[this.#calls++] ?? [])
    const size = Math.min(perPage, this.#options.maxPerPage)
    const rows = this.#messages.slice((page - 1) * size, page * size)
    const count = this.#messages.length
    return Promise.resolve({ rows, size: rows.length, count, hasNext: page * size < count })
  }

  change(changes: readonly ChatChange[]): void {
    for (const change of changes) {
      if ('sentAt' in change) this.#send(change.sentAt)
      else if ('sentAfter' in change) {
        this.#send((this.#messages.at(-1)?.second ?? 0) + change.sentAfter)
      } else this.#remove(change.remove)
    }
  }

  #send(second: number): number {
    const message = this.#sent++
    const mark = this.#options.isTerse ? 'ok' : message.toString(36)
    const placed = { message, second, mark }
    this.#messages = [...this.#messages, placed].sort((a, b) => a.second - b.second)
    return message
  }

  #remove(at: number): void {
    const gone = this.#messages[at]
    if (!gone) return
    this.alwaysPresent.delete(gone.message)
    this.#messages = this.#messages.filter(each => each !== gone)
  }
}
