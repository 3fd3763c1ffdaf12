import { LRUCache } from 'lru-cache'

/** The level of a problem-type menu: its options' ids are only known to be unique within it. */
export const PROBLEM_TYPE_LEVELS = [1, 2, 3] as const
export type ProblemTypeLevel = (typeof PROBLEM_TYPE_LEVELS)[number]

/** Option ids of a record by level, from the first list; null where the record has none. */
export type OptionIds = readonly [number | null, number | null, number | null]
/** Option texts of the same record by level, from the second list. */
export type OptionLabels = readonly [string | null, string | null, string | null]

export interface ProblemTypeLabelsOptions {
  /** How long a learnt label is believed; a relabelled option shows its new text after that. */
  readonly maxAgeMs?: number
  readonly maxLabels?: number
}

/** The texts of problem-type options, learnt from records seen in both lists. Never guessed. */
export class ProblemTypeLabels {
  readonly #options: { readonly max: number; readonly ttl: number }
  // Takes its whole room at once, so not before there is something to learn.
  #labels: LRUCache<string, string> | undefined

  constructor({ maxAgeMs = 600_000, maxLabels = 10_000 }: ProblemTypeLabelsOptions = {}) {
    this.#options = { max: maxLabels, ttl: maxAgeMs }
  }

  get isEmpty(): boolean {
    return !this.#labels?.size
  }

  /** The text of an option; undefined where it is not known, or not any more. */
  get(level: ProblemTypeLevel, optionId: number): string | undefined {
    return this.#labels?.get(`${level}/${optionId}`)
  }

  /**
   * Learns from one record. The two lists are two requests: what they say of a record belongs
   * together only as far as it did not change in between, so a later pair corrects an earlier one.
   */
  learn(ids: OptionIds, labels: OptionLabels): void {
    this.#labels ??= new LRUCache(this.#options)
    for (const level of PROBLEM_TYPE_LEVELS) {
      const [optionId, label] = [ids[level - 1], labels[level - 1]]
      if (optionId && label) this.#labels.set(`${level}/${optionId}`, label)
    }
  }
}
