/** Numbers, from 0, for the different values of a column. */
export class Dictionary<Value> {
  readonly #values: Value[] = []
  readonly #numbers = new Map<Value, number>()

  /** `values` are different from each other, in the order of their numbers. */
  constructor(values: Iterable<Value> = []) {
    for (const value of values) this.numberOf(value)
  }

  get values(): readonly Value[] {
    return this.#values
  }

  /** The number of a value; a new one gets the next. */
  numberOf(value: Value): number {
    const known = this.#numbers.get(value)
    if (known !== undefined) return known
    const number = this.#values.push(value) - 1
    this.#numbers.set(value, number)
    return number
  }

  /** Undefined for a number that no value has. */
  valueOf(number: number): Value | undefined {
    return this.#values[number]
  }
}
