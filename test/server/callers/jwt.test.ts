import { createHmac } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ADMINISTRATOR } from '../../../src/emulator/answers/accounts.ts'
import { startTestedGateway, type TestedGateway } from '../gateway.ts'
import { type Issuer, rawToken, startIssuer } from './issuer.ts'

const LATEST = '{ remoteRecords(first: 1) { nodes { csId } } }'
const seconds = (fromNow: number) => Math.floor(Date.now() / 1000) + fromNow

async function askWith(gateway: TestedGateway, authorization?: string) {
  gateway.emulator.clearCalls()
  const headers = authorization === undefined ? {} : { authorization }
  const { status, headers: answered, body } = await gateway.ask(LATEST, { headers })
  return {
    status,
    code: body.errors?.[0]?.extensions.code,
    message: body.errors?.[0]?.message,
    challenge: answered.get('www-authenticate'),
    calls: gateway.emulator.callLines().length,
  }
}

describe('callers who bring a token', () => {
  let issuer: Issuer
  let gateway: TestedGateway
  beforeAll(async () => {
    issuer = await startIssuer()
    gateway = await startTestedGateway({ jwt: issuer.expected })
  })
  afterAll(async () => {
    await gateway[Symbol.asyncDispose]()
    await issuer[Symbol.asyncDispose]()
  })

  it.each(['ES256', 'RS256', 'EdDSA'])('are served with one of %s', async algorithm => {
    await using other = await startIssuer()
    await other.rotate(algorithm)
    await using served = await startTestedGateway({ jwt: other.expected })
    const token = await other.token({ scope: 'record:read' })
    const answer = await askWith(served, `Bearer ${token}`)
    expect(answer).toMatchObject({ status: 200, code: undefined, calls: 1 })
    const accounts = served.emulator.calls.map(({ account }) => account)
    expect(accounts).toEqual([ADMINISTRATOR.account])
  })

  it('are served if several keys of the issuer may be meant', async () => {
    await using other = await startIssuer()
    const older = await other.token({ scope: 'record:read' }, { kid: undefined })
    await other.rotate()
    const newer = await other.token({ scope: 'record:read' }, { kid: undefined })
    const twoOfOneName = [
      other.publicKey(),
      { ...issuer.publicKey(), kid: 'key 1' },
      { kid: 'key 1' },
    ]
    await using served = await startTestedGateway({ jwt: other.expected })
    for (const token of [older, newer])
      expect((await askWith(served, `Bearer ${token}`)).status).toBe(200)
    const foreign = await issuer.token({ iss: other.expected.issuer }, { kid: undefined })
    expect((await askWith(served, `Bearer ${foreign}`)).status).toBe(401)

    other.answerWith({ status: 200, body: JSON.stringify({ keys: twoOfOneName }) })
    await using again = await startTestedGateway({ jwt: other.expected })
    expect((await askWith(again, `Bearer ${await other.token()}`)).status).toBe(200)
  })

  it('have it verified once, however often they ask', async () => {
    const authorization = `bearer ${await issuer.token()}`
    await Promise.all([1, 2, 3].map(() => askWith(gateway, authorization)))
    expect((await askWith(gateway, authorization)).status).toBe(200)
    expect(issuer.reads).toBe(1)
  })

  it('are asked for one', async () => {
    expect(await askWith(gateway)).toEqual({
      status: 401,
      code: 'UNAUTHENTICATED',
      message: 'Expected a bearer token, got none.',
      challenge: 'Bearer realm="bangwo8"',
      calls: 0,
    })
  })

  const right = 'Expected a token of the issuer that is valid now, got one'
  it.each<[title: string, make: () => Promise<string> | string, message: string]>([
    ['an expired one', () => issuer.token({ exp: seconds(-60) }), `${right} that has expired.`],
    ['one that never expires', () => issuer.token({ exp: undefined }), `${right} without "exp".`],
    [
      'one of tomorrow',
      () => issuer.token({ nbf: seconds(3600) }),
      `${right} that is not valid yet.`,
    ],
    [
      'one of another issuer',
      () => issuer.token({ iss: 'https://x.example' }),
      `${right} whose "iss" is wrong.`,
    ],
    ['one without an issuer', () => issuer.token({ iss: undefined }), `${right} without "iss".`],
    [
      'one for another audience',
      () => issuer.token({ aud: ['x', 'y'] }),
      `${right} whose "aud" is wrong.`,
    ],
    ['one without an audience', () => issuer.token({ aud: undefined }), `${right} without "aud".`],
    [
      'one of an invented key',
      () => issuer.token({}, { kid: 'invented' }),
      `${right} of an unknown key.`,
    ],
    ['one of another algorithm', otherAlgorithm, `${right} of another algorithm.`],
    ['one without a signature', unsigned, `${right} of another algorithm.`],
    [
      'one signed with the public key as a secret',
      signedWithPublicKey,
      `${right} of another algorithm.`,
    ],
    ['one whose claims were changed', tampered, `${right} that is not valid.`],
    ['one with a signature of another key', foreign, `${right} that is not valid.`],
    ['one with a header that must be understood', critical, `${right} that is not valid.`],
    ['one whose header is no JSON', () => 'AAAA.AAAA.AAAA', `${right} that is not valid.`],
    [
      'one whose claims are a list',
      () => rawToken({ alg: 'ES256' }, []),
      `${right} that is not valid.`,
    ],
    ['one with empty parts', () => '..', 'Expected one bearer token, got something else.'],
    ['two parts', () => 'a.b', 'Expected one bearer token, got something else.'],
    ['five parts, encrypted', () => 'a.b.c.d.e', 'Expected one bearer token, got something else.'],
    ['two tokens', () => 'a.b.c, Bearer a.b.c', 'Expected one bearer token, got something else.'],
  ])('are refused with %s', async (_, make, message) => {
    const answer = await askWith(gateway, `Bearer ${await make()}`)
    expect(answer).toEqual({
      status: 401,
      code: 'UNAUTHENTICATED',
      message,
      challenge: 'Bearer realm="bangwo8", error="invalid_token"',
      calls: 0,
    })
    expect(issuer.reads).toBe(1)
  })

  it.each(['Basic YTpi', 'Bearer', 'Token a.b.c'])('are refused with %s', async authorization => {
    expect(await askWith(gateway, authorization)).toMatchObject({ status: 401, calls: 0 })
  })

  it('may have a clock that differs by half a minute', async () => {
    for (const claims of [{ exp: seconds(-20) }, { nbf: seconds(20) }])
      expect((await askWith(gateway, `Bearer ${await issuer.token(claims)}`)).status).toBe(200)
  })

  it('have nothing of it in the log', async () => {
    const token = await issuer.token({ sub: 'canary-of-the-subject' })
    await askWith(gateway, `Bearer ${token}`)
    await askWith(gateway, `Bearer ${await issuer.token({ exp: 1, sub: 'canary-of-the-subject' })}`)
    expect(gateway.loggedText()).not.toContain('canary-of-the-subject')
    expect(gateway.loggedText()).not.toContain(token.slice(-20))
  })

  async function otherAlgorithm() {
    await using other = await startIssuer()
    await other.rotate('RS512')
    return other.token({ iss: issuer.expected.issuer })
  }

  const claims = () => ({
    iss: issuer.expected.issuer,
    aud: issuer.expected.audience,
    exp: seconds(60),
  })

  function unsigned() {
    return rawToken({ alg: 'none', kid: 'key 0' }, claims())
  }

  function signedWithPublicKey() {
    const unsignedToken = rawToken({ alg: 'HS256', kid: 'key 0' }, claims()).slice(0, -1)
    const secret = JSON.stringify(issuer.publicKey())
    return `${unsignedToken}.${createHmac('sha256', secret).update(unsignedToken).digest('base64url')}`
  }

  async function tampered() {
    const [header, , signature] = (await issuer.token()).split('.')
    const payload = Buffer.from(JSON.stringify({ ...claims(), scope: 'chat:read' }))
    return [header, payload.toString('base64url'), signature].join('.')
  }

  async function foreign() {
    await using other = await startIssuer()
    return other.token({ iss: issuer.expected.issuer })
  }

  async function critical() {
    const token = await issuer.token()
    const [, payload, signature] = token.split('.')
    const header = { alg: 'ES256', kid: 'key 0', crit: ['x'], x: 1 }
    return [Buffer.from(JSON.stringify(header)).toString('base64url'), payload, signature].join('.')
  }
})

describe('a token', () => {
  let issuer: Issuer
  beforeEach(async () => {
    issuer = await startIssuer()
  })
  afterEach(() => issuer[Symbol.asyncDispose]())

  it('is not remembered beyond its end', async () => {
    await using gateway = await startTestedGateway({
      jwt: { ...issuer.expected, clockSkewSeconds: 0 },
    })
    const authorization = `Bearer ${await issuer.token({ exp: seconds(6) })}`
    expect((await askWith(gateway, authorization)).status).toBe(200)
    await expect.poll(async () => (await askWith(gateway, authorization)).status).toBe(401)
  })

  it.each([
    [{ status: 302, body: '' }, 'STATUS_302'],
    [{ status: 200, body: '<html>canary' }, 'NO_JSON'],
    [{ status: 200, body: '[]' }, 'NO_KEY_SET'],
    [{ status: 200, body: ' '.repeat(1024 * 1024 + 1) }, 'TOO_LARGE'],
  ])('leaves in the log why the keys cannot be had', async (answer, cause) => {
    issuer.answerWith(answer)
    await using gateway = await startTestedGateway({ jwt: issuer.expected })
    await askWith(gateway, `Bearer ${await issuer.token()}`)
    expect(gateway.loggedText()).toContain(`"causes":["${cause}"]`)
    expect(gateway.loggedText()).not.toContain('canary')
  })

  it('cannot be judged if the keys cannot be had: 503, and no call', async () => {
    issuer.answerWith({ status: 500, body: 'canary' })
    await using gateway = await startTestedGateway({ jwt: issuer.expected })
    const authorization = `Bearer ${await issuer.token()}`
    for (const _ of [1, 2, 3])
      expect(await askWith(gateway, authorization)).toEqual({
        status: 503,
        code: 'ISSUER_UNAVAILABLE',
        message: "The keys of the tokens' issuer cannot be had at the moment.",
        challenge: null,
        calls: 0,
      })
    expect(issuer.reads).toBe(1)
    // One that can be seen to be wrong without the keys is.
    expect((await askWith(gateway, `Bearer ${rawToken({ alg: 'none' }, {})}`)).status).toBe(401)
  })
})
