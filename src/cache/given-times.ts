import type { HeldAnswer } from './held-answer.ts'

/** How far the clocks of two processes may differ: those of machines do by some milliseconds. */
const CLOCKS_APART_MS = 1000

type Times = Pick<HeldAnswer, 'beganAtMs' | 'receivedAtMs' | 'origin'>

/** When answers were asked for and received that one reading was given: it never goes back from there. */
export class GivenTimes {
  /** What was asked for before is not given. */
  #notBeforeMs: number
  #oldestMs = Number.POSITIVE_INFINITY
  /** When the newest one was received, by the clock of each process. */
  readonly #newestMs = new Map<string | undefined, number>()

  constructor(notBeforeMs: number) {
    this.#notBeforeMs = notBeforeMs
  }

  /** From now on gives nothing older; false if it has done so already. */
  keepSince(ms: number): boolean {
    if (this.#oldestMs < ms) return false
    this.#notBeforeMs = Math.max(this.#notBeforeMs, ms)
    return true
  }

  /** Whether an answer was asked for after all those were received that were given. */
  allow({ beganAtMs, origin }: Pick<Times, 'beganAtMs' | 'origin'>): boolean {
    const since = (process: string | undefined) =>
      process === origin ? beganAtMs : beganAtMs - CLOCKS_APART_MS
    if (since(undefined) < this.#notBeforeMs) return false
    return this.#newestMs.entries().every(([process, newestMs]) => since(process) >= newestMs)
  }

  /** Whether an answer may be given that was asked for before a time, and that another process has. */
  allowsOlderThan(ms: number): boolean {
    return this.#notBeforeMs < ms && (this.#newestMs.get(undefined) ?? 0) < ms
  }

  /** That one will be given, once it is there. */
  noteAsked(beganAtMs: number): void {
    this.#oldestMs = Math.min(this.#oldestMs, beganAtMs)
  }

  noteGiven({ beganAtMs, receivedAtMs, origin }: Times): void {
    this.noteAsked(beganAtMs)
    const newestMs = this.#newestMs.get(origin) ?? receivedAtMs
    this.#newestMs.set(origin, Math.max(newestMs, receivedAtMs))
  }
}
