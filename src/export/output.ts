import { once } from 'node:events'
import { type FileHandle, open } from 'node:fs/promises'

/** Where an export goes. */
export interface Output {
  /** How many bytes were written, those that were there before included. */
  readonly bytes: number
  write(text: string): Promise<void>
  close(): Promise<void>
}

/** A file, cut to the bytes of whole pages that it should have. */
export async function openFile(path: string, bytes: number): Promise<Output> {
  const file = await open(path, bytes > 0 ? 'r+' : 'w')
  const { size } = await file.stat()
  if (size < bytes) {
    await file.close()
    throw new Error(`--out: expected a file of ${bytes} bytes at least, got one of ${size}.`)
  }
  await file.truncate(bytes)
  return new FileOutput(file, bytes)
}

class FileOutput implements Output {
  readonly #file: FileHandle
  #bytes: number

  constructor(file: FileHandle, bytes: number) {
    this.#file = file
    this.#bytes = bytes
  }

  get bytes(): number {
    return this.#bytes
  }

  async write(text: string): Promise<void> {
    const content = Buffer.from(text)
    await this.#file.write(content, 0, content.length, this.#bytes)
    this.#bytes += content.length
  }

  /** What was written is on the disk before it counts as done. */
  async close(): Promise<void> {
    await this.#file.sync()
    await this.#file.close()
  }
}

/** Standard output. */
export const openStandardOutput = (): Output => {
  let bytes = 0
  return {
    get bytes() {
      return bytes
    },
    async write(text) {
      bytes += Buffer.byteLength(text)
      if (!process.stdout.write(text)) await once(process.stdout, 'drain')
    },
    close: () => Promise.resolve(),
  }
}
