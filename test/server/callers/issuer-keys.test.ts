import type { FlattenedJWSInput, JWSHeaderParameters } from 'jose'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { IssuerKeys } from '../../../src/server/callers/issuer-keys.ts'
import { IssuerUnavailableError } from '../../../src/server/callers/issuer-unavailable.ts'
import { type Issuer, startIssuer } from './issuer.ts'

const NO_TOKEN: FlattenedJWSInput = { payload: '', signature: '' }
const MINUTE_MS = 60_000

describe('the keys of an issuer', () => {
  let issuer: Issuer
  let keys: IssuerKeys
  let nowMs: number
  beforeEach(async () => {
    issuer = await startIssuer()
    nowMs = 0
    keys = new IssuerKeys({ url: issuer.expected.jwksUrl, nowMs: () => nowMs })
  })
  afterEach(() => issuer[Symbol.asyncDispose]())

  const find = async (kid: string) => {
    const header: JWSHeaderParameters = { alg: 'ES256', kid }
    try {
      await keys.find({ ...header, alg: 'ES256' }, NO_TOKEN)
      return 'found'
    } catch (error) {
      return error instanceof IssuerUnavailableError ? 'unavailable' : 'none'
    }
  }
  const away = { status: 500, body: '' }

  it('are read when they are first needed, once for all who wait', async () => {
    expect(issuer.reads).toBe(0)
    const found = await Promise.all(Array.from({ length: 20 }, () => find('key 0')))
    expect(new Set(found)).toEqual(new Set(['found']))
    expect(issuer.reads).toBe(1)
  })

  it('are read again for one that is not there, once in 30 s', async () => {
    await find('key 0')
    for (const kid of ['invented', 'another', 'a third']) expect(await find(kid)).toBe('none')
    expect(issuer.reads).toBe(1)
    await issuer.rotate()
    expect(await find('key 1')).toBe('none')
    nowMs += 30_000
    expect(await find('key 1')).toBe('found')
    expect(issuer.reads).toBe(2)
  })

  it('are read again after ten minutes, so that withdrawn ones go', async () => {
    await find('key 0')
    issuer.answerWith({ status: 200, body: '{"keys":[]}' })
    nowMs += 10 * MINUTE_MS
    expect(await find('key 0')).toBe('none')
  })

  it('serve for an hour while the issuer is away, which is asked every 5 s at most', async () => {
    await find('key 0')
    issuer.answerWith(away)
    nowMs += 59 * MINUTE_MS
    expect(await find('key 0')).toBe('found')
    expect(await find('key 0')).toBe('found')
    expect(await find('invented')).toBe('none')
    expect(issuer.reads).toBe(2)
    nowMs += MINUTE_MS
    expect(await find('key 0')).toBe('unavailable')
    expect(issuer.reads).toBe(3)
    issuer.answerWith(undefined)
    expect(await find('key 0')).toBe('unavailable')
    nowMs += 5000
    expect(await find('key 0')).toBe('found')
  })

  it('are found beside what is no key, and behind a byte order mark', async () => {
    const keySet = { keys: [null, 7, 'x', [], {}, issuer.publicKey()] }
    issuer.answerWith({ status: 200, body: `\ufeff${JSON.stringify(keySet)}` })
    expect(await find('key 0')).toBe('found')
  })

  it.each([
    ['an error', away],
    ['no JSON', { status: 200, body: '<html>' }],
    ['no key set', { status: 200, body: '{"keys":1}' }],
    ['nothing', { status: 200, body: 'null' }],
    ['a redirect', { status: 302, body: '' }],
    ['more than a mebibyte', { status: 200, body: ' '.repeat(1024 * 1024 + 1) }],
    [
      'a key that is broken',
      { status: 200, body: '{"keys":[{"kty":"EC","crv":"P-256","x":"A","y":"A","kid":"key 0"}]}' },
    ],
  ])('cannot be had from %s', async (_, answer) => {
    issuer.answerWith(answer)
    expect(await find('key 0')).toBe('unavailable')
  })
})
