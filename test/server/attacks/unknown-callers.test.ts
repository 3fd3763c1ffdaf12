import { Agent, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { ADMINISTRATOR } from '../../../src/emulator/answers/accounts.ts'
import { rawToken } from '../callers/issuer.ts'
import { LATEST, useAttackedGateway } from './attacked-gateway.ts'
import { basic } from './modes.ts'

const CANARY = 'canary-of-a-caller'
const encoded = (pair: string) => `Basic ${Buffer.from(pair).toString('base64')}`
const { account, password } = ADMINISTRATOR
const right = basic(ADMINISTRATOR)

const ACCOUNTS: readonly (readonly [what: string, authorization: string | string[]])[] = [
  ['nothing', []],
  ['another scheme', `Bearer ${CANARY}`],
  ['no account behind the scheme', 'Basic'],
  ['what is not base64', `Basic ${CANARY}!`],
  ['a pair without a colon', encoded(CANARY)],
  ['an empty account', encoded(`:${CANARY}`)],
  ['a line break in the account', encoded(`${account}\r\nX-Evil: ${CANARY}:${password}`)],
  ['a null byte in the password', encoded(`${CANARY}:\0`)],
  ['two accounts in one field', `${right}, ${right}`],
  ['two fields', [right, right]],
  ['two schemes', `${right} Bearer ${CANARY}`],
]

/** A token that names the issuer's key, but is not signed with it. */
const signed = (header: object, signature = Buffer.from(CANARY)) =>
  `Bearer ${rawToken({ alg: 'ES256', kid: 'key 0', ...header }, { sub: CANARY }, signature.toString('base64url'))}`

const TOKENS: readonly (readonly [what: string, authorization: string | string[]])[] = [
  ['nothing', []],
  ['the shared account', right],
  ['no token behind the scheme', 'Bearer'],
  ['what is no token', `Bearer ${CANARY}`],
  ['a token that nobody signed', `Bearer ${rawToken({ alg: 'none' }, { sub: CANARY })}`],
  ['a token signed with a text', `Bearer ${rawToken({ alg: 'HS256' }, { sub: CANARY }, 'AAAA')}`],
  ['a token of an unknown key', `Bearer ${rawToken({ alg: 'ES256', kid: CANARY }, {}, 'AAAA')}`],
  ['a key of its own', signed({ jwk: { kty: 'oct', k: CANARY } })],
  ['an address of other keys', signed({ jku: `http://127.0.0.1:9/${CANARY}`, x5u: 'file:///etc' })],
  ['a field that it calls critical', signed({ crit: [CANARY], [CANARY]: 1 })],
  ['a signature of zeros', signed({}, Buffer.alloc(64))],
  ['an algorithm spelt in another way', signed({ alg: 'es256' })],
  ['a name of a key that is a path', signed({ kid: `../../${CANARY}` })],
  ['a token in five parts, as if it were encrypted', `${signed({})}.AAAA.AAAA`],
  ['a token of many parts', `Bearer ${'a.'.repeat(4000)}a`],
  ['two tokens', ['Bearer a.b.c', 'Bearer a.b.c']],
]

/** Fetch joins fields of one name into one. */
async function post(url: string, authorization: string | string[]) {
  const { promise, resolve, reject } = Promise.withResolvers<{
    readonly status: number | undefined
    readonly challenge: string | undefined
    readonly everything: string
  }>()
  const agent = new Agent()
  const fields = [authorization].flat().flatMap(value => ['Authorization', value])
  const headers = ['Host', 'gateway', 'Content-Type', 'application/json', ...fields]
  request(url, { method: 'POST', agent, headers }, async incoming => {
    const everything = [await text(incoming), ...incoming.rawHeaders].join('\n')
    const { 'www-authenticate': challenge } = incoming.headers
    resolve({ status: incoming.statusCode, challenge, everything })
  })
    .on('error', reject)
    .end(JSON.stringify({ query: LATEST }))
  return promise.finally(() => agent.destroy())
}

describe.each([
  ['passthrough', 'Basic', ACCOUNTS],
  ['jwt', 'Bearer', TOKENS],
] as const)('with callers that are %s', (mode, scheme, unknown) => {
  const attacked = useAttackedGateway(mode)

  it.each(unknown)('who brings %s is asked for an account, without a call', async (_, given) => {
    const { gateway } = attacked()
    const { status, challenge, everything } = await post(gateway.url, given)
    expect(status).toBe(401)
    expect(challenge).toMatch(new RegExp(`^${scheme} realm=`))
    const seen = everything + gateway.takeWritten()
    expect(gateway.leaksIn(seen)).toEqual([])
    expect(seen).not.toContain(CANARY)
    expect(seen).not.toContain(Buffer.from(CANARY).toString('base64').slice(0, 20))
    expect(gateway.emulator.callLines()).toEqual([])
  })

  it('leaves nothing of them in metrics', async () => {
    expect(await attacked().gateway.leaksInMetrics()).toEqual([])
  })
})
