import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import packageJson from '../package.json' with { type: 'json' }
import { ADMINISTRATOR } from '../src/emulator/answers/accounts.ts'
import { startEmulator } from '../src/emulator/emulator.ts'
import { cpuMsOf } from './bench/usage.ts'
import { freePort } from './free-port.ts'
import { startMain } from './main-process.ts'
import { writeManifest } from './manifest-file.ts'
import { pathTo } from './repository/repository.ts'

const headers = { 'content-type': 'application/json' }

async function ask(origin: string, query: string, authorization?: string) {
  const response = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { ...headers, ...(authorization && { authorization }) },
    body: JSON.stringify({ query }),
  })
  return { connection: response.headers.get('connection'), body: await response.json() }
}

const statusOf = async (url: string) => (await fetch(url)).status

const SOON = { interval: 10 }

const LATEST = '{ remoteRecords(first: 1) { totalCount } }'

describe('node src/main.ts', () => {
  it('says its version: with --version, in its first line, and as long as it lives', async () => {
    const { version } = packageJson
    await using asked = startMain({}, ['--version'])
    expect(await asked.ended()).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' })
    await using main = startMain()
    const health = await fetch(`${await main.origin()}/health/live`)
    expect(await health.json()).toEqual({
      status: 'ok',
      version,
      uptimeSeconds: expect.toSatisfy(seconds => Number.isInteger(seconds) && seconds < 60),
    })
    expect(main.logged()[0]).toMatchObject({ event: 'listening', version })
  })

  it('answers from data that it says is made up, and exits 0 on SIGTERM', async () => {
    await using main = startMain()
    const origin = await main.origin()
    expect((await ask(origin, LATEST)).body).toEqual({
      data: { remoteRecords: { totalCount: 2000 } },
    })
    expect(main.stdout).toContain(`GraphQL is at ${origin}/graphql`)
    expect(main.stdout).toContain('All data is MADE UP')
    expect(main.stdout).toContain('Everyone may ask')
    main.signal('SIGTERM')
    const { code, stderr } = await main.ended()
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(main.logged().map(({ event }) => event)).toEqual([
      'listening',
      'operation',
      'draining',
      'stopped',
    ])
  })

  it('prints sentences and no JSON on a terminal', async () => {
    const command = [process.execPath, pathTo('src/main.ts')].join(' ')
    const main = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
      env: { ...process.env, PORT: '0', NODE_ENV: '' },
    })
    let printed = ''
    main.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text
    })
    const origin = () => /http:\S+(?=\/graphql)/.exec(printed)?.[0] ?? ''
    await expect.poll(origin, SOON).not.toBe('')
    await ask(origin(), LATEST)
    await expect.poll(() => printed, SOON).toMatch(/An operation: ok after \d+ ms, 1 upstream call/)
    // Ctrl-C, as one types it.
    main.stdin.write('\x03')
    await once(main, 'exit')
    expect(printed).toMatch(/Stopped\.\r\n$/)
    expect(printed).not.toContain('{')
  })

  it('becomes unready on SIGTERM, finishes what it answers, and exits 0', async () => {
    await using emulator = await startEmulator({ latencyMs: 3000 })
    await using main = startMain({
      BANGWO8_URL: emulator.url,
      BANGWO8_ACCOUNT: ADMINISTRATOR.account,
      BANGWO8_PASSWORD: ADMINISTRATOR.password,
      CALLERS: 'open',
    })
    const origin = await main.origin()
    const readiness = async () => (await fetch(`${origin}/health/ready`)).status
    await expect.poll(readiness, SOON).toBe(200)
    emulator.clearCalls()
    const answer = ask(origin, LATEST)
    await expect.poll(() => emulator.calls.length).toBe(1)
    main.signal('SIGTERM')
    // It accepts connections as long as it is asked so.
    await expect.poll(readiness, SOON).toBe(503)
    await expect.poll(() => main.stdout, SOON).toContain('draining')
    expect(await answer).toEqual({
      connection: 'close',
      body: { data: { remoteRecords: { totalCount: 2000 } } },
    })
    expect((await main.ended()).code).toBe(0)
    expect(main.stdout).toContain(`All data is REAL: it comes from ${emulator.url}.`)
    expect(main.stdout).toContain(`asked as the account ${ADMINISTRATOR.account}.`)
  })

  it('is ended at once by a second signal', async () => {
    await using emulator = await startEmulator({ latencyMs: 20_000 })
    await using main = startMain({ BANGWO8_URL: emulator.url })
    const origin = await main.origin()
    ask(origin, LATEST, 'Basic YTpi').catch(() => undefined)
    await expect.poll(() => emulator.calls.length).toBe(1)
    main.signal('SIGTERM')
    await expect.poll(() => main.stdout, SOON).toContain('draining')
    main.signal('SIGINT')
    expect((await main.ended()).code).toBe(1)
  })

  it('is ended by its time limit, with 1 because an answer was cut', async () => {
    await using emulator = await startEmulator({ latencyMs: 20_000 })
    await using main = startMain({ BANGWO8_URL: emulator.url, DRAIN_TIMEOUT_MS: '300' })
    const origin = await main.origin()
    ask(origin, LATEST, 'Basic YTpi').catch(() => undefined)
    await expect.poll(() => emulator.calls.length).toBe(1)
    main.signal('SIGTERM')
    expect((await main.ended()).code).toBe(1)
  })

  it('is ready again soon after it was killed, at the same port', async () => {
    await using emulator = await startEmulator()
    const environment = { BANGWO8_URL: emulator.url, PORT: String(await freePort()) }
    await using killed = startMain(environment)
    const isReady = async (origin: string) =>
      expect.poll(() => statusOf(`${origin}/health/ready`), SOON).toBe(200)
    await isReady(await killed.origin())
    killed.signal('SIGKILL')
    await killed.ended()
    await using main = startMain(environment)
    await isReady(await main.origin())
    // It waits for nothing but a call: so this is what it takes on a core of its own.
    expect(cpuMsOf(main.pid)).toBeLessThan(6000)
  })

  it('tells callers who bring accounts which ones the emulator knows', async () => {
    await using main = startMain({ CALLERS: 'passthrough' })
    await main.origin()
    await expect.poll(() => main.stdout).toContain(ADMINISTRATOR.password)
  })

  it('writes JSON only in production, and not what its upstream is', async () => {
    await using main = startMain({
      NODE_ENV: 'production',
      BANGWO8_URL: 'https://upstream.example/secret',
    })
    await main.origin()
    expect(main.stdout.trim().split('\n')).toHaveLength(1)
    expect(main.stdout).not.toMatch(/upstream\.example|secret/)
    expect(main.logged()).toMatchObject([{ callers: 'passthrough', upstream: 'configured' }])
  })
})

describe('node src/main.ts with a manifest', () => {
  const ask = async (origin: string, body: object) =>
    (
      await fetch(`${origin}/graphql`, { method: 'POST', headers, body: JSON.stringify(body) })
    ).json()

  it('runs its documents by their ids, nothing else where only they are trusted, and says so', async () => {
    await using manifest = await writeManifest({ total: LATEST, name: '{ __typename }' })
    await using main = startMain({ DOCUMENTS: 'trusted', DOCUMENTS_MANIFEST: manifest.path })
    const origin = await main.origin()
    expect(await ask(origin, { documentId: 'total' })).toEqual({
      data: { remoteRecords: { totalCount: 2000 } },
    })
    expect(await ask(origin, { query: LATEST })).toMatchObject({
      errors: [{ extensions: { code: 'PERSISTED_QUERY_ID_REQUIRED' } }],
    })
    expect(main.logged()[0]).toMatchObject({ documents: 'trusted', trustedDocuments: 2 })
    expect(main.stdout).toContain(
      `GraphQL is at ${origin}/graphql, for 2 trusted documents only, without GraphiQL.\n`,
    )
  })

  it('runs them beside texts where any document may run, and says so', async () => {
    await using manifest = await writeManifest({ total: LATEST })
    await using main = startMain({ DOCUMENTS_MANIFEST: manifest.path })
    const origin = await main.origin()
    const answer = await ask(origin, { documentId: 'total' })
    expect(answer).toEqual({ data: { remoteRecords: { totalCount: 2000 } } })
    expect(await ask(origin, { query: LATEST })).toEqual(answer)
    expect(main.logged()[0]).toMatchObject({ documents: 'any', trustedDocuments: 1 })
    expect(main.stdout).toContain('Trusted documents that also run by their ids: 1.\n')
  })
})

it('finds its code compiled by an earlier start', async () => {
  const endsAtOnce = { NODE_ENV: 'production', NODE_DEBUG_NATIVE: 'COMPILE_CACHE' }
  await startMain(endsAtOnce).ended()
  const { stderr } = await startMain(endsAtOnce).ended()
  expect(stderr).toMatch(/server\/gateway\.ts was accepted/)
})
