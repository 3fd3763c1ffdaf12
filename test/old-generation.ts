import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { ADMINISTRATOR } from '../src/emulator/answers/accounts.ts'
import { startEmulator } from '../src/emulator/emulator.ts'
import { START_OPTIONS } from './bench/child.ts'
import { fetchAnswer, graphqlRequest } from './bench/http.ts'
import { formatTable } from './bench/table.ts'
import { freePort } from './free-port.ts'

// Which share of what the gateway allocates gets old, though no request needs it any more.

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url))
/** As `npm start`, but for a young generation so small that a few hundred requests fill it often. */
const OPTIONS = [...START_OPTIONS, '--min-semi-space-size=4', '--max-semi-space-size=4']
const SCAVENGE = /Scavenge ([\d.]+) \([\d.]+\) -> ([\d.]+) /
/** The shares were 11 to 26 % as long as V8 held on to whole requests. */
const LARGEST_PERCENT = 4
const PROCESSES = 3

const OPERATIONS = [
  ['{ __typename }', 4000],
  ['{ remoteRecords(first: 100) { nodes { csId startedAt price } } }', 300],
  [
    '{ remoteRecords(first: 30) { nodes { agent { remoteRecords(first: 3) { nodes { csId } } } } } }',
    200,
  ],
  [
    '{ remoteRecords(first: 10) { nodes { chatMessages(first: 10) { nodes { text } } serviceSummary { templateName } } } }',
    200,
  ],
] as const

interface Gateway {
  readonly origin: string
  readonly process: ChildProcessWithoutNullStreams
  /** What it has printed of its collections since these were taken last. */
  takeLines(): string[]
}

async function startGateway(upstream: string): Promise<Gateway> {
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const child = spawn(process.execPath, [...OPTIONS, '--trace-gc', MAIN], {
    env: {
      NODE_ENV: 'production',
      BANGWO8_URL: upstream,
      BANGWO8_ACCOUNT: ADMINISTRATOR.account,
      BANGWO8_PASSWORD: ADMINISTRATOR.password,
      CALLERS: 'open',
      CALLERS_OPEN_IN_PRODUCTION: 'everyone-may-read-everything',
      CACHE_MIB: '0',
      HOST: '127.0.0.1',
      PORT: String(port),
    },
  })
  process.once('exit', () => child.kill('SIGKILL'))
  let printed = ''
  child.stderr.resume()
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text
  })
  while (!(await isAlive(origin))) await wait(50)
  const takeLines = () => {
    const lines = printed.split('\n')
    printed = ''
    return lines
  }
  return { origin, process: child, takeLines }
}

const isAlive = (origin: string) =>
  fetch(`${origin}/health/live`).then(
    ({ ok }) => ok,
    () => false,
  )

/** In percent, from one scavenge to the next one. */
function shareThatGetsOld(lines: readonly string[]): number {
  let allocatedMiB = 0
  let oldMiB = 0
  let leftMiB: number | undefined
  for (const line of lines) {
    // What a collection of the old generation gives back is no part of it.
    if (line.includes('Mark-Compact')) leftMiB = undefined
    const [, before, after] = SCAVENGE.exec(line) ?? []
    if (before === undefined || after === undefined) continue
    if (leftMiB !== undefined) {
      allocatedMiB += Number(before) - leftMiB
      oldMiB += Number(after) - leftMiB
    }
    leftMiB = Number(after)
  }
  return (100 * oldMiB) / allocatedMiB
}

async function measure(upstream: string): Promise<number[]> {
  const gateway = await startGateway(upstream)
  const shares: number[] = []
  for (const [document, times] of OPERATIONS) {
    const ask = async () => {
      for (let asked = 0; asked < times; asked++)
        await fetchAnswer(graphqlRequest(gateway.origin, document))
    }
    await ask()
    gateway.takeLines()
    await ask()
    shares.push(shareThatGetsOld(gateway.takeLines()))
  }
  gateway.process.kill('SIGKILL')
  await once(gateway.process, 'exit')
  return shares
}

await using emulator = await startEmulator()
const measured: number[][] = []
for (let each = 0; each < PROCESSES; each++) measured.push(await measure(emulator.url))
const processes = measured.map((_, at) => `process ${at + 1}`)
const rows = OPERATIONS.map(([document], at) => [
  document,
  ...measured.map(shares => (shares[at] ?? Number.NaN).toFixed(2)),
])
process.stdout.write(`Gets old, in percent of what is allocated; at most ${LARGEST_PERCENT}:\n`)
process.stdout.write(`${formatTable([['operation', ...processes], ...rows])}\n`)
if (measured.flat().some(share => !(share <= LARGEST_PERCENT))) process.exitCode = 1
