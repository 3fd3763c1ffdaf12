import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { delimiter, dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ADMINISTRATOR, SUMMARY_AGENT } from '../src/emulator/answers/accounts.ts'
import { startEmulator } from '../src/emulator/emulator.ts'
import { expectedReport } from './expected-report.ts'
import { type ProxiedCall, type Refusal, startFlappingProxy } from './flapping-proxy.ts'
import { startMain } from './main-process.ts'
import { Markdown } from './repository/markdown.ts'
import { pathTo, readText } from './repository/repository.ts'

const APP = fileURLToPath(new URL('consumer/', import.meta.url))
const MANIFEST = `${APP}generated/persisted-documents.json`
const isInstalled = existsSync(`${APP}node_modules`)

const NOW = new Date('2026-11-23T12:00:00+08:00')
const WEEK = { from: '2026-11-16', to: '2026-11-22' }
/** The app asks for 50 services at a time: a week of these is more. */
const RECORDS = { now: NOW, recordCount: 1000 }

/** As on a machine of its own: nothing of the npm that runs the tests. */
const machine = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_'))),
  PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
}

interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

const run = (program: string, args: readonly string[], environment: Record<string, string> = {}) =>
  new Promise<Ended>(resolve => {
    const options = { cwd: APP, env: { ...machine, ...environment }, timeout: 100_000 }
    execFile(program, args, options, (error, stdout, stderr) => {
      resolve({ code: Number(error?.code ?? 0), stdout, stderr })
    })
  })

const runScript = async (name: string) => {
  const { code, stdout, stderr } = await run('npm', ['run', '--silent', name])
  return code === 0 ? 'done' : stdout + stderr
}

const runApp = (url: string, environment: Record<string, string> = {}) =>
  run(process.execPath, ['src/main.ts', WEEK.from, WEEK.to], {
    GATEWAY_URL: url,
    RETRY_DELAY_MS: '10',
    ...environment,
  })

const readme = new Markdown(readText(pathTo('README.md')))

/** The lines of an excerpt, with … for what it leaves out, that are not in a text in that order. */
function linesMissing(text: string, excerpt: string): string[] {
  const lines = text.split('\n')
  let at = -1
  return excerpt
    .trimEnd()
    .split('\n')
    .filter(line => line !== '…')
    .filter(line => {
      const next = lines.indexOf(line, at + 1)
      at = next < 0 ? at : next
      return next < 0
    })
}

/** The gateway as a process that runs nothing but what the app's generator printed. */
async function startTrusting(upstreamUrl: string, environment: Record<string, string> = {}) {
  const main = startMain({
    BANGWO8_URL: upstreamUrl,
    BANGWO8_ACCOUNT: ADMINISTRATOR.account,
    BANGWO8_PASSWORD: ADMINISTRATOR.password,
    CALLERS: 'open',
    DOCUMENTS: 'trusted',
    DOCUMENTS_MANIFEST: MANIFEST,
    ...environment,
  })
  return Object.assign(main, { url: `${await main.origin()}/graphql` })
}

beforeEach(ctx => {
  if (!isInstalled) ctx.skip('the consumer is not installed: npm ci --prefix test/consumer')
})

let generated: string
beforeAll(async () => {
  if (isInstalled) generated = await runScript('generate')
})

describe('an internal app that has schema.graphql', () => {
  it('gets typed operations, and a manifest of them', () => {
    expect(generated).toBe('done')
    const manifest: Record<string, string> = JSON.parse(readFileSync(MANIFEST, 'utf8'))
    expect(Object.keys(manifest)).toEqual([
      expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
    ])
  })

  it('compiles, with enums and scalars of types of their own', async () => {
    expect(await runScript('types')).toBe('done')
  })

  it('reports a week of services, each once, page by page and by ids alone', async () => {
    await using emulator = await startEmulator(RECORDS)
    await using gateway = await startTrusting(emulator.url)
    const expected = await expectedReport(emulator, WEEK)
    expect(await runApp(gateway.url)).toEqual({ code: 0, stdout: expected.text, stderr: '' })
    expect(linesMissing(expected.text, readme.section('A report').fence('text'))).toEqual([])
    const pages = gateway.logged().filter(({ event }) => event === 'operation')
    expect(pages).toHaveLength(Math.ceil(expected.csIds.length / 50))
    expect(pages.length).toBeGreaterThan(1)
    expect(new Set(pages.map(({ outcome }) => outcome))).toEqual(new Set(['ok']))
  })

  it('adds amounts up exactly, however large and small', async () => {
    await using emulator = await startEmulator(RECORDS)
    await using gateway = await startTrusting(emulator.url)
    const { csIds } = await expectedReport(emulator, WEEK)
    for (const [at, csPrice] of ['90071992547409.93', '0.10', '0.20'].entries()) {
      emulator.deleteRecord(csIds[at + 5] ?? 0)
      emulator.insertRecordAt(csIds[at + 5] ?? 0, { fields: { csPrice, payStat: 1 } })
    }
    const expected = await expectedReport(emulator, WEEK)
    expect(expected.text).toContain('\t900719')
    expect((await runApp(gateway.url)).stdout).toBe(expected.text)
  })
})

describe('an upstream that flaps', () => {
  const BUSY: Refusal = { status: 503, headers: { 'Retry-After': '1' } }
  const isSummary = ({ path }: ProxiedCall) => path.includes('servicesummary')
  const summaryOf = (csId: number | undefined) => `/api/v1/servicesummary/${csId}.json`

  it('is asked again for what failed and no more, not before the time that it names', async () => {
    await using emulator = await startEmulator(RECORDS)
    await using proxy = await startFlappingProxy(emulator.url, call =>
      isSummary(call) && call.earlier === 0 ? BUSY : undefined,
    )
    await using gateway = await startTrusting(proxy.url)
    const expected = await expectedReport(emulator, WEEK)
    expect(await runApp(gateway.url)).toEqual({ code: 0, stdout: expected.text, stderr: '' })
    for (const csId of expected.csIds) {
      const [first, second, ...more] = proxy.calls.filter(({ path }) => path === summaryOf(csId))
      expect(more).toEqual([])
      expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThan(990)
    }
  })

  it('is asked again for a whole page that failed', async () => {
    await using emulator = await startEmulator(RECORDS)
    let refusals = 0
    await using proxy = await startFlappingProxy(emulator.url, ({ path }) =>
      path.endsWith('/histories.json') && refusals++ < 3 ? { status: 503 } : undefined,
    )
    await using gateway = await startTrusting(proxy.url)
    const expected = await expectedReport(emulator, WEEK)
    expect(await runApp(gateway.url)).toEqual({ code: 0, stdout: expected.text, stderr: '' })
  })

  it('that never answers for some leaves the others, told apart from what is not filled in', async () => {
    await using emulator = await startEmulator(RECORDS)
    const { csIds } = await expectedReport(emulator, WEEK)
    const [down = 0, forbidden = 0] = csIds.slice(10)
    await using proxy = await startFlappingProxy(emulator.url, ({ path }) => {
      if (path === summaryOf(down)) return { status: 503 }
      return path === summaryOf(forbidden) ? { status: 403 } : undefined
    })
    // The gateway's own retries would hide how often the app asks.
    await using gateway = await startTrusting(proxy.url, { UPSTREAM_ATTEMPTS: '1' })
    const expected = await expectedReport(emulator, WEEK, [down, forbidden])
    expect(expected.text).toContain(`as it failed: ${down}, ${forbidden}\n`)
    expect(await runApp(gateway.url)).toEqual({ code: 0, stdout: expected.text, stderr: '' })
    const timesAsked = (csId: number) =>
      proxy.calls.filter(({ path }) => path === summaryOf(csId)).length
    expect([timesAsked(down), timesAsked(forbidden)]).toEqual([4, 1])
  })
})

describe('an app that gets nothing', () => {
  it('gives up at once where asking again would not help', async () => {
    await using emulator = await startEmulator(RECORDS)
    await using gateway = await startTrusting(emulator.url, { CALLERS: 'passthrough' })
    const GATEWAY_ACCOUNT = `${SUMMARY_AGENT.account}:${SUMMARY_AGENT.password}`
    const { code, stdout, stderr } = await runApp(gateway.url, { GATEWAY_ACCOUNT })
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(/^FORBIDDEN: /)
    expect(emulator.callLines().filter(line => line.startsWith('histories '))).toHaveLength(1)
  })

  it('gives up after four attempts where it would', async () => {
    await using emulator = await startEmulator(RECORDS)
    await using proxy = await startFlappingProxy(emulator.url, () => ({ status: 503 }))
    await using gateway = await startTrusting(proxy.url)
    const { code, stdout, stderr } = await runApp(gateway.url)
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(/^UPSTREAM_UNAVAILABLE: /)
    const operations = gateway.logged().filter(({ event }) => event === 'operation')
    expect(operations).toHaveLength(4)
  })

  it('gives up likewise where the gateway itself is not there', async () => {
    let connections = 0
    const server = createServer().on('connection', socket => {
      connections++
      socket.destroy()
    })
    server.listen(0, '127.0.0.1')
    await expect.poll(() => server.listening).toBe(true)
    const { port } = server.address() as AddressInfo
    const { code, stderr } = await runApp(`http://127.0.0.1:${port}/graphql`)
    server.close()
    expect(code).toBe(1)
    expect(stderr).toMatch(/^GATEWAY_UNREACHABLE: /)
    expect(connections).toBe(4)
  })
})
