import { Agent, request } from 'node:http'
import { expect, test } from 'vitest'
import { call, HISTORIES, startAtNow } from './calling.ts'

test('close cuts kept-alive connections and frees the port', async () => {
  const emulator = await startAtNow()
  const agent = new Agent({ keepAlive: true })
  const { promise, resolve } = Promise.withResolvers<void>()
  request(emulator.url + HISTORIES, { agent }, response => {
    response.resume().on('end', resolve)
  }).end()
  await promise
  const startMs = performance.now()
  await emulator.close()
  expect(performance.now() - startMs).toBeLessThan(4000)
  await using again = await startAtNow({ port: Number(new URL(emulator.url).port) })
  expect(again.url).toBe(emulator.url)
  agent.destroy()
})

test('close does not wait for a slow answer', async () => {
  const emulator = await startAtNow({ latencyMs: 60_000 })
  const pending = call(emulator, HISTORIES).catch((error: unknown) => error)
  await expect.poll(() => emulator.calls.length).toBe(1)
  await emulator.close()
  expect(await pending).toBeInstanceOf(Error)
})

test('closing twice is harmless', async () => {
  const emulator = await startAtNow()
  await emulator.close()
  await emulator.close()
})

test('a taken port is an error', async () => {
  await using emulator = await startAtNow()
  const port = Number(new URL(emulator.url).port)
  await expect(startAtNow({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
})
