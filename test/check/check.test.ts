import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import type { Finding } from '../../src/check/finding.ts'
import { FIELDS } from '../../src/check/list-findings.ts'
import { type Account, ADMINISTRATOR, SUMMARY_AGENT } from '../../src/emulator/answers/accounts.ts'
import { type Emulator, startEmulator } from '../../src/emulator/emulator.ts'
import type { ListOddities } from '../../src/emulator/odd/oddities.ts'
import type { EmulatorOptions } from '../../src/emulator/options.ts'
import { freePort } from '../free-port.ts'
import { codeSpansOf, Markdown } from '../repository/markdown.ts'
import { pathTo, readText } from '../repository/repository.ts'

async function runCheck(environment: Record<string, string>, args: readonly string[] = []) {
  const child = spawn(process.execPath, [pathTo('src/check/main.ts'), ...args], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'close')
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
  const [code] = await ended
  return { code: code as number, stdout, stderr }
}

const environmentOf = (url: string, { account, password }: Account) => ({
  BANGWO8_URL: url,
  BANGWO8_ACCOUNT: account,
  BANGWO8_PASSWORD: password,
})

interface Checked {
  readonly code: number
  /** By name: `ok: newest first`. */
  readonly found: Readonly<Record<string, string>>
}

async function checkOf(url: string, account: Account): Promise<Checked> {
  const { code, stdout } = await runCheck(environmentOf(url, account), ['--json'])
  const findings = stdout
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Finding)
  const found = findings.map(({ name, verdict, says }) => [name, `${verdict}: ${says}`])
  return { code, found: Object.fromEntries(found) }
}

/** Late in a day, most of the latest records are of that day, which some tests do not expect. */
const NOON = new Date('2026-11-23T12:00:00+08:00')

async function checkEmulator(options: EmulatorOptions, account = ADMINISTRATOR) {
  await using emulator = await startEmulator({ now: NOON, ...options })
  return { ...(await checkOf(emulator.url, account)), calls: emulator.callLines() }
}

const MEDIAN = expect.stringMatching(/^ok: \d+ ms, the median of \d+ calls$/)
const ADMINISTRATORS_ONLY = expect.stringMatching(/^fail: .*needs an administrator's account/)

describe('npm run check', () => {
  it('finds nothing where all is as one expects', async () => {
    const { code, found, calls } = await checkEmulator({})
    expect({ code, found }).toEqual({
      code: 0,
      found: {
        reachable: 'ok: the upstream answers',
        TLS: 'note: none: passwords can be read on their way',
        accepted: 'ok: the upstream accepts the account',
        'may read lists': 'ok: yes',
        order: 'ok: newest first',
        'page cap': 'ok: 100 rows',
        count: 'ok: that of the rows that are there',
        'both lists agree': 'ok: the same records',
        'first page': 'ok: page 1',
        days: 'ok: both are included',
        'one agent': 'ok: records of that agent',
        'may read chats': 'ok: yes',
        'may read summaries': 'ok: yes',
        fields: 'ok: those of the description',
        values: expect.stringMatching(/^(?:ok|note): /),
        latency: MEDIAN,
      },
    })
    expect(calls.length).toBeLessThanOrEqual(12)
  })

  it('says what an agent may not read', async () => {
    const { code, found } = await checkEmulator({}, SUMMARY_AGENT)
    expect(code).toBe(1)
    expect(found).toEqual({
      reachable: 'ok: the upstream answers',
      TLS: expect.any(String),
      accepted: 'ok: the upstream accepts the account',
      'may read lists': ADMINISTRATORS_ONLY,
      'may read chats': ADMINISTRATORS_ONLY,
      'may read summaries': 'ok: yes',
      latency: MEDIAN,
    })
  })

  it('notes pages that are shorter than asked, in the other order, and new fields', async () => {
    const { code, found, calls } = await checkEmulator({
      order: 'ascending',
      maxPerPage: 30,
      oddities: { lists: { row: row => ({ ...row, csUnheardOf: '电话', csPrice: 'dear' }) } },
    })
    expect(code).toBe(0)
    expect(found).toMatchObject({
      order: 'note: oldest first',
      count: 'ok: that of the rows that are there',
      'page cap': 'note: 30 rows, though 100 were asked for',
      fields: 'note: csUnheardOf is new',
      values: expect.stringMatching(/^note: csPrice cannot be read/),
    })
    expect(calls.length).toBeLessThanOrEqual(12)
  })

  it.each<[string, ListOddities, string, string]>([
    [
      'days are ignored',
      { days: 'ignored' },
      'days',
      'fail: they are ignored: records of all days are given',
    ],
    [
      'the last day is left out',
      { days: 'last left out' },
      'days',
      'fail: the last one is left out: ask for a day more',
    ],
    [
      'days are other ones',
      { days: 1 },
      'days',
      'note: most records of a day begin on another one',
    ],
    [
      'pages are counted from 0',
      { firstPage: 0 },
      'first page',
      'note: page 0: it is asked for as soon as page 1 was read',
    ],
  ])('notices that %s', async (_, lists, name, says) => {
    const { code, found, calls } = await checkEmulator({ oddities: { lists } })
    expect([code, found[name]]).toEqual([says.startsWith('fail') ? 1 : 0, says])
    expect(calls.length).toBeLessThanOrEqual(12)
  })

  it.each(['everyone', (id: number) => id + 1] as const)(
    'notices that an agent has the records of others',
    async answersFor => {
      const { code, found } = await checkEmulator({ oddities: { agent_histories: { answersFor } } })
      expect([code, found['one agent']]).toEqual([1, expect.stringMatching(/^fail: .*of one id/)])
    },
  )

  it('says that the upstream is away', async () => {
    const { code, found } = await checkOf(`http://127.0.0.1:${await freePort()}`, ADMINISTRATOR)
    expect(code).toBe(1)
    expect(found).toEqual({
      reachable: expect.stringMatching(/^fail: .*cannot be reached.* \(ECONNREFUSED\)$/),
    })
  })

  it('stops at an account that is not accepted', async () => {
    const { code, found, calls } = await checkEmulator({}, { ...ADMINISTRATOR, password: 'wrong' })
    expect(code).toBe(1)
    expect(found.accepted).toMatch(/^fail: /)
    expect(calls).toHaveLength(1)
  })

  it('prints a line for each, and no value of the data nor of the account', async () => {
    await using emulator: Emulator = await startEmulator()
    const { code, stdout, stderr } = await runCheck(environmentOf(emulator.url, ADMINISTRATOR))
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('ok    order               newest first\n')
    expect(stdout).toMatch(/\n\nAll that the gateway asks for can be had\.\n$/)
    expect(stdout).not.toMatch(/\p{Script=Han}|admin|emulated|Basic/u)
  })

  it.each([
    [{}, 'Expected the upstream in BANGWO8_URL'],
    [{ BANGWO8_URL: 'https://a.example' }, 'Expected BANGWO8_ACCOUNT and BANGWO8_PASSWORD'],
    [environmentOf('nonsense', ADMINISTRATOR), 'BANGWO8_URL: expected an http or https URL'],
  ])('says what it needs: %j', async (environment, problem) => {
    const { code, stdout, stderr } = await runCheck(environment)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(problem)
    expect(stderr).toContain('Usage:')
  })

  it('asks for the password on a terminal, without showing it', async () => {
    await using emulator = await startEmulator()
    const { BANGWO8_URL, BANGWO8_ACCOUNT } = environmentOf(emulator.url, ADMINISTRATOR)
    const command = `${process.execPath} ${pathTo('src/check/main.ts')}`
    const child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
      env: { PATH: process.env.PATH, BANGWO8_URL, BANGWO8_ACCOUNT },
    })
    let printed = ''
    child.stdout.setEncoding('utf8').on('data', (piece: string) => {
      printed += piece
    })
    await expect.poll(() => printed).toContain('Password: ')
    child.stdin.write(`x\u007f${ADMINISTRATOR.password}\r`)
    expect(await once(child, 'exit')).toEqual([0, null])
    expect(printed).toContain('newest first')
    expect(printed).not.toContain(ADMINISTRATOR.password)
  })

  it('knows the fields that the upstream’s README describes', () => {
    const described = new Markdown(readText(pathTo('src/upstream/README.md')))
      .section('A service record')
      .rows.flatMap(([names = '']) => codeSpansOf(names))
    expect(described.length).toBeGreaterThan(25)
    expect([...FIELDS]).toEqual(expect.arrayContaining(described))
  })
})
