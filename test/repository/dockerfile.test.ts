import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import { ADMINISTRATOR } from '../../src/emulator/answers/accounts.ts'
import { startEmulator } from '../../src/emulator/emulator.ts'
import { login } from '../emulator/calling.ts'
import { build, execForm, parseCopy, parseDockerfile, textsOf } from './dockerfile.ts'
import { lockedPackages, productionPackages } from './locked-packages.ts'
import { pathTo, readText } from './repository.ts'

const instructions = parseDockerfile(readText(pathTo('Dockerfile')))
const [command = ''] = textsOf(instructions, 'CMD')
const [healthCheck = ''] = textsOf(instructions, 'HEALTHCHECK')

const PATH = [dirname(process.execPath), process.env.PATH].join(delimiter)

// Nothing of npm's own variables: with them, an npm below this one would work on this repository.
const machine = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^npm_|^(?:NODE_ENV|CI)$/i.test(name)),
)

const imageEnvironment = Object.fromEntries(
  textsOf(instructions, 'ENV').map(each => each.split('=') as [string, string]),
)

describe('the Dockerfile', () => {
  it('starts from one image, whose digest it names, with the Node that the tests run under', () => {
    const [base = '', ...stages] = textsOf(instructions, 'FROM')
    const [image, digest] = base.split('@')
    expect(image).toBe(`node:${packageJson.devDependencies.node}-slim`)
    expect(digest).toMatch(/^sha256:[0-9a-f]{64} AS base$/)
    expect(stages).toEqual(['base AS dependencies', 'base'])
  })

  it('copies what exists, and what .dockerignore lets through', () => {
    const copied = textsOf(instructions, 'COPY')
      .map(parseCopy)
      .filter(({ stage }) => stage === undefined)
      .flatMap(({ sources }) => sources)
    expect(copied.filter(path => !existsSync(pathTo(path)))).toEqual([])
    const [all, ...exceptions] = readText(pathTo('.dockerignore'))
      .replace(/^#.*\n/gm, '')
      .trim()
      .split('\n')
    expect(all).toBe('*')
    expect(exceptions.toSorted()).toEqual([...new Set(copied.map(path => `!${path}`))].toSorted())
  })

  it('runs what npm start runs', () => {
    expect(execForm(command).join(' ')).toBe(packageJson.scripts.start)
  })

  it('lets another user than root run it, as a production service that others can reach', () => {
    expect(textsOf(instructions, 'USER')).toEqual(['node'])
    expect(imageEnvironment).toEqual({ NODE_ENV: 'production', HOST: '0.0.0.0' })
  })
})

describe('the image, built in a folder', () => {
  const root = mkdtempSync(join(tmpdir(), 'image-'))
  let folder: string

  beforeAll(() => {
    folder = build(instructions, pathTo(''), root, (line, cwd) => {
      execFileSync('sh', ['-c', line], {
        cwd,
        env: { ...machine, PATH, npm_config_prefer_offline: 'true' },
        stdio: 'pipe',
      })
    })
  })

  afterAll(() => rmSync(root, { recursive: true }))

  const run = (instruction: string, environment: Record<string, string>) => {
    const [program = '', ...rest] = execForm(instruction)
    const env = { PATH, ...imageEnvironment, ...environment }
    const started = spawn(program, rest, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
    onTestFinished(() => void started.kill('SIGKILL'))
    return started
  }

  const exitOf = (instruction: string, environment: Record<string, string>) =>
    once(run(instruction, environment), 'exit')

  it('holds no development dependency', () => {
    const isInstalled = (name: string) => existsSync(join(folder, 'node_modules', name))
    expect(Object.keys(packageJson.dependencies).filter(name => !isInstalled(name))).toEqual([])
    const development = lockedPackages.map(({ name }) => name)
    const production = new Set(productionPackages.map(({ name }) => name))
    expect(development.filter(name => !production.has(name) && isInstalled(name))).toEqual([])
  })

  it('refuses to start without an upstream', async () => {
    const refused = run(command, {})
    const [[code], said] = await Promise.all([once(refused, 'exit'), text(refused.stderr)])
    expect([code, said]).toEqual([1, expect.stringContaining('BANGWO8_URL')])
  })

  it('serves the graph, says that it is alive, and ends with 0 when told to', async () => {
    await using emulator = await startEmulator()
    const gateway = run(command, { PORT: '0', BANGWO8_URL: emulator.url })
    const port = await listeningPort(gateway.stdout)
    const url = `http://127.0.0.1:${port}`
    expect((await fetch(`${url}/health/live`)).status).toBe(200)
    expect(await exitOf(healthCheck, { PORT: port })).toEqual([0, null])

    const answer = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: login(ADMINISTRATOR) },
      body: JSON.stringify({ query: '{ remoteRecord(csId: 1500) { companyName } }' }),
    })
    expect(await answer.json()).toEqual({
      data: { remoteRecord: { companyName: '西安博远汽车配件有限公司' } },
    })

    gateway.kill('SIGTERM')
    expect(await once(gateway, 'exit')).toEqual([0, null])
    expect(await exitOf(healthCheck, { PORT: port })).toEqual([1, null])
  })
})

/** The port in the line that the gateway logs once it listens. */
async function listeningPort(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface(output)) {
    const { event, port } = JSON.parse(line)
    if (event === 'listening') return String(port)
  }
  throw new Error('the gateway ended before it listened')
}
