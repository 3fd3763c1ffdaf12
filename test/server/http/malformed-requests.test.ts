import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTestedGateway, type TestedGateway } from '../gateway.ts'
import { openRawConnection, rawPost } from './raw-http.ts'

let gateway: TestedGateway
beforeAll(async () => {
  gateway = await startTestedGateway({ emulator: { latencyMs: 100 } })
})
beforeEach(() => {
  gateway.emulator.clearCalls()
  gateway.takeLogged()
})
afterAll(() => gateway[Symbol.asyncDispose]())

const HEAD = 'POST /graphql HTTP/1.1\r\nHost: localhost\r\n'
const JSON_HEAD = `${HEAD}Content-Type: application/json\r\n`
const CHUNKED = `${JSON_HEAD}Transfer-Encoding: chunked\r\n\r\n`
const LATEST = '{ remoteRecords(first: 1) { nodes { csId } } }'

/** What stands in each answer, whoever writes it. */
const HEADERS = [
  "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'",
  'Cross-Origin-Opener-Policy: same-origin',
  'Cross-Origin-Resource-Policy: same-origin',
  'Referrer-Policy: no-referrer',
  'X-Content-Type-Options: nosniff',
  'X-Frame-Options: DENY',
  'Cache-Control: no-store',
  'Connection: close',
]

/** The answers that came over a connection, one after the other. */
function answersIn(received: string) {
  return received.split(/(?=HTTP\/1\.1 )/).map(answer => {
    const [head = '', body = ''] = answer.split('\r\n\r\n')
    const [first = '', ...fields] = head.split('\r\n')
    return { status: Number(first.split(' ')[1]), fields, body: body && JSON.parse(body) }
  })
}

/** Sends texts with a pause between them, and resolves with what came until the end. */
async function exchange(...texts: string[]) {
  using connection = await openRawConnection(gateway.origin)
  for (const text of texts) {
    connection.send(text)
    await wait(20)
  }
  return answersIn(await connection.ended)
}

describe('what is no request', () => {
  it.each([
    ['a line that is none', 'NONSENSE\r\n\r\n', '400 BAD_REQUEST'],
    ['a name with a space', `${HEAD}X Y: 1\r\n\r\n`, '400 BAD_REQUEST'],
    ['a null byte in a value', `${HEAD}X-A: \0\r\n\r\n`, '400 BAD_REQUEST'],
    ['another version', 'GET /graphql HTTP/3.7\r\nHost: localhost\r\n\r\n', '400 BAD_REQUEST'],
    ['a length below zero', `${HEAD}Content-Length: -1\r\n\r\n`, '400 BAD_REQUEST'],
    ['no host', 'GET /health/live HTTP/1.1\r\n\r\n', '400 BAD_REQUEST'],
    ['long header fields', `${HEAD}X-A: ${'x'.repeat(20_000)}\r\n\r\n`, '431 HEADERS_TOO_LARGE'],
    ['a long URL', `GET /${'x'.repeat(20_000)} HTTP/1.1\r\n\r\n`, '431 HEADERS_TOO_LARGE'],
    ['a chunk without a length', `${CHUNKED}zz\r\n{}\r\n0\r\n\r\n`, '400 BAD_REQUEST'],
    [
      'a chunk with long extensions',
      `${CHUNKED}2;${'x'.repeat(20_000)}\r\n{}\r\n0\r\n\r\n`,
      '413 PAYLOAD_TOO_LARGE',
    ],
    [
      'a tunnel',
      'CONNECT 10.0.0.1:443 HTTP/1.1\r\nHost: 10.0.0.1\r\n\r\n',
      '405 METHOD_NOT_ALLOWED',
    ],
  ])(
    '%s is refused once, with a code, all header fields and a log line',
    async (_, text, refusal) => {
      const answers = await exchange(text, 'GET /more HTTP/1.1\r\n')
      const [answer] = answers
      expect(answers).toHaveLength(1)
      expect(`${answer?.status} ${answer?.body.errors[0].extensions.code}`).toBe(refusal)
      expect(answer?.fields).toEqual(expect.arrayContaining(HEADERS))
      const requestId = answer?.fields.find(field => field.startsWith('X-Request-Id: '))?.slice(14)
      expect(requestId).toMatch(/^[0-9a-f-]{36}$/)
      const [line, ...others] = gateway.logged
      expect(others).toEqual([])
      expect(line).toMatchObject({ level: 'info', requestId })
      expect(line?.errorCodes).toEqual([refusal.slice(4)])
      expect(gateway.emulator.callLines()).toEqual([])
    },
  )

  it('is not repeated in answer or log', async () => {
    using connection = await openRawConnection(gateway.origin)
    connection.send('SECRET-OF-A-CALLER\r\nAuthorization: Basic SECRET\r\n\r\n')
    expect((await connection.ended) + gateway.loggedText()).not.toContain('SECRET')
  })

  it('ends a connection whose caller goes on sending', async () => {
    using connection = await openRawConnection(gateway.origin)
    connection.send('NONSENSE\r\n\r\n')
    const sending = setInterval(() => connection.send('x'.repeat(1000)), 50)
    await connection.ended.finally(() => clearInterval(sending))
    expect(connection.lastedMs).toBeLessThan(8000)
    expect(gateway.logged).toHaveLength(1)
  })
})

describe('behind a good request on the same connection', () => {
  it.each([
    ['at once', [`${rawPost(LATEST)}NONSENSE\r\n\r\n`]],
    ['later', [rawPost(LATEST), 'NONSENSE\r\n\r\n']],
    ['in pieces', [rawPost(LATEST), 'NONSENSE\r\n', '\r\nmore', 'and more']],
  ])('it is answered after that, if it comes %s', async (_, texts) => {
    const [good, bad, ...others] = await exchange(...texts)
    expect(good).toMatchObject({ status: 200, body: { data: expect.anything() } })
    expect(bad?.status).toBe(400)
    expect(bad?.fields).toEqual(expect.arrayContaining(HEADERS))
    expect(others).toEqual([])
  })

  it('several good ones are answered before it, in order', async () => {
    const good = ['a', 'b', 'c'].map(name => rawPost(LATEST.replace('nodes', `${name}: nodes`)))
    const answers = await exchange(`${good.join('')}${HEAD}Content-Length: x\r\n\r\n`)
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 400])
    const names = answers.slice(0, 3).map(({ body }) => Object.keys(body.data.remoteRecords))
    expect(names).toEqual([['a'], ['b'], ['c']])
  })

  it('a body that is no body is answered in its turn', async () => {
    const [good, bad, ...others] = await exchange(`${rawPost(LATEST)}${CHUNKED}zz\r\n`)
    expect(good?.status).toBe(200)
    expect(bad).toMatchObject({
      status: 400,
      body: { errors: [{ extensions: { code: 'BAD_REQUEST' } }] },
    })
    expect(others).toEqual([])
  })
})

describe('what comes too slowly', () => {
  it('is refused with 408, the head as well as the body; a silent connection is closed', async () => {
    using head = await openRawConnection(gateway.origin)
    using body = await openRawConnection(gateway.origin)
    using silent = await openRawConnection(gateway.origin)
    head.send(HEAD)
    body.send(`${JSON_HEAD}Content-Length: 50\r\n\r\n{"query":"`)
    const refused = await Promise.all([head.ended, body.ended])
    for (const received of refused) {
      const [answer, ...others] = answersIn(received)
      expect(answer?.status).toBe(408)
      expect(answer?.body.errors[0].extensions.code).toBe('REQUEST_TIMEOUT')
      expect(answer?.fields).toEqual(expect.arrayContaining(HEADERS))
      expect(others).toEqual([])
    }
    // A browser opens connections in advance: an answer to nothing would be taken for that to its
    // next request.
    expect(await silent.ended).toBe('')
    const codes = () => gateway.logged.map(({ errorCodes }) => errorCodes)
    await expect.poll(codes).toEqual([['REQUEST_TIMEOUT'], ['REQUEST_TIMEOUT']])
  })
})
