import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'

/**
 * The answers whose connections wait for them. A Set would do the same; but as members come and go, a
 * Set copies itself, and its former copies refer to the later ones and to the members that they had. If
 * one such copy survives a few garbage collections, all answers after it do so, too, until the old
 * space is collected: that took a fifth of the CPU time of a small operation.
 */
export class AnswersUnderWay {
  readonly #slots: (ServerResponse | undefined)[] = []
  readonly #free: number[] = []
  /** The few requests that were answered before they were read. */
  readonly #unread = new WeakMap<Duplex, IncomingMessage>()

  /** Holds an answer until its connection has it, or is closed. */
  add(outgoing: ServerResponse): void {
    const slot = this.#free.pop() ?? this.#slots.length
    this.#slots[slot] = outgoing
    outgoing.once('close', () => {
      this.#slots[slot] = undefined
      this.#free.push(slot)
      const { req } = outgoing
      if (!req.complete) this.#unread.set(req.socket, req)
    })
  }

  /** Those whose requests came over this connection. */
  on(socket: Duplex): readonly ServerResponse[] {
    return this.all.filter(({ req }) => req.socket === socket)
  }

  /** Whether the last request over this connection was answered, but its body has not come yet. */
  hasUnreadBody(socket: Duplex): boolean {
    return this.#unread.get(socket)?.complete === false
  }

  get all(): readonly ServerResponse[] {
    return this.#slots.filter(outgoing => outgoing !== undefined)
  }
}
