import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** Has Relay's compiler read schema.graphql and the queries here; rejects with what it says. */
export async function generateRelay(): Promise<void> {
  const cwd = fileURLToPath(new URL('.', import.meta.url))
  await promisify(execFile)('npm', ['run', '--silent', 'relay'], { cwd })
}
