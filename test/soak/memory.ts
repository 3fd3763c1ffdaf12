import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

// Of Linux alone, as the benchmark.

/** The memory of a process, looked at once a second. */
export class MemoryLog implements Disposable {
  readonly #pid: number
  readonly #timer: NodeJS.Timeout
  readonly #samples: (readonly [seconds: number, mib: number])[] = []

  constructor(pid: number) {
    this.#pid = pid
    const beganAtMs = performance.now()
    this.#timer = setInterval(() => {
      this.#samples.push([(performance.now() - beganAtMs) / 1000, mibOf(this.#pid)])
    }, 1000)
  }

  /** By how many MiB it grows in ten minutes, once the first part of the run is over. */
  slope(afterSeconds: number): number {
    const later = this.#samples.filter(([seconds]) => seconds >= afterSeconds)
    const meanOf = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length
    const middle = meanOf(later.map(([seconds]) => seconds))
    const level = meanOf(later.map(([, mib]) => mib))
    const spread = later.reduce((sum, [seconds]) => sum + (seconds - middle) ** 2, 0)
    const rise = later.reduce((sum, [seconds, mib]) => sum + (seconds - middle) * (mib - level), 0)
    return (rise / spread) * 600
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer)
  }
}

function mibOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'latin1')
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024
}

/** How many sockets a process has open. */
export function socketsOf(pid: number): number {
  const folder = `/proc/${pid}/fd`
  return readdirSync(folder).filter(name => isSocket(`${folder}/${name}`)).length
}

function isSocket(path: string): boolean {
  try {
    return readlinkSync(path).startsWith('socket:')
  } catch {
    // It was closed since the folder was read.
    return false
  }
}
