import { once } from 'node:events'
import { createServer as createHttpServer, type IncomingMessage } from 'node:http'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { describe, expect, it } from 'vitest'
import { answering, rejection, startFakeUpstream, visit } from '../fake-upstream.ts'
import { CERTIFICATE, startTlsServer } from '../tls-server.ts'

const ANSWER = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}'

/** A server that answers so many requests of a connection, and does something to the next one. */
async function startServer(answers: number, end: (socket: Socket) => void) {
  let connections = 0
  let requests = 0
  const server = createServer(socket => {
    connections += 1
    let answered = 0
    socket.on('error', () => undefined)
    socket.on('data', () => {
      requests += 1
      answered += 1
      if (answered > answers) end(socket)
      else socket.write(ANSWER)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get connections() {
      return connections
    },
    get requests() {
      return requests
    },
    [Symbol.asyncDispose]: () => new Promise<void>(resolve => void server.close(() => resolve())),
  }
}

const WAYS_TO_CLOSE: [string, (socket: Socket) => void][] = [
  ['FIN', socket => socket.end()],
  ['a reset', socket => socket.resetAndDestroy()],
]

describe('a kept connection that the server closes as a call is sent', () => {
  it.each(WAYS_TO_CLOSE)('is replaced by a new one, and that is no retry: %s', async (_, end) => {
    await using server = await startServer(1, end)
    await using visitor = visit(server.url, { concurrency: 1 })
    await visitor.get()
    expect(await visitor.get()).toEqual({})
    expect(visitor.calls).toMatchObject([
      { outcome: 'ok', attempts: 1 },
      { outcome: 'ok', attempts: 1 },
    ])
    expect([server.connections, server.requests]).toEqual([2, 3])
  })

  it.each(WAYS_TO_CLOSE)('is replaced once, and not if it is new: %s', async (_, end) => {
    await using server = await startServer(0, end)
    await using visitor = visit(server.url, { concurrency: 1 })
    expect(await rejection(visitor.get())).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' })
    expect(server.requests).toBe(1)
  })

  it('is an answer that was cut, if a part of it came', async () => {
    await using server = await startServer(1, socket =>
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{'),
    )
    await using visitor = visit(server.url, { concurrency: 1 })
    await visitor.get()
    expect(await rejection(visitor.get())).toMatchObject({ code: 'UPSTREAM_BAD_RESPONSE' })
    expect(server.requests).toBe(2)
  })
})

/** A proxy that passes on what it gets: plain requests, and tunnels. */
async function startProxy() {
  const seen: string[] = []
  const credentials: (string | undefined)[] = []
  const note = ({ method, url, headers }: IncomingMessage) => {
    seen.push(`${method} ${url}`)
    credentials.push(headers['proxy-authorization'])
  }
  const server = createHttpServer(async (request, response) => {
    note(request)
    const answer = await fetch(request.url ?? '')
    response.writeHead(answer.status).end(await answer.text())
  })
  server.on('connect', (request: IncomingMessage, socket: Socket) => {
    note(request)
    const [host, port] = (request.url ?? '').split(':')
    const target = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      target.pipe(socket).pipe(target)
    })
    for (const each of [socket, target]) each.on('error', () => each.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    credentials,
    async [Symbol.asyncDispose]() {
      server.close()
      server.closeAllConnections()
    },
  }
}

describe('a proxy', () => {
  it('is asked for an upstream of http, with its own credentials', async () => {
    await using upstream = await startFakeUpstream(answering({ ok: true }))
    await using proxy = await startProxy()
    const proxies = { http: `http://user:word@${proxy.host}` }
    await using visitor = visit(upstream.url, { proxies })
    expect(await visitor.get()).toEqual({ ok: true })
    expect(proxy.seen).toEqual([`GET ${upstream.url}/any.json`])
    expect(proxy.credentials).toEqual([`Basic ${btoa('user:word')}`])
  })

  it('is asked for a tunnel to an upstream of https, and sees nothing else', async () => {
    await using upstream = await startTlsServer()
    await using proxy = await startProxy()
    const proxies = { https: `http://${proxy.host}` }
    const trusted = getCACertificates('default')
    setDefaultCACertificates([...trusted, CERTIFICATE])
    try {
      await using visitor = visit(`https://localhost:${upstream.port}`, { proxies })
      expect(await visitor.get()).toEqual({})
      expect(proxy.seen).toEqual([`CONNECT localhost:${upstream.port}`])
    } finally {
      setDefaultCACertificates(trusted)
    }
  })

  it('gets no call through to an upstream whose certificate nobody vouches for', async () => {
    await using upstream = await startTlsServer()
    await using proxy = await startProxy()
    const proxies = { https: `http://${proxy.host}` }
    await using visitor = visit(`https://localhost:${upstream.port}`, { proxies })
    expect(await rejection(visitor.get())).toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
      retryable: false,
    })
    expect(upstream.requestCount()).toBe(0)
  })

  it('is not asked for hosts that are reached without one', async () => {
    await using upstream = await startFakeUpstream(answering({ ok: true }))
    const proxies = { http: 'http://127.0.0.1:1', except: 'localhost,127.0.0.1' }
    await using visitor = visit(upstream.url, { proxies })
    expect(await visitor.get()).toEqual({ ok: true })
  })

  it('that is away makes the upstream unavailable', async () => {
    await using visitor = visit('http://upstream.example', {
      proxies: { http: 'http://127.0.0.1:1' },
    })
    const error = await rejection(visitor.get())
    expect(error).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', retryable: true })
  })

  it('is none of whatever the environment of the process names', async () => {
    await using upstream = await startFakeUpstream(answering({ ok: true }))
    process.env.HTTP_PROXY = 'http://127.0.0.1:1'
    try {
      await using visitor = visit(upstream.url)
      expect(await visitor.get()).toEqual({ ok: true })
    } finally {
      delete process.env.HTTP_PROXY
    }
  })
})
