import { readFile, rename, writeFile } from 'node:fs/promises'

/** How far an export came. */
interface Progress {
  /** Of which export: another one cannot go on from here. */
  readonly of: string
  /** Behind which cursor it goes on. */
  readonly cursor: string | null
  /** How many records were written in all. */
  readonly records: number
  /** The file that was written, and how many bytes of it are of whole pages. */
  readonly out: string | undefined
  readonly bytes: number
}

/** Undefined if there is no such file yet. Throws Error for one of another export, or of none. */
export async function readProgress(file: string, of: string): Promise<Progress | undefined> {
  const text = await readFile(file, 'utf8').catch(error => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (text === undefined) return undefined
  const progress: unknown = JSON.parse(text)
  if (!isProgress(progress) || progress.of !== of) {
    throw new Error(`--resume: expected the progress of this export (${of}), got that of another.`)
  }
  return progress
}

const isProgress = (value: unknown): value is Progress =>
  typeof value === 'object' && value !== null && 'of' in value && 'cursor' in value

/** Whole or not at all, however the process ends. */
export async function writeProgress(file: string, progress: Progress): Promise<void> {
  const draft = `${file}.draft`
  await writeFile(draft, `${JSON.stringify(progress)}\n`)
  await rename(draft, file)
}
