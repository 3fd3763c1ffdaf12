/** A list that `Dice.pick` can always pick from. */
export type NonEmpty<T> = readonly [T, ...T[]]

/** A well-mixed 32-bit integer (0 to 2^32 - 1) of a seed and a safe integer. */
export function hash(seed: number, key: number): number {
  const low = Math.imul(key | 0, 0x9e3779b1)
  const high = Math.imul((key / 2 ** 32) | 0, 0x85ebca6b)
  return mix(seed ^ low ^ high)
}

/** The same, as a fraction: at least 0 and below 1. */
export const fraction = (seed: number, key: number) => hash(seed, key) / 2 ** 32

/** A seed of its own for each named use, so that one use never echoes another. */
export function seedFor(seed: number, use: string): number {
  let mixed = seed | 0
  for (let at = 0; at < use.length; at++) mixed = Math.imul(mixed ^ use.charCodeAt(at), 0x01000193)
  return mixed
}

/** A repeatable run of random choices: the same seed, use and key give the same run. */
export class Dice {
  #state: number

  constructor(seed: number, use: string, key: number) {
    this.#state = hash(seedFor(seed, use), key)
  }

  /** An integer of at least 0 and below `limit`. */
  below(limit: number): number {
    this.#state = (this.#state + 0x9e3779b9) | 0
    return Math.floor((mix(this.#state) / 2 ** 32) * limit)
  }

  /** An integer from `least` to `most`, both included. */
  between(least: number, most: number): number {
    return least + this.below(most - least + 1)
  }

  /** True once in `times` on average. */
  oneIn(times: number): boolean {
    return this.below(times) === 0
  }

  pick<T>(list: NonEmpty<T>): T {
    return list[this.below(list.length)] ?? list[0]
  }
}

function mix(value: number): number {
  const first = Math.imul(value ^ (value >>> 16), 0x21f0aaad)
  const second = Math.imul(first ^ (first >>> 15), 0x735a2d97)
  return (second ^ (second >>> 15)) >>> 0
}
