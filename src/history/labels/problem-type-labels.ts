import { LRUCache } from 'lru-cache'
import type { Finding, ProblemTypeLevel } from './label-evidence.ts'
import { optionName } from './label-evidence.ts'

export interface ProblemTypeLabelsOptions {
  /** How long a learnt label is believed; a relabelled option shows its new text after that. */
  readonly maxAgeMs?: number
  /** How long one is believed that a single record has shown in a single reading. */
  readonly maxUnsureAgeMs?: number
  readonly maxLabels?: number
}

interface KnownLabel extends Finding {
  /** Of which readings the finding is: any object that stands for one request. */
  readonly reading: object
  readonly learntAt: number
}

/** A label as processes share it. */
interface SharedLabel extends Finding {
  readonly option: string
  /** In milliseconds since 1970. */
  readonly learntAtMs: number
}

/** The texts of problem-type options, as far as records seen in both lists prove them. */
export class ProblemTypeLabels {
  readonly #options: { readonly max: number; readonly ttl: number }
  readonly #maxUnsureAgeMs: number
  // Takes its whole room at once, so not before there is something to learn.
  #labels: LRUCache<string, KnownLabel> | undefined
  /** Grows with what is learnt here. */
  revision = 0

  constructor({
    maxAgeMs = 600_000,
    maxUnsureAgeMs = 60_000,
    maxLabels = 10_000,
  }: ProblemTypeLabelsOptions = {}) {
    this.#options = { max: maxLabels, ttl: maxAgeMs }
    this.#maxUnsureAgeMs = maxUnsureAgeMs
  }

  get isEmpty(): boolean {
    return !this.#labels?.size
  }

  /** What was used last of what is known, so that another process can `absorb` it. */
  dump(most: number): readonly SharedLabel[] {
    const aheadMs = Date.now() - performance.now()
    const latest = this.#labels?.entries().take(most) ?? []
    return Array.from(latest, ([option, { label, isSure, learntAt }]) => ({
      option,
      label,
      isSure,
      learntAtMs: learntAt + aheadMs,
    }))
  }

  /** What others have learnt counts if nothing is known, or nothing as sure; it never makes anything surer. */
  absorb(shared: readonly SharedLabel[]): void {
    const aheadMs = Date.now() - performance.now()
    for (const { option, label, isSure, learntAtMs } of shared) {
      this.#labels ??= new LRUCache(this.#options)
      const known = this.#labels.get(option)
      if (known && (known.isSure || !isSure)) continue
      const learntAt = learntAtMs - aheadMs
      this.#labels.set(option, { label, isSure, reading: this, learntAt }, { start: learntAt })
    }
  }

  /** Null for an option whose text is empty; undefined if it is not known, or not any more. */
  get(level: ProblemTypeLevel, optionId: number): string | null | undefined {
    const known = this.#labels?.get(optionName(level, optionId))
    if (!known) return undefined
    const isTooOld = !known.isSure && performance.now() - known.learntAt > this.#maxUnsureAgeMs
    return isTooOld ? undefined : known.label
  }

  /**
   * A finding that is not sure becomes so if another reading says the same; it never overrules one
   * that is. Two such findings that differ cancel each other.
   */
  learn(findings: Iterable<readonly [option: string, finding: Finding]>, reading: object): void {
    for (const [option, finding] of findings) {
      this.#labels ??= new LRUCache(this.#options)
      const known = this.#labels.get(option)
      const isSame = known?.label === finding.label
      if (finding.isSure || !known) this.#set(option, finding, reading)
      else if (isSame && known.reading !== reading && !known.isSure)
        this.#set(option, { ...finding, isSure: true }, reading)
      else if (!isSame && !known.isSure) this.#labels.delete(option)
    }
  }

  #set(option: string, finding: Finding, reading: object): void {
    this.revision += 1
    this.#labels?.set(option, { ...finding, reading, learntAt: performance.now() })
  }
}
