import { createHash } from 'node:crypto'
import { type FileHandle, open, stat } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'

/** Thrown if a read cannot be recorded. */
export class AuditUnavailableError extends Error {
  override readonly name = 'AuditUnavailableError'

  constructor(options?: ErrorOptions) {
    super('What is read here cannot be recorded at the moment, so it is not read.', options)
  }
}

/** The place to which an audit event is written, as a line of JSON. */
export interface Sink {
  write(line: string): Promise<void>
  close(): Promise<void>
}

/** The number and the hash of the last line. */
interface ChainEnd {
  readonly sequence: number
  readonly hash: string
}

const START: ChainEnd = { sequence: 0, hash: '0'.repeat(64) }
/** Nobody waits longer for an event to be written, as when the reader of stdout takes nothing. */
const PATIENCE_MS = 1000
/** How much of the end of a file is read. A line with 100 ids takes less than a tenth of it. */
const LAST_LINE_BYTES = 64 * 1024

/** An event as it is written, but for its number and its hash. */
type AuditEvent = Readonly<Record<string, unknown>> & {
  readonly metadata: Readonly<Record<string, unknown>>
}

/**
 * Events, numbered without a gap, each with the hash of the one before (SHA-256): who takes a line
 * away, or changes one, would have to write all later ones anew.
 */
export class AuditLog {
  readonly #sink: Sink
  #end: ChainEnd
  #writing: Promise<unknown> = Promise.resolve()
  #isAvailable = true
  /** Whether the event that is being written takes too long. */
  #isStalled = false

  /** Goes on after `end`. */
  constructor(sink: Sink, end: ChainEnd = START) {
    this.#sink = sink
    this.#end = end
  }

  /**
   * Whether the last event could be written. An event that is still being written does not count, unless
   * it takes too long.
   */
  get isAvailable(): boolean {
    return this.#isAvailable && !this.#isStalled
  }

  /** `stdout`, or the path of a file, whose chain goes on. Rejects if that is not possible. */
  static async open(target: string): Promise<AuditLog> {
    if (target === 'stdout') return new AuditLog(STDOUT)
    const file = await openForAppending(target)
    try {
      return new AuditLog(new FileSink(target, file), await endOf(file))
    } catch (error) {
      await file.close()
      throw error
    }
  }

  /**
   * One after the other. Rejects with an AuditUnavailableError if the event is not written: the next
   * one then has its number. Rejects so, too, if that takes too long: such an event is written once that
   * is possible, and no other one is taken before.
   */
  async append(event: AuditEvent): Promise<void> {
    if (this.#isStalled) throw new AuditUnavailableError()
    const written = this.#writing
      .then(() => this.#append(event))
      .catch((cause: unknown) => {
        throw new AuditUnavailableError({ cause })
      })
    this.#writing = written.catch(() => undefined)
    await this.#inTime(written)
  }

  /** Waits for the events that are being written, unless that takes too long. */
  async close(): Promise<void> {
    await Promise.race([this.#writing, wait(PATIENCE_MS, undefined, { ref: false })])
    await this.#sink.close()
  }

  async #inTime(written: Promise<void>): Promise<void> {
    const late = Promise.withResolvers<never>()
    const timer = setTimeout(() => {
      this.#isStalled = true
      late.reject(new AuditUnavailableError())
    }, PATIENCE_MS)
    const over = written.finally(() => {
      clearTimeout(timer)
      this.#isStalled = false
    })
    await Promise.race([over, late.promise])
  }

  async #append(event: AuditEvent): Promise<void> {
    const sequence = this.#end.sequence + 1
    const metadata = { ...event.metadata, sequence }
    const chained = { ...event, metadata, unmapped: { previous_hash: this.#end.hash } }
    const hash = sha256(JSON.stringify(chained))
    const line = JSON.stringify({ ...chained, unmapped: { ...chained.unmapped, hash } })
    try {
      // Ends the line of which only a part could be written.
      await this.#sink.write(this.#isAvailable ? `${line}\n` : `\n${line}\n`)
      this.#isAvailable = true
    } catch (error) {
      this.#isAvailable = false
      throw error
    }
    this.#end = { sequence, hash }
  }
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

const openForAppending = (path: string) => open(path, 'a+', 0o600)

/**
 * The file of a name. If it was renamed or removed, as log rotation does, the next line begins another:
 * what is written into a file that nobody can find any more is not recorded.
 */
class FileSink implements Sink {
  readonly #path: string
  #file: FileHandle

  constructor(path: string, file: FileHandle) {
    this.#path = path
    this.#file = file
  }

  async write(line: string): Promise<void> {
    if (!(await this.#isInPlace())) {
      const old = this.#file
      this.#file = await openForAppending(this.#path)
      await old.close()
    }
    await this.#file.appendFile(line)
  }

  close(): Promise<void> {
    return this.#file.close()
  }

  async #isInPlace(): Promise<boolean> {
    const [ours, named] = await Promise.all([this.#file.stat(), statIfThere(this.#path)])
    return ours.ino === named?.ino && ours.dev === named.dev
  }
}

const statIfThere = (path: string) =>
  stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })

const STDOUT: Sink = {
  write: line =>
    new Promise((resolve, reject) => {
      process.stdout.write(line, error => (error ? reject(error) : resolve()))
    }),
  close: () => Promise.resolve(),
}

async function endOf(file: FileHandle): Promise<ChainEnd> {
  const { size } = await file.stat()
  const length = Math.min(size, LAST_LINE_BYTES)
  const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length)
  const lines = buffer.toString().split('\n')
  // Whether a crash cut a line off. Its operation was not answered.
  if (lines.at(-1) !== '') await file.appendFile('\n')
  const last = lines.slice(0, -1).findLast(line => line.trim() !== '')
  return last === undefined ? START : chainEndIn(last)
}

function chainEndIn(line: string): ChainEnd {
  try {
    const { metadata, unmapped } = JSON.parse(line)
    return { sequence: Number(metadata.sequence), hash: String(unmapped.hash) }
  } catch (cause) {
    throw new Error('The last line of the audit log is none of its own.', { cause })
  }
}
