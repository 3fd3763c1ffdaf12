import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, it } from 'vitest'
import { freePort } from './free-port.ts'

/** At the level `debug`, this writes more than a hundred lines. By another name it is another one. */
const longToLog = (name: string) =>
  `{ ${name}: remoteRecords(first: 60) { nodes { csId agent { name } chatMessages(first: 1) { totalCount } serviceSummary { templateName } } } }`

/** The program, with a pipe in place of its standard output that nobody reads yet. */
async function startWithReader() {
  const port = await freePort()
  const child = spawn(process.execPath, ['src/main.ts'], {
    env: { PORT: String(port), LOG_LEVEL: 'debug', MAX_UPSTREAM_CALLS: '400' },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const exited = once(child, 'exit')
  const ask = async (query: string) => {
    const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    })
    return response.json()
  }
  await expect.poll(() => ask('{ __typename }').catch(() => undefined)).toHaveProperty('data')
  return {
    ask,
    /** Everything that was written, from the start on. */
    async readAll() {
      let text = ''
      for await (const chunk of child.stdout.setEncoding('utf8')) text += chunk
      return text
    },
    async end() {
      child.kill('SIGTERM')
      return (await exited)[0]
    },
    [Symbol.dispose]: () => void child.kill('SIGKILL'),
  }
}

/** More than waits for a reader: 1 MiB and what the system holds. */
async function logMuch(ask: (query: string) => Promise<{ data: object }>) {
  for (let asked = 0; asked < 120; asked += 1)
    expect(await ask(longToLog(`a${asked}`))).toHaveProperty(`data.a${asked}.nodes.length`, 60)
}

it('callers are answered though the reader of the log takes nothing, and it learns what it missed', async () => {
  using main = await startWithReader()
  await logMuch(main.ask)
  const reading = main.readAll()
  await expect.poll(() => main.ask('{ __typename }')).toHaveProperty('data')
  await new Promise(resolve => setTimeout(resolve, 500))
  expect(await main.end()).toBe(0)
  const lines = (await reading).split('\n').filter(line => line.startsWith('{'))
  const entries = lines.map(line => JSON.parse(line))
  const dropped = entries.find(({ event }) => event === 'lines-dropped')
  expect(dropped).toMatchObject({ level: 'warn', count: expect.any(Number) })
  expect(dropped.count).toBeGreaterThan(100)
  expect(entries.at(-1)).toMatchObject({ event: 'stopped' })
}, 60_000)

it('ends though the reader of the log takes nothing', async () => {
  using main = await startWithReader()
  await logMuch(main.ask)
  expect(await main.end()).toBe(0)
}, 60_000)
