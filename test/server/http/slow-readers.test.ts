import { fork } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { startTestedGateway } from '../gateway.ts'
import { LARGE_BYTES, largeAnswers } from './large-answers.ts'
import { openRawConnection, rawPost } from './raw-http.ts'

const CHILD = fileURLToPath(new URL('large-answers-child.ts', import.meta.url))

async function startChild() {
  const child = fork(CHILD, { execArgv: ['--expose-gc'] })
  const told = async () => (await once(child, 'message'))[0]
  const url: string = await told()
  return {
    url,
    async heldBytes(): Promise<number> {
      child.send('how much?')
      return told()
    },
    [Symbol.dispose]: () => void child.kill('SIGKILL'),
  }
}

async function takeWhole(url: string): Promise<number> {
  const headers = { 'content-type': 'application/json', 'accept-encoding': 'identity' }
  const response = await fetch(url, { method: 'POST', headers, body: '{"query":"{ texts }"}' })
  return (await response.arrayBuffer()).byteLength
}

/** Asks for the texts, and takes 40 bytes a second once they come. */
async function openSlowReader(url: string): Promise<Disposable> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.write(rawPost('{ texts }'))
  await once(socket, 'readable')
  const reading = setInterval(() => socket.read(10), 250)
  return {
    [Symbol.dispose]() {
      clearInterval(reading)
      socket.destroy()
    },
  }
}

describe('an answer of 6 MB to readers who take some bytes a second', () => {
  const READERS = 40

  it('is held once for each at most, and others are served', async () => {
    using child = await startChild()
    using open = new DisposableStack()
    expect(await takeWhole(child.url)).toBeGreaterThan(LARGE_BYTES)
    const atFirst = await child.heldBytes()

    for (let reader = 0; reader < READERS; reader++) open.use(await openSlowReader(child.url))
    const perReader = async () => ((await child.heldBytes()) - atFirst) / READERS
    // None were a test of nothing: then all would have fitted into the system's buffers.
    await expect.poll(perReader).toBeGreaterThan(0.5 * LARGE_BYTES)
    await wait(500)
    expect(await perReader()).toBeLessThan(1.1 * LARGE_BYTES)
    expect(await takeWhole(child.url)).toBeGreaterThan(LARGE_BYTES)

    open.dispose()
    const leftBytes = async () => (await child.heldBytes()) - atFirst
    await expect.poll(leftBytes).toBeLessThan(LARGE_BYTES)
  })
})

describe('the patience with readers', () => {
  const start = (readerPatienceMs: number) =>
    startTestedGateway({ schema: largeAnswers, readerPatienceMs })

  it('ends where one takes nothing', async () => {
    await using gateway = await start(500)
    using connection = await openRawConnection(gateway.url)
    connection.socket.pause()
    connection.send(rawPost('{ texts }'))
    await wait(4000)
    connection.socket.resume()
    expect(Buffer.byteLength(await connection.ended)).toBeLessThan(LARGE_BYTES)
  })

  it('lasts as long as one takes something', async () => {
    // Far more than what a busy machine may keep this very process from reading.
    await using gateway = await start(3000)
    using connection = await openRawConnection(gateway.url)
    const { socket } = connection
    connection.send(rawPost('{ texts }', ['Connection: close']))
    let restedMs = 0
    socket.on('data', async () => {
      socket.pause()
      await wait(80)
      restedMs += 80
      socket.resume()
    })
    expect(Buffer.byteLength(await connection.ended)).toBeGreaterThan(LARGE_BYTES)
    expect(restedMs).toBeGreaterThan(6000)
  })

  it('is not lost while the answer is made', async () => {
    await using gateway = await start(500)
    expect((await gateway.ask('{ late(ms: 2000) }')).body).toEqual({ data: { late: 'late' } })
  })
})
