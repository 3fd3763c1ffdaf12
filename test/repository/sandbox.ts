import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { basename, delimiter, dirname, join } from 'node:path'
import { pathTo } from './repository.ts'

export interface Ended {
  /** Null if it was stopped. */
  readonly code: number | null
  /** Of both streams. */
  readonly output: string
}

export interface RunOptions {
  readonly environment?: Readonly<Record<string, string>> | undefined
  /** Stops the command once its output matches. */
  readonly until?: RegExp | undefined
}

/** A copy of the repository, in which commands may write what they like. */
export interface Sandbox extends Disposable {
  readonly folder: string
  /** Runs a line of a shell with the Node that runs the tests, and nothing of the npm that does. */
  run(command: string, options?: RunOptions): Promise<Ended>
}

const INSTALLED = ['.', 'test/consumer', 'test/supergraph/routers'].map(folder =>
  join(folder, 'node_modules'),
)

/** `isInstalled`: with the packages of the repository itself, which are not copied. */
export function createSandbox({ isInstalled }: { readonly isInstalled: boolean }): Sandbox {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-'))
  const isCopied = (path: string) => !['node_modules', '.git', 'coverage'].includes(basename(path))
  cpSync(pathTo(''), folder, { recursive: true, filter: isCopied })
  for (const path of isInstalled ? INSTALLED.filter(each => existsSync(pathTo(each))) : [])
    symlinkSync(pathTo(path), join(folder, path))
  return {
    folder,
    run: (command, options) => run(folder, command, options),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  }
}

/** Puts a program of that name before all others: it says how it was called, and does nothing else. */
export function standIn({ folder }: Sandbox, name: string): void {
  const path = join(folder, name)
  writeFileSync(path, `#!/bin/sh\necho "${name} called with: $*"\n`)
  chmodSync(path, 0o755)
}

async function run(
  folder: string,
  command: string,
  { environment = {}, until }: RunOptions = {},
): Promise<Ended> {
  const ours = Object.entries(process.env).filter(
    ([name]) => !/^(?:npm_|VITEST|NODE_ENV)/.test(name),
  )
  const env = {
    ...Object.fromEntries(ours),
    PATH: [folder, dirname(process.execPath), process.env.PATH].join(delimiter),
    npm_config_cache: join(homedir(), '.npm'),
    npm_config_prefer_offline: 'true',
    ...environment,
  }
  // A group of its own: npm and the shell do not always pass signals on.
  const child = spawn('sh', ['-c', command], { cwd: folder, env, detached: true })
  let output = ''
  let isStopped = false
  const read = (text: string) => {
    output += text
    if (isStopped || !until?.test(output)) return
    isStopped = true
    process.kill(-Number(child.pid), 'SIGTERM')
  }
  child.stdin.end()
  child.stdout.setEncoding('utf8').on('data', read)
  child.stderr.setEncoding('utf8').on('data', read)
  const [code] = await once(child, 'close')
  return { code: isStopped ? null : code, output }
}
