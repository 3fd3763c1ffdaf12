import { closeSync, openSync, readSync } from 'node:fs'

/** Variables that name a file in place of being a secret, as orchestrators mount secrets. */
const SECRET_OF = {
  BANGWO8_PASSWORD_FILE: 'BANGWO8_PASSWORD',
  AUDIT_KEY_FILE: 'AUDIT_KEY',
  CACHE_KEY_SECRET_FILE: 'CACHE_KEY_SECRET',
  REDIS_URL_FILE: 'REDIS_URL',
} as const

export const SECRET_FILE_VARIABLES = Object.keys(SECRET_OF)

type Environment = Readonly<Record<string, string | undefined>>

interface WithSecrets {
  readonly environment: Environment
  readonly problems: readonly string[]
  /** The secrets whose files hold none. */
  readonly missing: readonly string[]
}

/** An environment with the secrets that its files hold, without the line break that ends a file. */
export function withSecretFiles(environment: Environment): WithSecrets {
  const read: Record<string, string> = {}
  const problems: string[] = []
  const missing: string[] = []
  for (const [fileVariable, name] of Object.entries(SECRET_OF)) {
    const path = environment[fileVariable]
    if (!path) continue
    const secret = secretIn(path)
    if (environment[name]) problems.push(`${fileVariable}: expected nothing beside ${name}`)
    else if (secret) read[name] = secret
    else {
      problems.push(`${fileVariable}: expected a file that can be read, with a secret in it`)
      missing.push(name)
    }
  }
  return { environment: { ...environment, ...read }, problems, missing }
}

/** No secret is longer. A file that is was named by mistake, and some never end. */
const MOST_BYTES = 64 * 1024

function secretIn(path: string): string | undefined {
  try {
    // Some editors begin a file with a byte order mark, which the decoder takes away.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytesOf(path))
    return text.replace(/\r?\n$/, '')
  } catch {
    // Whatever is wrong with it, the path in the message would be a value of the environment.
    return undefined
  }
}

function bytesOf(path: string): Buffer {
  const file = openSync(path, 'r')
  try {
    const bytes = Buffer.alloc(MOST_BYTES + 1)
    let length = 0
    let read: number
    do {
      read = readSync(file, bytes, length, bytes.length - length, null)
      length += read
    } while (read > 0)
    if (length > MOST_BYTES) throw new Error(`Expected at most ${MOST_BYTES} bytes, got more.`)
    return bytes.subarray(0, length)
  } finally {
    closeSync(file)
  }
}
