import { fstatSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { type DestinationStream, pino } from 'pino'

/** Lines wait here if they cannot be written; those beyond are dropped. */
const MOST_WAITING_BYTES = 1024 * 1024

/** A reader that takes nothing for so long holds up the end of the process no longer. */
const READER_PATIENCE_MS = 1000

/**
 * Where lines of the log go. If the disk is full, or if the reader of a pipe takes nothing or is gone,
 * callers are answered all the same. `tellDropped` learns how many lines were dropped, once there is
 * room again.
 */
export function standardOutput(tellDropped: (lines: number) => void): DestinationStream {
  const output = fstatSync(process.stdout.fd)
  return output.isFIFO() || output.isSocket() ? new PipeOutput(tellDropped) : fileOutput()
}

/** Resolves when all lines are written, or when their reader has taken none for a while. */
export async function allWritten(): Promise<void> {
  if (process.stdout.writableLength === 0) return
  const written = new Promise<void>(resolve => process.stdout.write('', () => resolve()))
  await Promise.race([written, wait(READER_PATIENCE_MS)])
}

/** A file takes a line at once, or not at all. Node's own stream would end at the first failure. */
function fileOutput(): DestinationStream {
  const lines = pino.destination({
    dest: process.stdout.fd,
    sync: true,
    maxLength: MOST_WAITING_BYTES,
  })
  lines.on('error', () => undefined)
  return lines
}

/** A pipe takes a line at once if its reader does; else the line waits, but nobody waits for it. */
class PipeOutput implements DestinationStream {
  readonly #tellDropped: (lines: number) => void
  #dropped = 0

  constructor(tellDropped: (lines: number) => void) {
    this.#tellDropped = tellDropped
  }

  write(line: string): void {
    if (process.stdout.writableLength + line.length <= MOST_WAITING_BYTES) {
      process.stdout.write(line)
      return
    }
    if (this.#dropped === 0) process.stdout.once('drain', () => this.#tell())
    this.#dropped += 1
  }

  #tell(): void {
    const dropped = this.#dropped
    this.#dropped = 0
    this.#tellDropped(dropped)
  }
}
