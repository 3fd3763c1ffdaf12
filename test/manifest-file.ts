import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A file that is gone at the end of the test. */
export async function writeManifest(documents: Record<string, string>) {
  const folder = await mkdtemp(join(tmpdir(), 'manifest-'))
  const path = join(folder, 'documents.json')
  await writeFile(path, JSON.stringify(documents))
  return { path, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) }
}
