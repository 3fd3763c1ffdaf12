/** How long it is believed what was learnt: the upstream may be changed while the gateway runs. */
const MAX_AGE_MS = 600_000

/** A value that is forgotten some time after it was learnt: after ten minutes by default. */
export class Remembered<Value> {
  readonly #maxAgeMs: number
  #value: Value | undefined
  #untilMs = 0

  constructor(maxAgeMs = MAX_AGE_MS) {
    this.#maxAgeMs = maxAgeMs
  }

  get value(): Value | undefined {
    // Asking for the time costs more than all else here, and most values are never learnt.
    if (this.#value === undefined) return undefined
    return performance.now() < this.#untilMs ? this.#value : undefined
  }

  learn(value: Value): void {
    this.#value = value
    this.#untilMs = performance.now() + this.#maxAgeMs
  }
}
