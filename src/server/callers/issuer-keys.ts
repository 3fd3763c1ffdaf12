import { createLocalJWKSet, errors, type JWTVerifyGetKey } from 'jose'
import { request } from 'undici'
import { IssuerUnavailableError, PAUSE_AFTER_FAILURE_MS } from './issuer-unavailable.ts'

interface IssuerKeysOptions {
  readonly url: string
  readonly nowMs?: () => number
}

/** After this the keys are read again, so that one which the issuer withdrew is not used for long. */
const FRESH_MS = 10 * 60_000
/** Keys go on serving for so long if the issuer cannot be reached. */
const USABLE_MS = 60 * 60_000
/** A key that is not there leads to a new look once in a while only: anyone can invent its id. */
const COOLDOWN_MS = 30_000
const TIMEOUT_MS = 5000
const MAX_BYTES = 1024 * 1024

interface Keys {
  readonly find: JWTVerifyGetKey
  readonly readAtMs: number
}

/**
 * The public keys of an issuer, read from its JSON Web Key Set (RFC 7517). They are read when they are
 * first needed, when they are old, and when a token names a key that is not among them: issuers rotate
 * their keys. However many tokens wait for them, they are read once.
 */
export class IssuerKeys {
  readonly #url: string
  readonly #nowMs: () => number
  #keys: Keys | undefined
  #reading: Promise<Keys> | undefined
  #failedAtMs = Number.NEGATIVE_INFINITY

  constructor({ url, nowMs = () => performance.now() }: IssuerKeysOptions) {
    this.#url = url
    this.#nowMs = nowMs
  }

  /** Rejects with an IssuerUnavailableError, or with an error of jose if there is no such key. */
  readonly find: JWTVerifyGetKey = async (header, token) => {
    const keys = await this.#usable()
    try {
      return await keys.find(header, token)
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw asIssuersFault(error)
      const isRecent = this.#nowMs() - keys.readAtMs < COOLDOWN_MS
      if (isRecent || this.#isPausing) throw error
    }
    const { find } = await this.#read()
    return find(header, token)
  }

  async #usable(): Promise<Keys> {
    const keys = this.#keys
    const ageMs = keys ? this.#nowMs() - keys.readAtMs : Number.POSITIVE_INFINITY
    if (keys && ageMs < FRESH_MS) return keys
    if (keys && ageMs < USABLE_MS) return this.#isPausing ? keys : this.#read().catch(() => keys)
    if (this.#isPausing) throw new IssuerUnavailableError()
    return this.#read()
  }

  get #isPausing(): boolean {
    return this.#nowMs() - this.#failedAtMs < PAUSE_AFTER_FAILURE_MS
  }

  async #read(): Promise<Keys> {
    this.#reading ??= readKeySet(this.#url)
      .then(keySet => {
        this.#keys = { find: findLongIn(keySet), readAtMs: this.#nowMs() }
        return this.#keys
      })
      .catch((cause: unknown) => {
        this.#failedAtMs = this.#nowMs()
        throw new IssuerUnavailableError({ cause })
      })
      .finally(() => {
        this.#reading = undefined
      })
    return this.#reading
  }
}

type KeySet = Parameters<typeof createLocalJWKSet>[0]

/** As jose finds them; but it has no error for a key that it would not verify with. */
function findLongIn(keySet: KeySet): JWTVerifyGetKey {
  const find = createLocalJWKSet(keySet)
  return async (header, token) => {
    const key = await find(header, token)
    if (isTooShort(key)) throw new KeySetError('SHORT_KEY')
    return key
  }
}

/** The least that RFC 7518 wants of an RSA key (section 3.3). */
const LEAST_BITS = 2048

/** Whether a key of RSA has so few bits that nothing is to be verified with it. */
export const isTooShort = (key: Awaited<ReturnType<JWTVerifyGetKey>>): boolean =>
  'algorithm' in key &&
  isObject(key.algorithm) &&
  Number(key.algorithm.modulusLength ?? LEAST_BITS) < LEAST_BITS

/** Whether its keys are of use is seen when they are. */
async function readKeySet(url: string): Promise<KeySet> {
  const { statusCode, body } = await request(url, {
    headers: { accept: 'application/json, application/jwk-set+json' },
    signal: AbortSignal.timeout(TIMEOUT_MS),
    // It is read so seldom that no connection is kept.
    reset: true,
  })
  const chunks: Buffer[] = []
  let byteLength = 0
  for await (const chunk of body) {
    byteLength += chunk.length
    if (byteLength > MAX_BYTES) throw new KeySetError('TOO_LARGE')
    chunks.push(chunk)
  }
  if (statusCode !== 200) throw new KeySetError(`STATUS_${statusCode}`)
  return keySetIn(new TextDecoder().decode(Buffer.concat(chunks)))
}

/** What is no key at all is passed over, as RFC 7517 wants it (section 5). */
function keySetIn(text: string): KeySet {
  let found: unknown
  try {
    found = JSON.parse(text)
  } catch {
    throw new KeySetError('NO_JSON')
  }
  if (!isObject(found) || !Array.isArray(found.keys)) throw new KeySetError('NO_KEY_SET')
  return { keys: found.keys.filter(isObject) }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What is wrong with the issuer's answer, in a word for the log. */
class KeySetError extends Error {
  override readonly name = 'KeySetError'
  readonly code: string

  constructor(code: string) {
    super('Expected the keys of the issuer, got something else.')
    this.code = code
  }
}

/** A key that is there, but is of no use, is not the caller's fault. */
const asIssuersFault = (error: unknown) =>
  error instanceof errors.JWKSMultipleMatchingKeys || error instanceof errors.JOSENotSupported
    ? error
    : new IssuerUnavailableError({ cause: error })
