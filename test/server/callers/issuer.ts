import { once } from 'node:events'
import { createServer } from 'node:http'
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'
import type { JwtOptions } from '../../../src/server/callers/jwt-callers.ts'

/** An issuer of tokens, which gives its public keys over HTTP. */
export interface Issuer extends AsyncDisposable {
  /** What a gateway has to expect of its tokens. */
  readonly expected: JwtOptions
  /** How often its keys were read. */
  readonly reads: number
  /** Adds a key, and signs with it from now on. */
  rotate(algorithm?: string): Promise<void>
  /** What is answered in place of the keys; undefined for the keys. */
  answerWith(answer: { readonly status: number; readonly body: string } | undefined): void
  /** A token that is right, but for what is given. */
  token(
    claims?: Record<string, unknown>,
    header?: { readonly kid?: string | undefined },
  ): Promise<string>
  readonly publicKey: () => JWK
}

const AUDIENCE = 'remote-assistance'

export async function startIssuer(): Promise<Issuer> {
  const keys: { readonly jwk: JWK; readonly privateKey: CryptoKey; readonly alg: string }[] = []
  let reads = 0
  let instead: { readonly status: number; readonly body: string } | undefined
  const server = createServer((_, response) => {
    reads += 1
    const body = JSON.stringify({ keys: keys.map(({ jwk }) => jwk) })
    response.writeHead(instead?.status ?? 200, { 'content-type': 'application/json' })
    response.end(instead?.body ?? body)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`

  const newest = () => {
    const key = keys.at(-1)
    if (!key) throw new Error('Expected a key, got none.')
    return key
  }
  const rotate = async (alg = 'ES256') => {
    const { publicKey, privateKey } = await generateKeyPair(alg)
    const jwk = { ...(await exportJWK(publicKey)), kid: `key ${keys.length}`, alg, use: 'sig' }
    keys.push({ jwk, privateKey, alg })
  }
  await rotate()

  return {
    expected: {
      issuer: url,
      audience: AUDIENCE,
      jwksUrl: `${url}/keys`,
      algorithms: ['RS256', 'ES256', 'EdDSA'],
      clockSkewSeconds: 30,
    },
    get reads() {
      return reads
    },
    rotate,
    answerWith(answer) {
      instead = answer
    },
    token(claims = {}, header = {}) {
      const { jwk, privateKey, alg } = newest()
      const exp = Math.floor(Date.now() / 1000) + 600
      const payload = { iss: url, aud: AUDIENCE, sub: 'caller', exp, ...claims }
      const kid = 'kid' in header ? header.kid : jwk.kid
      const named = kid === undefined ? { alg } : { alg, kid }
      return new SignJWT(payload).setProtectedHeader(named).sign(privateKey)
    },
    publicKey: () => newest().jwk,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

/** A token as anyone can write it, unsigned or signed with whatever. */
export const rawToken = (header: object, payload: object, signature = ''): string =>
  [header, payload]
    .map(part => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .concat(signature)
    .join('.')
