import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { errors, type JWTPayload, type JWTVerifyOptions, jwtVerify } from 'jose'
import { LRUCache } from 'lru-cache'
import { type Permissions, permissionsOf } from '../../schema/access/scopes.ts'
import type { Callers, KnownCaller } from './callers.ts'
import { IssuerKeys, isTooShort } from './issuer-keys.ts'
import { refuseToken } from './refusals.ts'

export interface JwtOptions {
  readonly issuer: string
  readonly audience: string
  readonly jwksUrl: string
  readonly algorithms: readonly string[]
  readonly clockSkewSeconds: number
}

/** A token that was verified, for as long as it is believed. */
interface Verified {
  readonly permissions: Permissions
  readonly subject: string
  readonly untilMs: number
}

const REMEMBERED_MS = 60_000
const MAX_REMEMBERED = 10_000

/**
 * Callers bring a token of an issuer, and the upstream is asked as one account. A token is verified
 * once a minute: that takes a hundred times as long as to look it up by its hash.
 */
export function jwtCallers(accountIdentity: () => KnownCaller, options: JwtOptions): Callers {
  const verify = tokenVerifier(options)
  const verified = new LRUCache<string, Verified>({ max: MAX_REMEMBERED })

  async function verifyOnce(token: string): Promise<Verified> {
    const hash = createHash('sha256').update(token).digest('base64')
    const known = verified.get(hash)
    if (known && Date.now() < known.untilMs) return known
    const payload = await verify(token)
    const untilMs = Math.min(Date.now() + REMEMBERED_MS, (payload.exp ?? 0) * 1000)
    const now = {
      untilMs,
      permissions: permissionsOf(scopesIn(payload)),
      subject: subjectOf(payload),
    }
    verified.set(hash, now)
    return now
  }

  return {
    async identify(incoming) {
      const { permissions, subject } = await verifyOnce(tokenOf(incoming))
      return { ...accountIdentity(), permissions, subject }
    },
  }
}

/** Issuers write them as one text (RFC 8693), as a list, or under the other name. */
function scopesIn({ scope, scp }: JWTPayload): ReadonlySet<unknown> {
  const named = [scope, scp].flat()
  return new Set(named.flatMap(each => (typeof each === 'string' ? each.split(' ') : [])))
}

/**
 * Hashed, so that a long subject takes no room. An app that acts for no person has an id of its
 * own.
 */
const subjectOf = ({ iss, sub, client_id: clientId, azp }: JWTPayload): string =>
  createHash('sha256')
    .update(JSON.stringify([iss, sub ?? clientId ?? azp]))
    .digest('base64')

/**
 * The token of the header (RFC 6750). A token in the URL is not read, because URLs are written into
 * logs.
 */
const BEARER = /^Bearer +([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*)$/i

function tokenOf({ headersDistinct: { authorization = [] } }: IncomingMessage): string {
  const [header, ...repeated] = authorization
  if (header === undefined) throw refuseToken('Expected a bearer token, got none.')
  const token = BEARER.exec(header)?.[1]
  if (token === undefined || repeated.length > 0)
    throw refuseToken('Expected one bearer token, got something else.', 'invalid_token')
  return token
}

function tokenVerifier({ issuer, audience, jwksUrl, algorithms, clockSkewSeconds }: JwtOptions) {
  const keys = new IssuerKeys({ url: jwksUrl })
  const expected = {
    issuer,
    audience,
    algorithms: [...algorithms],
    clockTolerance: clockSkewSeconds,
    requiredClaims: ['exp'],
  }
  return async (token: string): Promise<JWTPayload> => {
    try {
      const verified = await jwtVerify(token, keys.find, expected).catch(
        verifyByOneOf(token, expected),
      )
      return verified.payload
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) throw error
      const message = `Expected a token of the issuer that is valid now, got one ${flawOf(error)}.`
      throw refuseToken(message, 'invalid_token')
    }
  }
}

/** So many keys are tried for one token: each costs as much as a token that is verified. */
const MOST_KEYS_TRIED = 10

/** An issuer that rotates its keys has several, and its tokens need not say which one is theirs. */
const verifyByOneOf = (token: string, expected: JWTVerifyOptions) => async (error: unknown) => {
  if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error
  let tried = 0
  for await (const key of error) {
    tried += 1
    if (tried > MOST_KEYS_TRIED) break
    if (isTooShort(key)) continue
    try {
      return await jwtVerify(token, key, expected)
    } catch (flaw) {
      if (!(flaw instanceof errors.JWSSignatureVerificationFailed)) throw flaw
    }
  }
  throw new errors.JWSSignatureVerificationFailed()
}

/** Of a claim the name only, which jose has from the expectations above. */
function flawOf(error: errors.JOSEError): string {
  if (error instanceof errors.JWTExpired) return 'that has expired'
  if (error instanceof errors.JWTClaimValidationFailed) return flawOfClaim(error)
  if (error instanceof errors.JOSEAlgNotAllowed) return 'of another algorithm'
  if (error instanceof errors.JWKSNoMatchingKey) return 'of an unknown key'
  return 'that is not valid'
}

function flawOfClaim({ claim, reason }: errors.JWTClaimValidationFailed): string {
  if (reason === 'missing') return `without "${claim}"`
  return claim === 'nbf' && reason === 'check_failed'
    ? 'that is not valid yet'
    : `whose "${claim}" is wrong`
}
