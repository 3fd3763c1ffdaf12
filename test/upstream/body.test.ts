import { PassThrough, pipeline, Readable } from 'node:stream'
import { brotliCompressSync, createGzip, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { answering, rejection, startFakeUpstream, visit } from './fake-upstream.ts'

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

// 「帮我吧」, and a character that only GB 18030 has, in four bytes.
const CHINESE = [0xb0, 0xef, 0xce, 0xd2, 0xb0, 0xc9, 0x95, 0x32, 0x82, 0x36]
const inJson = (bytes: readonly number[]) => Buffer.from([0x5b, 0x22, ...bytes, 0x22, 0x5d])

test.each(['gbk', 'GB2312', 'gb18030', '"gbk"', 'x-gbk', 'cp936'])(
  'a body of charset %s is decoded as it says',
  async charset => {
    const headers = { 'content-type': `application/json; charset=${charset}` }
    await using upstream = await startFakeUpstream(answering(inJson(CHINESE), headers))
    await using visitor = visit(upstream.url)
    expect(await visitor.get()).toEqual(['帮我吧𠀀'])
  },
)

test.each(['utf-8', 'UTF8', 'utf8mb4', 'iso-8859-1', ''])(
  'a body of charset %j is UTF-8, which JSON is in',
  async charset => {
    const headers = { 'content-type': `text/html; charset=${charset}` }
    await using upstream = await startFakeUpstream(answering('["帮我吧"]', headers))
    await using visitor = visit(upstream.url)
    expect(await visitor.get()).toEqual(['帮我吧'])
  },
)

test.each([
  ['UTF-8', 'application/json', CHINESE],
  ['UTF-8', 'application/json; charset=utf-8', [0xe5, 0xb8]],
  ['GBK', 'application/json; charset=gbk', [0xb0, 0xef, 0xff]],
])('bytes that are no %s are a bad response: as %s', async (_charset, type, bytes) => {
  await using upstream = await startFakeUpstream(answering(inJson(bytes), { 'content-type': type }))
  await using visitor = visit(upstream.url)
  expect(await rejection(visitor.get())).toMatchObject({
    code: 'UPSTREAM_BAD_RESPONSE',
    retryable: false,
    message: expect.stringContaining('expected text in its charset, got other bytes'),
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

test('a byte order mark is passed over', async () => {
  await using upstream = await startFakeUpstream(answering('\uFEFF{"ok":true}'))
  await using visitor = visit(upstream.url)
  expect(await visitor.get()).toEqual({ ok: true })
})

test.each([
  ['<!DOCTYPE html><p>secret', 'application/json', 'an HTML page'],
  ['\n  <html>secret', 'text/plain', 'an HTML page'],
  [Buffer.from('<html>\xff', 'latin1'), 'text/html', 'an HTML page'],
  ['Please sign in', 'text/html; charset=utf-8', 'something else'],
  ['', 'application/json', 'an empty body'],
  ['  \n', 'application/json', 'an empty body'],
  ['{"secret":"1', 'application/json', 'something else'],
  ['{"secret":1}{"secret":1}', 'application/json', 'something else'],
  ['secret', 'application/json', 'something else'],
])('%j as %s is no JSON: it may come right when asked again', async (body, type, got) => {
  await using upstream = await startFakeUpstream(answering(body, { 'content-type': type }))
  await using visitor = visit(upstream.url)
  const error = await rejection(visitor.get())
  expect(error).toMatchObject({
    code: 'UPSTREAM_BAD_RESPONSE',
    retryable: true,
    message: `The upstream's answer for the list of service records cannot be read: expected JSON, got ${got}.`,
  })
  expect((error as Error).cause).toBeUndefined()
})

test.each([
  ['none', {}],
  ['text/plain', { 'content-type': 'text/plain' }],
  ['what PHP calls all that is not told otherwise', { 'content-type': 'text/html; charset=UTF-8' }],
])('JSON is read whatever its content type says: %s', async (_, headers) => {
  await using upstream = await startFakeUpstream((_request, response) => {
    response.writeHead(200, headers)
    response.end('{"ok":1}')
  })
  await using visitor = visit(upstream.url)
  expect(await visitor.get()).toEqual({ ok: 1 })
})

test('comments and trailing commas are read, and told', async () => {
  const body = '{"a": [1, 2,], // two\n"b": "//",}'
  await using upstream = await startFakeUpstream(answering(body))
  await using visitor = visit(upstream.url)
  expect(await visitor.get()).toEqual({ a: [1, 2], b: '//' })
  expect(visitor.oddities).toEqual(['tolerated-json'])
})

test.each([
  ['100,000 rows', `{"remoterecords":[${'{"csId":1},'.repeat(100_000).slice(0, -1)}]}`],
  ['50,000 trailing commas', `[${'[1,],'.repeat(50_000)}]`],
  ['100,000 nested lists', '['.repeat(100_000)],
  ['8 MiB that are cut', `{"remoterecords":["${'x'.repeat(MAX - 100)}`],
])('%s do not block the event loop', async (_what, body) => {
  await using upstream = await startFakeUpstream(answering(gzipSync(body), GZIP))
  await using visitor = visit(upstream.url)
  expect(await longestPause(() => visitor.get().catch(() => undefined))).toBeLessThan(200)
})

/** In ms of this thread's own CPU time: what other processes take away is no pause of ours. */
async function longestPause(work: () => Promise<unknown>): Promise<number> {
  let longest = 0
  let last = threadCpuMs()
  const look = () => {
    const now = threadCpuMs()
    longest = Math.max(longest, now - last)
    last = now
  }
  const timer = setInterval(look, 1)
  await work()
  clearInterval(timer)
  look()
  return longest
}

function threadCpuMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}
