const MAX_NAMES = 200

/** Names as values of a label: callers choose them freely, and each is a series that is kept. */
export class OperationNames {
  readonly #trusted: ReadonlySet<string>
  readonly #seen = new Set<string>()

  /** Of trusted documents: they are kept apart however many there are, and do not count. */
  constructor(trusted: Iterable<string> = []) {
    this.#trusted = new Set(trusted)
  }

  /** `mayBeNew`: whether it may become one of the first 200, which a refused operation may not. */
  labelOf(name: string | undefined, mayBeNew: boolean): string {
    if (name === undefined) return 'anonymous'
    if (this.#trusted.has(name) || this.#seen.has(name)) return name
    if (!mayBeNew || this.#seen.size >= MAX_NAMES) return 'other'
    this.#seen.add(name)
    return name
  }
}
