import { once } from 'node:events'
import { request } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { GRAPHQL_RESPONSE, startTestedGateway, type TestedGateway } from '../gateway.ts'

const MAX_BODY_BYTES = 10_000

let gateway: TestedGateway
beforeAll(async () => {
  gateway = await startTestedGateway({ maxBodyBytes: MAX_BODY_BYTES })
})
beforeEach(() => gateway.emulator.clearCalls())
afterAll(() => gateway[Symbol.asyncDispose]())

async function post(body: string | Uint8Array<ArrayBuffer>) {
  const response = await fetch(gateway.url, { method: 'POST', headers: GRAPHQL_RESPONSE, body })
  return { status: response.status, body: await response.json() }
}

const LATEST = '{ remoteRecords(first: 1) { nodes { csId } } }'

describe('a body that holds no operation', () => {
  it.each([
    ['', 'Expected the body to be JSON, got something else or nothing.'],
    ['NONSENSE', 'Expected the body to be JSON, got something else or nothing.'],
    ['{"query":', 'Expected the body to be JSON, got something else or nothing.'],
    ['null', 'Expected the body to be an object, got null.'],
    ['7', 'Expected the body to be an object, got number.'],
    [`[${JSON.stringify({ query: LATEST })}]`, 'Expected the body to be an object, got a list.'],
    ['[]', 'Expected the body to be an object, got a list.'],
    ['{}', 'Expected query or documentId to be a string, got neither.'],
    ['{"query":7}', 'Expected query to be a string, got number.'],
    ['{"query":null}', 'Expected query or documentId to be a string, got neither.'],
    [
      JSON.stringify({ query: LATEST, variables: [7] }),
      'Expected variables to be an object, got a list.',
    ],
    [
      JSON.stringify({ query: LATEST, variables: '{}' }),
      'Expected variables to be an object, got string.',
    ],
    [
      JSON.stringify({ query: LATEST, operationName: {} }),
      'Expected operationName to be a string, got object.',
    ],
    [
      JSON.stringify({ query: LATEST, extensions: 1 }),
      'Expected extensions to be an object, got number.',
    ],
  ])('%s is refused', async (sent, message) => {
    const { status, body } = await post(sent)
    expect(status).toBe(400)
    expect(body.errors).toEqual([
      { message, extensions: { code: 'BAD_REQUEST', retryable: false } },
    ])
    expect(gateway.emulator.callLines()).toEqual([])
  })
})

describe('a body of bytes', () => {
  const query = Buffer.from('{"query":"{ remoteRecords(first: 1) { nodes { csId } } }","x":"é"}')

  it('may begin with a byte order mark', async () => {
    const { status } = await post(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), query]))
    expect(status).toBe(200)
  })

  it.each([
    ['Latin-1', Buffer.from(query.toString(), 'latin1')],
    ['UTF-16', Buffer.from(query.toString(), 'utf16le')],
    ['UTF-8 that is cut', query.subarray(0, -3)],
  ])('in %s is refused', async (_, bytes) => {
    const { status, body } = await post(new Uint8Array(bytes))
    expect(status).toBe(400)
    expect(body.errors[0].extensions.code).toBe('BAD_REQUEST')
    expect(gateway.emulator.callLines()).toEqual([])
  })
})

describe('a document that runs nothing', () => {
  it.each([
    ['', 'GRAPHQL_PARSE_FAILED'],
    ['  ,,, ', 'GRAPHQL_PARSE_FAILED'],
    ['# a comment', 'GRAPHQL_PARSE_FAILED'],
    ['{', 'GRAPHQL_PARSE_FAILED'],
    ['fragment F on Query { __typename }', 'BAD_USER_INPUT'],
    ['{ noSuchField }', 'GRAPHQL_VALIDATION_FAILED'],
    [`query A ${LATEST} query B ${LATEST}`, 'BAD_USER_INPUT'],
  ])('%j is %s', async (query, code) => {
    const { status, body } = await post(JSON.stringify({ query }))
    expect(status).toBe(400)
    expect(body.data).toBeUndefined()
    expect(body.errors[0].extensions.code).toBe(code)
    expect(gateway.emulator.callLines()).toEqual([])
  })

  it('is one with an unknown operation name', async () => {
    const { status, body } = await post(JSON.stringify({ query: LATEST, operationName: 'X' }))
    expect(status).toBe(400)
    expect(body.errors[0].extensions).toEqual({ code: 'BAD_USER_INPUT', retryable: false })
    expect(body.errors[0].message).toBe(
      'The document has no operation of the name in operationName. It has one without a name.',
    )
    expect(gateway.emulator.callLines()).toEqual([])
  })

  it.each([
    [
      `query A ${LATEST} query B ${LATEST}`,
      '13800138000',
      'no operation of the name in operationName. It has "A", "B".',
    ],
    [
      `query A ${LATEST} query B ${LATEST}`,
      undefined,
      '2 operations: operationName must be one of "A", "B".',
    ],
    [`query A ${LATEST} ${LATEST}`, undefined, '2 operations: give each a name, and name the one'],
    ['type A { b: Int }', undefined, 'The document has no operation.'],
    [`query ${'A'.repeat(99)} ${LATEST}`, 'X', `It has "${'A'.repeat(64)}…".`],
    ['fragment F on Query { __typename }', 'F', 'no operation, only fragments.'],
    [
      'ABCDEFG'.replace(/./g, name => `query ${name} { __typename } `),
      undefined,
      '"A", "B", "C", "D", "E" and 2 others.',
    ],
  ])('is %j with the name %s, which says so', async (query, operationName, sentence) => {
    const { status, body } = await post(JSON.stringify({ query, operationName }))
    expect(status).toBe(400)
    expect(body.errors[0].message).toContain(sentence)
    expect(body.errors[0].message).not.toContain('13800138000')
  })
})

describe('a query in the URL', () => {
  const get = async (search: string) => {
    const response = await fetch(gateway.url + search, { headers: GRAPHQL_RESPONSE })
    return { status: response.status, body: await response.json() }
  }

  it('is answered as one in a body', async () => {
    const query = 'query Q($n: Int) { remoteRecords(first: $n) { nodes { csId } } }'
    const search = new URLSearchParams({ query, variables: '{"n":1}', operationName: 'Q' })
    expect(await get(`?${search}`)).toEqual({
      status: 200,
      body: { data: { remoteRecords: { nodes: [{ csId: '2999' }] } } },
    })
  })

  it('may hold any text in UTF-8', async () => {
    const query = '{ __typename } # é 帮我吧 %'
    expect((await get(`?query=${encodeURIComponent(query)}`)).status).toBe(200)
  })

  it.each([
    ['?query={__typename}%23%E9'],
    ['?query={__typename}&variables={"a":"%B0%EF"}'],
    ['?variables=NONSENSE&query={__typename}'],
    ['?extensions=[&query={__typename}'],
    ['?query={__typename}&query={__typename}'],
    ['?query={__typename}&variables={}&variables={"a":1}'],
    [''],
  ])('is refused with %j', async search => {
    const { status, body } = await get(search)
    expect(status).toBe(400)
    expect(body.errors[0].extensions.code).toBe('BAD_REQUEST')
  })
})

describe('variables', () => {
  it('cannot touch a prototype', async () => {
    const query = 'query ($__proto__: DateRange, $first: Int) { __typename }'
    const variables =
      '{"__proto__":{"from":"2026-01-01"},"constructor":{"prototype":{"polluted":1}}}'
    const { body } = await post(`{"query":${JSON.stringify(query)},"variables":${variables}}`)
    expect(body.errors?.[0].extensions.code ?? 'ok').toMatch(/^(ok|GRAPHQL_VALIDATION_FAILED)$/)
    expect(Object.keys(Object.prototype)).toEqual([])
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
    expect(Reflect.get({}, 'from')).toBeUndefined()
  })
})

describe('a body that is too large', () => {
  const large = JSON.stringify({ query: LATEST, x: 'x'.repeat(MAX_BODY_BYTES) })
  const expected = {
    status: 413,
    body: {
      errors: [
        {
          message: 'Expected a body of at most 10000 bytes, got more.',
          extensions: { code: 'PAYLOAD_TOO_LARGE', retryable: false },
        },
      ],
    },
  }

  it('is refused', async () => {
    expect(await post(large)).toEqual(expected)
    expect(gateway.emulator.callLines()).toEqual([])
  })

  it('is refused by the length that it names, before a byte of it is sent', async () => {
    const headers = { ...GRAPHQL_RESPONSE, 'content-length': String(MAX_BODY_BYTES + 1) }
    const sending = request(gateway.url, { method: 'POST', headers })
    sending.on('error', () => undefined)
    sending.flushHeaders()
    const [{ statusCode }] = await once(sending, 'response')
    expect(statusCode).toBe(413)
    sending.destroy()
  })

  it('is refused at the byte where it names none, the rest unread', async () => {
    const sending = request(gateway.url, { method: 'POST', headers: GRAPHQL_RESPONSE })
    sending.on('error', () => undefined)
    const answered = new Promise<unknown>(resolve => {
      sending.on('response', ({ statusCode, headers }) => resolve([statusCode, headers.connection]))
    })
    sending.write(large)
    // The body never ends: only an answer before its end can be one.
    expect(await answered).toEqual([413, 'close'])
    sending.destroy()
  })

  it('may be as large as the limit', async () => {
    const start = JSON.stringify({ query: LATEST })
    const { status } = await post(start + ' '.repeat(MAX_BODY_BYTES - start.length))
    expect(status).toBe(200)
  })
})
