import type { RecordedCall } from '../../src/emulator/answers/calls.ts'
import type { BeforeAnswer } from '../../src/emulator/options.ts'

const TURN_MS = 10
/** Turns of the event loop, each of which takes what has come: a busy machine makes them last longer. */
const QUIET_TURNS = 12

/** Holds calls back until no further one comes: those of a wave were made side by side. */
export class Waves {
  readonly seen: string[][] = []
  #waiting: { readonly endpoint: string; readonly answer: () => void }[] = []
  #timer: NodeJS.Timeout | undefined

  readonly beforeAnswer: BeforeAnswer = ({ endpoint }: RecordedCall) => {
    this.#wait(QUIET_TURNS)
    return new Promise(answer => this.#waiting.push({ endpoint, answer }))
  }

  #wait(turns: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => (turns > 1 ? this.#wait(turns - 1) : this.#release()), TURN_MS)
  }

  #release(): void {
    const wave = this.#waiting
    this.#waiting = []
    this.seen.push(wave.map(({ endpoint }) => endpoint).toSorted())
    for (const { answer } of wave) answer()
  }
}
