import { inspect } from 'node:util'

const REDACTED = '[redacted]'

/**
 * A text that shows itself only through `reveal()`, and not in a log, a message, JSON or a
 * debugger.
 */
export class Secret {
  readonly #value: string

  constructor(value: string) {
    this.#value = value
  }

  reveal(): string {
    return this.#value
  }

  toString(): string {
    return REDACTED
  }

  toJSON(): string {
    return REDACTED
  }

  [inspect.custom](): string {
    return REDACTED
  }
}
