import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer, text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pathTo } from '../repository/repository.ts'
import { startTestedGateway, type TestedGateway } from '../server/gateway.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'export-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function run(gateway: Pick<TestedGateway, 'origin'> | undefined, ...args: readonly string[]) {
  const url = gateway ? ['--url', `${gateway.origin}/graphql`] : []
  const child = spawn(process.execPath, [pathTo('src/export/main.ts'), ...url, ...args])
  const ended = once(child, 'close')
  const [stdout, stderr] = await Promise.all([buffer(child.stdout), text(child.stderr)])
  const [code] = await ended
  return { code: code as number, stdout: stdout.toString(), stderr }
}

const start = (recordCount = 250) => startTestedGateway({ emulator: { recordCount } })
const csIdsIn = (lines: string) =>
  lines
    .trim()
    .split('\n')
    .map(line => JSON.parse(line).csId)
const rising = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => String(first + index))

describe('npm run export', () => {
  it('writes all records as CSV, oldest first, with a byte order mark', async () => {
    await using gateway = await start()
    gateway.emulator.insertRecord({ fields: { note: '=cmd|"/c calc"', csPrice: '-1.50' } })
    const { code, stdout, stderr } = await run(gateway, '--fields', 'csId,description,price')
    expect(code).toBe(0)
    const rows = stdout.split('\r\n')
    expect(rows[0]).toBe('\uFEFFcsId,description,price')
    expect(rows.slice(1, -1).map(row => row.split(',')[0])).toEqual(rising(1000, 1250))
    expect(rows.at(-2)).toBe('1250,"\'=cmd|""/c calc""",-1.50')
    expect(stderr).toBe('100 records of 251\n200 records of 251\n251 records of 251\n')
  })

  it('writes objects of lines, with fields below fields', async () => {
    await using gateway = await start(3)
    const fields = 'csId,agent.servicerId,problemType.optionId,problemType.level'
    const { stdout } = await run(gateway, '--format', 'ndjson', '--fields', fields)
    expect(
      stdout
        .trim()
        .split('\n')
        .map(line => JSON.parse(line)),
    ).toEqual(
      rising(1000, 1002).map(csId => ({
        csId,
        agent: { servicerId: expect.any(String) },
        problemType: { optionId: expect.any(String), level: 1 },
      })),
    )
  })

  it('writes the days asked for', async () => {
    await using gateway = await start(2000)
    const days = ['--from', '2026-11-22', '--to', '2026-11-22']
    const { stdout } = await run(
      gateway,
      ...days,
      '--format',
      'ndjson',
      '--fields',
      'csId,startedAt',
    )
    expect(csIdsIn(stdout).length).toBeGreaterThan(0)
    expect(
      stdout
        .trim()
        .split('\n')
        .every(line => line.includes('"2026-11-22T')),
    ).toBe(true)
  })

  it('goes on where it was interrupted, whatever was half written', async () => {
    await using gateway = await start()
    const out = join(folder, 'resumed.ndjson')
    const args = [
      '--format',
      'ndjson',
      '--fields',
      'csId',
      '--out',
      out,
      '--resume',
      `${out}.progress`,
    ]
    let pages = 0
    gateway.emulator.beforeAnswer = () => {
      pages += 1
      if (pages > 3) throw new Error('down')
    }
    const interrupted = run(gateway, ...args)
    const progress = () => readFile(`${out}.progress`, 'utf8').catch(() => '')
    await expect.poll(progress).toContain('"records":100')
    gateway.emulator.beforeAnswer = undefined
    expect((await interrupted).code).toBe(0)
    await appendFile(out, '{"csId":"half')
    gateway.emulator.insertRecord()
    expect((await run(gateway, ...args)).code).toBe(0)
    expect(csIdsIn(await readFile(out, 'utf8'))).toEqual(rising(1000, 1250))
  })

  it('writes only what is new since the last time', async () => {
    await using gateway = await start(120)
    const args = (out: string) => [
      ...['--from', '2026-08-01', '--fields', 'csId', '--resume', join(folder, 'new.progress')],
      ...['--out', join(folder, out)],
    ]
    await run(gateway, ...args('first.csv'))
    for (let record = 0; record < 3; record++) gateway.emulator.insertRecord()
    await run(gateway, ...args('second.csv'))
    await run(gateway, ...args('third.csv'))
    const rows = async (file: string) => (await readFile(join(folder, file), 'utf8')).split('\r\n')
    expect(await rows('first.csv')).toHaveLength(122)
    expect(await rows('second.csv')).toEqual(['\uFEFFcsId', '1120', '1121', '1122', ''])
    expect(await rows('third.csv')).toEqual(['\uFEFFcsId', ''])
  })

  it('does not go on with the progress of another export', async () => {
    await using gateway = await start(5)
    const resume = ['--resume', join(folder, 'other.progress')]
    await run(gateway, '--fields', 'csId', ...resume)
    const { code, stderr } = await run(gateway, '--fields', 'csId,price', ...resume)
    expect(code).toBe(1)
    expect(stderr).toMatch(/^--resume: expected the progress of this export/)
  })

  it.each([
    [['--format', 'xlsx'], '--format: expected csv or ndjson, got "xlsx"'],
    [['--fields', 'csId,a b'], '--fields: expected names such as csId,agent.name; one is "a b"'],
    [['--fields', 'wrongName'], 'Cannot query field "wrongName" on type "RemoteRecord".'],
    [['--from', 'yesterday'], 'Date must be a day of the calendar'],
  ])('refuses %j', async (args, message) => {
    await using gateway = await start(5)
    const { code, stderr } = await run(gateway, ...args)
    expect(code).toBe(1)
    expect(stderr).toContain(message)
  })

  it('says if there is no gateway', async () => {
    const { code, stderr } = await run({ origin: 'http://127.0.0.1:1' })
    expect(code).toBe(1)
    expect(stderr).toBe('The gateway cannot be reached. Is it running? See --url.\n')
  })

  it('has --help', async () => {
    const { code, stdout } = await run(undefined, '--help')
    expect(code).toBe(0)
    for (const option of ['--from', '--to', '--format', '--fields', '--out', '--resume', '--url'])
      expect(stdout).toContain(option)
  })
})
