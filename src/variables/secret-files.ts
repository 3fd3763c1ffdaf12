import { readFileSync } from 'node:fs'

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
}

/** An environment with the secrets that its files hold, without the line break that ends a file. */
export function withSecretFiles(environment: Environment): WithSecrets {
  const read: Record<string, string> = {}
  const problems: string[] = []
  for (const [fileVariable, name] of Object.entries(SECRET_OF)) {
    const path = environment[fileVariable]
    if (!path) continue
    const secret = secretIn(path)
    if (environment[name]) problems.push(`${fileVariable}: expected nothing beside ${name}`)
    else if (secret) read[name] = secret
    else problems.push(`${fileVariable}: expected a file that can be read, with a secret in it`)
  }
  return { environment: { ...environment, ...read }, problems }
}

function secretIn(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').replace(/\r?\n$/, '')
  } catch {
    // Whatever is wrong with it, the path in the message would be a value of the environment.
    return undefined
  }
}
