import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { UpstreamUnavailableError } from '../../src/upstream/errors.ts'
import { rejection, startFakeUpstream, visit } from './fake-upstream.ts'

async function startRawServer(answer: string | undefined) {
  const server = createServer(socket => {
    socket.on('error', () => undefined)
    socket.once('data', () => (answer === undefined ? socket.destroy() : socket.end(answer)))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: () => new Promise<void>(resolve => void server.close(() => resolve())),
  }
}

test('a refused connection is unavailable', async () => {
  const { port, [Symbol.asyncDispose]: close } = await startRawServer('')
  await close()
  await using visitor = visit(`http://127.0.0.1:${port}`)
  const error = await rejection(visitor.get('servicesummary'))
  expect(error).toBeInstanceOf(UpstreamUnavailableError)
  expect(error).toMatchObject({
    code: 'UPSTREAM_UNAVAILABLE',
    retryable: true,
    message:
      'The upstream cannot be reached for the summary of a service: expected a connection, got none.',
    cause: { code: 'ECONNREFUSED' },
  })
})

test('a host without address is unavailable', async () => {
  await using visitor = visit('http://secret-host.invalid')
  const error = await rejection(visitor.get())
  expect(error).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', retryable: true })
  expect(String(error)).not.toContain('secret-host')
})

test('a connection closed before the answer is unavailable', async () => {
  await using server = await startRawServer(undefined)
  await using visitor = visit(`http://127.0.0.1:${server.port}`)
  expect(await rejection(visitor.get())).toMatchObject({
    code: 'UPSTREAM_UNAVAILABLE',
    retryable: true,
  })
})

test('a server that does not speak TLS is unavailable', async () => {
  await using upstream = await startFakeUpstream((_request, response) => response.end('{}'))
  await using visitor = visit(upstream.url.replace('http:', 'https:'))
  expect(await rejection(visitor.get())).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' })
})

test('an answer that is no HTTP is a bad response, and keeps no byte of it', async () => {
  await using server = await startRawServer('SECRET 13240138478\r\n\r\n')
  await using visitor = visit(`http://127.0.0.1:${server.port}`)
  const error = (await rejection(visitor.get())) as Error
  expect(error).toMatchObject({ code: 'UPSTREAM_BAD_RESPONSE', retryable: true })
  expect(error.cause).toEqual(expect.any(Error))
  expect(JSON.stringify(Object.getOwnPropertyDescriptors(error.cause))).not.toContain('13240138478')
})

test('a chunked body that breaks its own rules is damage, and keeps no byte of it', async () => {
  const head = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'
  await using server = await startRawServer(`${head}2\r\n{}\r\nZZ 13240138478\r\n`)
  await using visitor = visit(`http://127.0.0.1:${server.port}`)
  const error = (await rejection(visitor.get())) as Error
  expect(error).toMatchObject({ code: 'UPSTREAM_BAD_RESPONSE', retryable: true })
  expect(JSON.stringify(Object.getOwnPropertyDescriptors(error.cause))).not.toContain('13240138478')
})

test('headers without end are a bad response', async () => {
  const head = `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(100_000)}\r\n\r\n{}`
  await using server = await startRawServer(head)
  await using visitor = visit(`http://127.0.0.1:${server.port}`)
  expect(await rejection(visitor.get())).toMatchObject({ code: 'UPSTREAM_BAD_RESPONSE' })
})

test('an error whose body has no end is not read on', async () => {
  let written = 0
  let isCut = false
  await using upstream = await startFakeUpstream((_request, response) => {
    const piece = Buffer.alloc(64 * 1024)
    const writeOn = () => {
      written += piece.length
      response.write(piece)
    }
    response.on('drain', writeOn)
    response.on('close', () => {
      isCut = true
    })
    response.writeHead(500)
    writeOn()
  })
  await using visitor = visit(upstream.url)
  expect(await rejection(visitor.get())).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' })
  await expect.poll(() => isCut).toBe(true)
  expect(written).toBeLessThan(16 * 1024 * 1024)
})
