import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { START_OPTIONS, startChild } from '../bench/child.ts'
import { cpuMsOf, peakMiBOf } from '../bench/usage.ts'
import { freePort } from '../free-port.ts'
import { accountName, withoutStamps } from './accounts.ts'
import { type Answer, codesOf } from './judge.ts'
import { ask, Load, type Truth } from './load.ts'
import { MemoryLog, socketsOf } from './memory.ts'
import { OPERATIONS } from './operations.ts'
import { type Options, parseOptions, USAGE } from './options.ts'
import { countOf, formatReport, type Outage, type Report } from './report.ts'
import { type Order, startUpstream, type Upstream } from './upstream.ts'

const say = (progress: string) => process.stderr.write(`soak: ${progress}\n`)

const GATEWAY = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
const START_MS = 20_000

async function startGateway(upstream: string, { retryPercent }: Options) {
  const port = await freePort()
  const child = startChild({
    args: [...START_OPTIONS, GATEWAY],
    environment: {
      BANGWO8_URL: upstream,
      HOST: '127.0.0.1',
      PORT: String(port),
      UPSTREAM_RETRY_PERCENT: String(retryPercent),
    },
  })
  const origin = `http://127.0.0.1:${port}`
  const giveUpAtMs = performance.now() + START_MS
  while (!(await isAlive(origin))) {
    if (performance.now() > giveUpAtMs) throw new Error('the gateway does not start')
    await Promise.race([wait(50), child.ended])
  }
  return { origin, pid: child.pid, [Symbol.asyncDispose]: () => child[Symbol.asyncDispose]() }
}

const isAlive = (origin: string) =>
  fetch(`${origin}/health/live`).then(
    ({ ok }) => ok,
    () => false,
  )

/**
 * What each operation gives, by the gateway itself before anything fails, and how many calls it needs
 * if nothing is held of those before.
 */
async function learnTruths(origin: string, upstream: Upstream): Promise<Truth[]> {
  const truths: Truth[] = []
  for (const operation of OPERATIONS) {
    const before = await upstream.calls()
    const { text } = await ask(`${origin}/graphql`, operation, accountName(0), undefined, {
      'cache-control': 'no-cache',
    })
    const calls = (await upstream.calls()) - before
    if (codesOf(text).length > 0) throw new Error(`${operation} fails: ${text.slice(0, 500)}`)
    truths.push({ data: (JSON.parse(withoutStamps(text)) as Answer).data, calls })
  }
  return truths
}

/** In seconds. */
const TEN_MINUTES = 600

/** Half of the failures by status, and the others by what happens to a connection. */
const orderOf = ({ seed, failures, stalls }: Options): Order => ({
  seed,
  isOut: false,
  shares: {
    stall: stalls,
    'status-500': failures / 4,
    'status-503': failures / 4,
    reset: failures / 4,
    cut: failures / 8,
    'half-the-json': failures / 8,
  },
})

async function breakFor(seconds: number, upstream: Upstream, order: Order): Promise<Outage> {
  const before = await upstream.calls()
  await upstream.fail({ ...order, isOut: true })
  const beganAtMs = performance.now()
  await wait(seconds * 1000)
  const calls = (await upstream.calls()) - before
  await upstream.fail(order)
  return { beganAtMs, endedAtMs: performance.now(), calls }
}

async function run(options: Options): Promise<Report> {
  const { minutes, rate, accounts, outageSeconds } = options
  await using upstream = await startUpstream(accounts)
  await using gateway = await startGateway(upstream.url, options)
  say('what is true')
  const load = new Load(gateway.origin, await learnTruths(gateway.origin, upstream), options)
  const order = orderOf(options)
  await upstream.fail(order)
  const before = await upstream.calls()
  const seconds = minutes * 60
  say(`${rate} operations a second for ${seconds} s`)
  const cpuMsBefore = cpuMsOf(gateway.pid)
  using memory = new MemoryLog(gateway.pid)
  const asking = load.run(rate, seconds)
  await wait(((seconds - outageSeconds) / 2) * 1000)
  const outage = outageSeconds > 0 ? await breakFor(outageSeconds, upstream, order) : undefined
  await asking
  const slopeMiB = memory.slope(Math.min(60, seconds / 3))
  const isLong = seconds >= 2 * TEN_MINUTES
  const laterSlopeMiB = isLong ? memory.slope(TEN_MINUTES) : undefined
  await load.end()
  await wait(1000)
  return {
    asked: load.asked,
    calls: (await upstream.calls()) - before,
    cpuMs: cpuMsOf(gateway.pid) - cpuMsBefore,
    peakMiB: peakMiBOf(gateway.pid),
    slopeMiB,
    ...(laterSlopeMiB !== undefined && { laterSlopeMiB }),
    sockets: socketsOf(gateway.pid),
    ...(outage && { outage }),
  }
}

// Children end with this process, and it ends as one that was stopped.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

try {
  const report = await run(parseOptions(process.argv.slice(2)))
  process.stdout.write(formatReport(report))
  if (countOf(report, 'wrong') + countOf(report, 'foreign') > 0) process.exitCode = 1
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n${USAGE}`)
  process.exitCode = 1
}
