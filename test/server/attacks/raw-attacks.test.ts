import { describe, expect, it } from 'vitest'
import { openRawConnection } from '../http/raw-http.ts'
import { LATEST, useAttackedGateway } from './attacked-gateway.ts'
import { MODES } from './modes.ts'

const CANARY = 'canary-of-a-caller'
const BODY = JSON.stringify({ query: LATEST, operationName: null, extensions: { a: CANARY } })
const LENGTH = `Content-Length: ${BODY.length}`
const chunkOf = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`
const CHUNKS = `${chunkOf(BODY)}0\r\n\r\n`
const CHUNKED = 'Transfer-Encoding: chunked'
const JSON_TYPE = 'Content-Type: application/json'

interface RawRequest {
  readonly version?: string
  readonly fields: readonly string[]
  readonly body?: string
  /** What ends a line. */
  readonly end?: string
}

/** What one reader takes for another request than the next one: none of it may run. */
const REQUESTS: readonly (readonly [what: string, request: RawRequest, refusal: string])[] = [
  ['a length and chunks', { fields: [JSON_TYPE, LENGTH, CHUNKED], body: CHUNKS }, '400'],
  ['chunks and a length', { fields: [JSON_TYPE, CHUNKED, LENGTH] }, '400'],
  ['two lengths', { fields: [JSON_TYPE, LENGTH, 'Content-Length: 3'] }, '400'],
  ['the same length twice', { fields: [JSON_TYPE, LENGTH, LENGTH] }, '400'],
  ['a length with a sign', { fields: [JSON_TYPE, LENGTH.replace(': ', ': +')] }, '400'],
  [
    'chunks of something else',
    { fields: [JSON_TYPE, `${CHUNKED}, identity`], body: CHUNKS },
    '400',
  ],
  ['chunks twice', { fields: [JSON_TYPE, CHUNKED, CHUNKED], body: CHUNKS }, '400'],
  [
    'a blank before a colon',
    { fields: [JSON_TYPE, CHUNKED.replace(':', ' :')], body: CHUNKS },
    '400',
  ],
  ['chunks of HTTP/1.0', { version: '1.0', fields: [JSON_TYPE, CHUNKED], body: CHUNKS }, '400'],
  ['a chunk below zero', { fields: [JSON_TYPE, CHUNKED], body: `-1\r\n${CHUNKS}` }, '400'],
  [
    'a chunk beyond all',
    { fields: [JSON_TYPE, CHUNKED], body: `${'f'.repeat(17)}\r\n${BODY}` },
    '400',
  ],
  [
    'a field on two lines',
    { fields: [JSON_TYPE, CHUNKED.replace(' ', '\r\n ')], body: CHUNKS },
    '400',
  ],
  ['bare line feeds', { fields: [JSON_TYPE, LENGTH], end: '\n' }, '400'],
  ['two hosts', { fields: [JSON_TYPE, LENGTH, 'Host: another'] }, '400'],
  ['two media types', { fields: [JSON_TYPE, LENGTH, 'Content-Type: text/plain'] }, '400'],
  ['no media type', { fields: [LENGTH, 'Connection: close'] }, '415'],
  [
    'an account of 20 KB',
    { fields: [JSON_TYPE, LENGTH, `Authorization: Basic ${'A'.repeat(20_000)}`] },
    '431',
  ],
  [
    '2,500 fields',
    { fields: [JSON_TYPE, ...Array.from({ length: 2500 }, () => 'X: y'), LENGTH] },
    '431',
  ],
  [
    '320 KB in chunks',
    { fields: [JSON_TYPE, CHUNKED], body: chunkOf(' '.repeat(4096)).repeat(80) },
    '413',
  ],
  ['another version', { version: '3.0', fields: [JSON_TYPE, LENGTH] }, '400'],
]

describe.each(MODES)('with callers that are %s', mode => {
  const attacked = useAttackedGateway(mode)

  it.each(REQUESTS)(
    '%s is refused without a call, and the connection ends',
    async (_, request, status) => {
      const { gateway, headers } = attacked()
      const { version = '1.1', fields, body = BODY, end = '\r\n' } = request
      const known = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
      const hasOwn = fields.some(field => field.startsWith('Authorization'))
      const head = [
        `POST /graphql HTTP/${version}`,
        'Host: localhost',
        ...(hasOwn ? [] : known),
        ...fields,
      ]
      using connection = await openRawConnection(gateway.origin)
      connection.send([...head, '', body].join(end))
      const answer = await connection.ended
      // One answer, whatever stands behind what was refused.
      expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual([`HTTP/1.1 ${status}`])
      expect(answer).toMatch(/"code":"[A-Z_]+"/)
      const everything = answer + gateway.takeWritten()
      expect(gateway.leaksIn(everything)).toEqual([])
      expect(everything).not.toMatch(/CANARY|canary|unexpected-error/)
      expect(gateway.emulator.callLines()).toEqual([])
    },
  )
})
