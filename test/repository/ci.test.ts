import { execFile } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { pathTo, readText } from './repository.ts'

const folders: string[] = []

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

interface Programs {
  readonly npm?: string
  readonly dpkgQuery?: string
  readonly aptGet?: string
}

const INSTALLED = 'printf installed'
const PASSING =
  '[ "$1" != test ] || printf "a test\\n3 passed, 0 failed, 0 skipped\\n"; echo "$*" >>npm-calls'

/** Runs a copy of .ci/run in which the programs that it calls are shell scripts. */
function runCi({ npm = PASSING, dpkgQuery = INSTALLED, aptGet = 'exit 1' }: Programs = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'ci-run-'))
  folders.push(folder)
  for (const each of ['.ci', 'bin']) mkdirSync(join(folder, each))
  copyFileSync(pathTo('.ci/run'), join(folder, '.ci/run'))
  for (const [name, body] of Object.entries({ npm, 'dpkg-query': dpkgQuery, 'apt-get': aptGet })) {
    const program = join(folder, 'bin', name)
    writeFileSync(program, `#!/bin/sh\n${body}\n`)
    chmodSync(program, 0o755)
  }
  const env = { PATH: `${join(folder, 'bin')}:${process.env.PATH}` }
  return new Promise<{ code: number; lines: string[]; npmCalls: string[] }>(resolve => {
    execFile(join(folder, '.ci/run'), { env, cwd: tmpdir() }, (error, stdout) => {
      const npmCalls = readLines(join(folder, 'npm-calls'))
      resolve({ code: Number(error?.code ?? 0), lines: stdout.trimEnd().split('\n'), npmCalls })
    })
  })
}

function readLines(path: string): string[] {
  try {
    return readText(path).trimEnd().split('\n')
  } catch {
    return []
  }
}

const ending = async (programs: Programs) => {
  const { code, lines } = await runCi(programs)
  return [code, lines.at(-1)]
}

describe('.ci/run', () => {
  it('runs format, lint and types, then the test command of the README', async () => {
    const { code, lines, npmCalls } = await runCi()
    expect(npmCalls).toEqual([
      'ci',
      'run --silent advisories',
      'ci --prefix test/supergraph/routers',
      'ci --prefix test/consumer',
      'ci --prefix test/clients',
      'run lint -- --colors=off',
      'run types',
      'run types --prefix test/supergraph/routers',
      'run types --prefix test/clients',
      'ci',
      'test',
    ])
    expect([code, lines.at(-1)]).toEqual([0, '3 passed, 0 failed, 0 skipped'])
    expect(lines.filter(line => line.includes('passed'))).toHaveLength(1)
    expect(readText(pathTo('.ci/run'))).toContain('npm ci && npm test')
  })

  it('ends with the closing line whatever npm says after it', async () => {
    const npm = `${PASSING}; [ "$1" != test ] || echo 'npm notice'`
    expect(await ending({ npm })).toEqual([0, '3 passed, 0 failed, 0 skipped'])
  })

  it('fails where a test fails', async () => {
    const npm = '[ "$1" != test ] || { echo "2 passed, 1 failed, 0 skipped"; exit 1; }'
    expect(await ending({ npm })).toEqual([1, '2 passed, 1 failed, 0 skipped'])
  })

  it('fails where a test is skipped, whatever the tests say', async () => {
    const npm = '[ "$1" != test ] || echo "2 passed, 0 failed, 10 skipped"'
    expect(await ending({ npm })).toEqual([1, '2 passed, 0 failed, 10 skipped'])
  })

  it('fails where the tests end without a word', async () => {
    expect(await ending({ npm: 'true' })).toEqual([1, '0 passed, 1 failed, 0 skipped'])
  })

  it('stops at the first step that fails, and names it', async () => {
    const { code, lines } = await runCi({ npm: '[ "$2" != types ]' })
    expect([code, ...lines.slice(-2)]).toEqual([
      1,
      'Failed at: Types',
      '0 passed, 1 failed, 0 skipped',
    ])
  })

  it('installs the Debian packages that are missing, and shows why it cannot', async () => {
    const aptGet = 'echo "$*" >>npm-calls'
    const { npmCalls } = await runCi({ dpkgQuery: 'exit 1', aptGet })
    expect(npmCalls.slice(0, 2)).toEqual([
      'update',
      'install --yes --no-install-recommends chromium fonts-wqy-microhei curl redis-server',
    ])
    const { code, lines } = await runCi({ dpkgQuery: 'exit 1', aptGet: 'echo no network; exit 1' })
    expect(code).toBe(1)
    expect(lines).toContain('no network')
  })
})
