import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { leastOfThree, longestPauseMs } from '../measure.ts'
import { answering, rejection, startFakeUpstream, visit } from './fake-upstream.ts'

const GZIP = { 'content-encoding': 'gzip' }

const MAX = 8 * 1024 * 1024

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
  const read = () => visitor.get().catch(() => undefined)
  expect(await leastOfThree(200, () => longestPauseMs(read))).toBeLessThan(200)
})
