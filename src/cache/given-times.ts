import type { HeldAnswer } from './held-answer.ts'

/** How far the clocks of two processes may differ: those of machines do by some milliseconds. */
export const CLOCKS_APART_MS = 1000

type Asked = Pick<HeldAnswer, 'beganAtMs' | 'origin'>
type Times = Asked & Pick<HeldAnswer, 'receivedAtMs'>

interface Wanted {
  readonly name: string
  /** Whether it may have been asked for beside what was given: see reads.ts. */
  readonly mayBeBeside: boolean
}

/** When answers were asked for and received that one reading was given: it never goes back from there. */
export class GivenTimes {
  /** What was asked for before is not given. */
  #notBeforeMs: number
  #oldestMs = Number.POSITIVE_INFINITY
  /** When the newest ones were asked for and received, by the clock of each process. */
  readonly #newestMs = new Map<string | undefined, { began: number; received: number }>()
  /** What the answers are known by that were given. */
  readonly #names = new Set<string>()

  constructor(notBeforeMs: number) {
    this.#notBeforeMs = notBeforeMs
  }

  /** What was given, and when the oldest of it was asked for. */
  get given() {
    return { names: this.#names, oldestMs: this.#oldestMs }
  }

  /** From now on gives nothing older; false if it has done so already. */
  keepSince(ms: number): boolean {
    if (this.#oldestMs < ms) return false
    this.#notBeforeMs = Math.max(this.#notBeforeMs, ms)
    return true
  }

  /**
   * Whether an answer was asked for after all those were received that were given. One that may have
   * been asked for beside them need only not be older; but what was given already is to be newer.
   */
  allow({ beganAtMs, origin }: Asked, { name, mayBeBeside }: Wanted): boolean {
    const event = mayBeBeside && !this.#names.has(name) ? 'began' : 'received'
    const since = (process: string | undefined) =>
      process === origin ? beganAtMs : beganAtMs - CLOCKS_APART_MS
    if (since(undefined) < this.#notBeforeMs) return false
    return this.#newestMs.entries().every(([process, newest]) => since(process) >= newest[event])
  }

  /** Whether an answer may be given that was asked for before a time, and that another process has. */
  allowsOlderThan(ms: number): boolean {
    return this.#notBeforeMs < ms && (this.#newestMs.get(undefined)?.received ?? 0) < ms
  }

  /** That one will be given, once it is there. */
  noteAsked(beganAtMs: number): void {
    this.#oldestMs = Math.min(this.#oldestMs, beganAtMs)
  }

  noteGiven({ beganAtMs, receivedAtMs, origin }: Times, name: string): void {
    this.noteAsked(beganAtMs)
    this.#names.add(name)
    const newest = this.#newestMs.get(origin)
    this.#newestMs.set(origin, {
      began: Math.max(newest?.began ?? beganAtMs, beganAtMs),
      received: Math.max(newest?.received ?? receivedAtMs, receivedAtMs),
    })
  }
}
