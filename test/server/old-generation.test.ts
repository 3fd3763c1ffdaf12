import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ADMINISTRATOR } from '../../src/emulator/accounts.ts'
import { type Emulator, startEmulator } from '../../src/emulator/emulator.ts'
import { freePort } from '../free-port.ts'

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
/** Small, so that a few hundred requests fill it often. */
const YOUNG_GENERATION = ['--min-semi-space-size=4', '--max-semi-space-size=4']
const SCAVENGE = /Scavenge ([\d.]+) \([\d.]+\) -> ([\d.]+) /
/** Of what is allocated. It was 0.11 to 0.26 as long as data of requests got old. */
const LARGEST_SHARE = 0.04

let emulator: Emulator
let gateway: ChildProcessWithoutNullStreams
let origin: string
let lines: string[]

beforeAll(async () => {
  emulator = await startEmulator()
  const port = await freePort()
  origin = `http://127.0.0.1:${port}`
  lines = []
  gateway = spawn(process.execPath, [...YOUNG_GENERATION, '--trace-gc', MAIN], {
    env: {
      NODE_ENV: 'production',
      BANGWO8_URL: emulator.url,
      BANGWO8_ACCOUNT: ADMINISTRATOR.account,
      BANGWO8_PASSWORD: ADMINISTRATOR.password,
      CALLERS: 'open',
      CALLERS_OPEN_IN_PRODUCTION: 'everyone-may-read-everything',
      CACHE_MIB: '0',
      HOST: '127.0.0.1',
      PORT: String(port),
    },
  })
  gateway.stderr.resume()
  gateway.stdout.setEncoding('utf8').on('data', (text: string) => lines.push(...text.split('\n')))
  while (
    !(await fetch(`${origin}/health/live`).then(
      ({ ok }) => ok,
      () => false,
    ))
  )
    await wait(50)
}, 30_000)

afterAll(async () => {
  gateway.kill('SIGKILL')
  await once(gateway, 'exit')
  await emulator.close()
})

async function ask(query: string, times: number): Promise<void> {
  for (let asked = 0; asked < times; asked++) {
    const answer = await fetch(`${origin}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    })
    expect(await answer.json()).not.toHaveProperty('errors')
  }
}

/** Which share of what is allocated gets old, from one scavenge to the next one. */
function shareThatGetsOld(): number {
  let allocated = 0
  let gotOld = 0
  let leftMiB: number | undefined
  for (const line of lines) {
    const [, before, after] = SCAVENGE.exec(line) ?? []
    // What a collection of the old generation gives back is no part of it.
    if (line.includes('Mark-Compact')) leftMiB = undefined
    if (before === undefined || after === undefined) continue
    if (leftMiB !== undefined) {
      allocated += Number(before) - leftMiB
      gotOld += Number(after) - leftMiB
    }
    leftMiB = Number(after)
  }
  return gotOld / allocated
}

const OPERATIONS = [
  ['nothing of the upstream', '{ __typename }', 4000],
  ['records', '{ remoteRecords(first: 100) { nodes { csId startedAt price } } }', 300],
  [
    'agents',
    '{ remoteRecords(first: 30) { nodes { agent { remoteRecords(first: 3) { nodes { csId } } } } } }',
    200,
  ],
  [
    'chats and summaries',
    '{ remoteRecords(first: 10) { nodes { chatMessages(first: 10) { nodes { text } } serviceSummary { templateName } } } }',
    200,
  ],
] as const

// If objects of requests get old, they take several times the CPU time: V8 copies them twice, and then
// collects the old generation again and again.
describe('requests leave nothing in the old generation', () => {
  it.each(OPERATIONS)(
    'for %s',
    async (_, query, times) => {
      await ask(query, times)
      lines = []
      await ask(query, times)
      expect(lines.filter(line => SCAVENGE.test(line)).length).toBeGreaterThan(5)
      expect(shareThatGetsOld()).toBeLessThan(LARGEST_SHARE)
    },
    60_000,
  )
})
