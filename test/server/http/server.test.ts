import { once } from 'node:events'
import { Agent, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { createLog } from '../../../src/log.ts'
import { startHttpServer } from '../../../src/server/http/server.ts'
import { elapsedMs } from '../../measure.ts'

const LOG = createLog('silent', { write: () => undefined })
const ADDRESS = { host: '127.0.0.1', port: 0 }

/** Answers when told to; `/state` at once, with whether it drains. */
async function startSlowServer() {
  const held: ServerResponse[] = []
  const server = await startHttpServer(
    isDraining => (incoming, outgoing) => {
      if (incoming.url === '/state') outgoing.end(String(isDraining()))
      else held.push(outgoing)
    },
    ADDRESS,
    LOG,
  )
  return { server, held }
}

async function get(url: string, agent?: Agent) {
  const [response] = (await once(request(url, { agent }).end(), 'response')) as [IncomingMessage]
  const chunks = await response.toArray()
  return { connection: response.headers.connection, body: Buffer.concat(chunks).toString() }
}

describe('draining', () => {
  it('ends at once where nothing is under way, idle and silent connections included', async () => {
    const { server } = await startSlowServer()
    using agent = Object.assign(new Agent({ keepAlive: true }), {
      [Symbol.dispose]: () => agent.destroy(),
    })
    expect((await get(`${server.origin}/state`, agent)).connection).toBe('keep-alive')
    const silent = connect(Number(new URL(server.origin).port), '127.0.0.1')
    await once(silent, 'connect')
    const drain = async () => expect(await server.drain(60_000)).toBe(true)
    expect(await elapsedMs(drain)).toBeLessThan(20_000)
    await once(silent, 'close')
  })

  it('lets an answer under way finish, and its connection end', async () => {
    const { server, held } = await startSlowServer()
    const answer = get(`${server.origin}/slow`, new Agent({ keepAlive: true }))
    await expect.poll(() => held.length).toBe(1)
    const drained = server.drain(10_000)
    await wait(700)
    held[0]?.end('late')
    expect(await answer).toEqual({ connection: 'close', body: 'late' })
    expect(await drained).toBe(true)
  })

  it('still answers who comes before others have looked away, and says so', async () => {
    const { server } = await startSlowServer()
    expect((await get(`${server.origin}/state`)).body).toBe('false')
    const drained = server.drain(10_000)
    expect(await get(`${server.origin}/state`)).toEqual({ connection: 'close', body: 'true' })
    await drained
    await expect(get(`${server.origin}/state`)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })

  it('cuts what is not answered in time, and tells', async () => {
    const { server, held } = await startSlowServer()
    const answer = get(`${server.origin}/slow`)
    answer.catch(() => undefined)
    await expect.poll(() => held.length).toBe(1)
    expect(await server.drain(50)).toBe(false)
    await expect(answer).rejects.toMatchObject({ code: 'ECONNRESET' })
  })
})

describe('starting', () => {
  it('fails where the port is taken', async () => {
    const { server } = await startSlowServer()
    const port = Number(new URL(server.origin).port)
    const second = startHttpServer(() => () => undefined, { ...ADDRESS, port }, LOG)
    await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' })
    await server.drain(0)
  })
})
