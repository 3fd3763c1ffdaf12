import { PassThrough, pipeline, Readable } from 'node:stream'
import { brotliCompressSync, createGzip, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { answering, rejection, startFakeUpstream, visit } from '../fake-upstream.ts'

const BODY = { 公司: '金万维科技有限公司', rows: Array.from({ length: 5000 }, (_, i) => i) }

const TEXT = Buffer.from(JSON.stringify(BODY))

const GZIP = { 'content-encoding': 'gzip' }

const MAX = 8 * 1024 * 1024

test.each([
  ['gzip', gzipSync(TEXT)],
  ['x-gzip', gzipSync(TEXT)],
  ['GZIP', gzipSync(TEXT)],
  ['deflate', deflateSync(TEXT)],
  ['deflate', deflateRawSync(TEXT)],
  ['deflate', deflateRawSync(TEXT, { level: 0 })],
  ['br', brotliCompressSync(TEXT)],
  ['identity', TEXT],
  ['', TEXT],
])('decodes %s', async (encoding, bytes) => {
  await using upstream = await startFakeUpstream(answering(bytes, { 'content-encoding': encoding }))
  await using visitor = visit(upstream.url)
  expect(await visitor.get()).toEqual(BODY)
})

test('a character split between two chunks is one character', async () => {
  await using upstream = await startFakeUpstream((_request, response) => {
    const at = TEXT.indexOf(Buffer.from('金')) + 1
    response.write(TEXT.subarray(0, at))
    setTimeout(() => response.end(TEXT.subarray(at)), 20)
  })
  await using visitor = visit(upstream.url)
  expect(await visitor.get()).toEqual(BODY)
})

const blanks = (bytes: number) => Buffer.concat([Buffer.from('{}'), Buffer.alloc(bytes - 2, ' ')])

test.each([
  ['identity', (bytes: Buffer) => bytes],
  ['gzip', (bytes: Buffer) => gzipSync(bytes)],
  ['br', (bytes: Buffer) => brotliCompressSync(bytes)],
])('a body of %s is cut at the byte where it is too large', async (encoding, encode) => {
  const headers = { 'content-encoding': encoding }
  await using fitting = await startFakeUpstream(answering(encode(blanks(1000)), headers))
  await using tooLarge = await startFakeUpstream(answering(encode(blanks(1001)), headers))
  await using first = visit(fitting.url, { maxBodyBytes: 1000 })
  await using second = visit(tooLarge.url, { maxBodyBytes: 1000 })
  expect(await first.get()).toEqual({})
  expect(await rejection(second.get())).toMatchObject({
    code: 'UPSTREAM_BAD_RESPONSE',
    retryable: false,
    message:
      "The upstream's answer for the list of service records is too large: expected at most 1000 bytes, got more.",
  })
})

test.each(['identity', 'gzip'])(
  'an endless body of %s is cut, and its connection closed',
  async encoding => {
    let isClosed = false
    await using upstream = await startFakeUpstream((_request, response) => {
      response.writeHead(200, { 'content-encoding': encoding })
      response.on('close', () => {
        isClosed = true
      })
      const zeros = Readable.from(endlessly(Buffer.alloc(256 * 1024, '[')))
      const encoder = encoding === 'gzip' ? createGzip() : new PassThrough()
      pipeline(zeros, encoder, response, () => undefined)
    })
    await using visitor = visit(upstream.url)
    const error = await rejection(visitor.get())
    expect(error).toMatchObject({ code: 'UPSTREAM_BAD_RESPONSE', retryable: false })
    expect((error as Error).message).toContain(`expected at most ${MAX} bytes, got more`)
    await expect.poll(() => isClosed).toBe(true)
  },
)

function* endlessly(chunk: Buffer) {
  for (;;) yield chunk
}

test.each(['zstd', 'gzip, gzip', '__proto__'])(
  'the encoding %s was not asked for',
  async encoding => {
    const listener = answering(TEXT, { 'content-encoding': encoding })
    await using upstream = await startFakeUpstream(listener)
    await using visitor = visit(upstream.url)
    expect(await rejection(visitor.get())).toMatchObject({
      code: 'UPSTREAM_BAD_RESPONSE',
      retryable: false,
      message: expect.stringContaining(
        'expected one of the encodings gzip, deflate, br, got another',
      ),
    })
  },
)

test.each([
  ['cut', gzipSync(TEXT).subarray(0, -10)],
  ['no gzip at all', TEXT],
  ['changed', gzipSync(TEXT).fill(0x55, 40, 60)],
])('an encoded body that is %s was damaged on its way', async (_how, bytes) => {
  await using upstream = await startFakeUpstream(answering(bytes, GZIP))
  await using visitor = visit(upstream.url)
  expect(await rejection(visitor.get())).toMatchObject({
    code: 'UPSTREAM_BAD_RESPONSE',
    retryable: true,
  })
})

test.each([
  ['a reset', { 'content-length': '100' }],
  ['an early end of a chunked body', { 'transfer-encoding': 'chunked' }],
])('%s mid-body is damage, and no part is shown', async (_how, headers) => {
  await using upstream = await startFakeUpstream((_request, response) => {
    response.writeHead(200, headers)
    response.write('{}', () => setTimeout(() => response.destroy(), 20))
  })
  await using visitor = visit(upstream.url)
  expect(await rejection(visitor.get())).toMatchObject({
    code: 'UPSTREAM_BAD_RESPONSE',
    retryable: true,
    cause: expect.any(Error),
  })
})

test('what only announces an answer is passed over', async () => {
  await using upstream = await startFakeUpstream((_request, response) => {
    response.writeEarlyHints({ link: '</style.css>; rel=preload' })
    response.writeProcessing()
    response.end('{"ok":true}')
  })
  await using visitor = visit(upstream.url)
  expect(await visitor.get()).toEqual({ ok: true })
})
