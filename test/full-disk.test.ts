import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { open } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { freePort } from './free-port.ts'

const body = JSON.stringify({ query: '{ remoteRecords(first: 1) { nodes { csId contactName } } }' })

/** What an operation is answered with; nothing if nobody listens yet. */
async function ask(port: number) {
  const headers = { 'content-type': 'application/json' }
  const url = `http://127.0.0.1:${port}/graphql`
  const response = await fetch(url, { method: 'POST', headers, body }).catch(() => undefined)
  return response?.json()
}

/** The program, with a full disk in place of its standard output. */
async function startOnFullDisk(environment: Record<string, string> = {}) {
  const port = await freePort()
  await using disk = await open('/dev/full', 'w')
  const child = spawn(process.execPath, ['src/main.ts'], {
    env: { PORT: String(port), ...environment },
    stdio: ['ignore', disk.fd, 'ignore'],
  })
  const exited = once(child, 'exit')
  await expect.poll(() => ask(port), { interval: 20 }).toHaveProperty('data')
  return {
    ask: () => ask(port),
    async end() {
      child.kill('SIGTERM')
      return (await exited)[0]
    },
    [Symbol.dispose]: () => void child.kill('SIGKILL'),
  }
}

it('callers are answered though no line of the log can be written', async () => {
  using main = await startOnFullDisk()
  const answer = await main.ask()
  expect(answer).toEqual({
    data: { remoteRecords: { nodes: [{ csId: '2999', contactName: expect.any(String) }] } },
  })
  expect(await main.end()).toBe(0)
})

it('what must be recorded is not answered if it cannot be', async () => {
  using main = await startOnFullDisk({ AUDIT_LOG: 'stdout', AUDIT_KEY: 'k'.repeat(32) })
  const { data, errors } = await main.ask()
  expect(data.remoteRecords.nodes).toEqual([{ csId: '2999', contactName: null }])
  expect(errors[0].extensions.code).toBe('AUDIT_UNAVAILABLE')
  expect(await main.end()).toBe(0)
})
