import type { RecordedCall } from '../../src/emulator/calls.ts'
import type { BeforeAnswer } from '../../src/emulator/options.ts'

const QUIET_MS = 120

/** Holds calls back until no further one comes: those of a wave were made side by side. */
export class Waves {
  readonly seen: string[][] = []
  #waiting: { readonly endpoint: string; readonly answer: () => void }[] = []
  #timer: NodeJS.Timeout | undefined

  readonly beforeAnswer: BeforeAnswer = ({ endpoint }: RecordedCall) => {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#release(), QUIET_MS)
    return new Promise(answer => this.#waiting.push({ endpoint, answer }))
  }

  #release(): void {
    const wave = this.#waiting
    this.#waiting = []
    this.seen.push(wave.map(({ endpoint }) => endpoint).toSorted())
    for (const { answer } of wave) answer()
  }
}
