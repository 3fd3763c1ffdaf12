import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'

const ALGORITHM = 'aes-256-gcm'
const IV_BYTES = 12
const TAG_BYTES = 16

/** Names and values that nobody can read or make without the secret. */
export interface Sealing {
  /** The same for the same parts, of whatever length each is. */
  nameOf(...parts: readonly string[]): string
  /** Is read again only under the name that it was sealed for. */
  seal(name: string, text: string): Buffer
  /** Undefined for what was not sealed under that name with this secret. */
  open(name: string, sealed: Buffer): string | undefined
  /** Another one each time that something is sealed, even if it is the same. */
  versionOf(sealed: Buffer): string
}

export function createSealing(secret: string): Sealing {
  const derive = (use: string) => Buffer.from(hkdfSync('sha256', secret, '', `bangwo8 ${use}`, 32))
  const nameKey = derive('names')
  const valueKey = derive('values')
  return {
    versionOf: sealed => sealed.subarray(0, IV_BYTES).toString('base64'),
    nameOf: (...parts) =>
      createHmac('sha256', nameKey).update(JSON.stringify(parts)).digest('base64url'),
    seal(name, text) {
      const iv = randomBytes(IV_BYTES)
      const cipher = createCipheriv(ALGORITHM, valueKey, iv, { authTagLength: TAG_BYTES })
      cipher.setAAD(Buffer.from(name))
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([iv, cipher.getAuthTag(), sealed])
    },
    open(name, sealed) {
      if (sealed.length < IV_BYTES + TAG_BYTES) return undefined
      const iv = sealed.subarray(0, IV_BYTES)
      const decipher = createDecipheriv(ALGORITHM, valueKey, iv, { authTagLength: TAG_BYTES })
      decipher.setAAD(Buffer.from(name))
      decipher.setAuthTag(sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
      try {
        const text = decipher.update(sealed.subarray(IV_BYTES + TAG_BYTES))
        return Buffer.concat([text, decipher.final()]).toString('utf8')
      } catch {
        // That it cannot be read is all that is to be known of what is not ours.
        return undefined
      }
    },
  }
}

/** A key of its own for what stands for credentials, the same in each process with the secret. */
export const identityKeyOf = (secret: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', 'bangwo8 identities', 32))
