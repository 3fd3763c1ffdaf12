import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import packageJson from '../../package.json' with { type: 'json' }

/** The options of Node with which `npm start` starts the gateway. */
export const START_OPTIONS: readonly string[] = packageJson.scripts.start.split(' ').slice(1, -1)

interface ChildOptions {
  /** Arguments of Node: the file, and what comes before and after it. */
  readonly args: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  readonly hasChannel?: boolean
}

/** A process of its own, ended with its disposal, and with this process whatever ends that. */
export interface Child extends AsyncDisposable {
  readonly process: ChildProcess
  readonly pid: number
  /** Rejects when it ends by itself, with the last that it said. */
  readonly ended: Promise<never>
}

const STOP_MS = 5000
const KEPT_CHARACTERS = 2000

/** Starts Node on the same binary, with nothing of this process's environment. */
export function startChild({ args, environment = {}, hasChannel = false }: ChildOptions): Child {
  const child = spawn(process.execPath, args, {
    env: { NODE_ENV: 'production', ...environment },
    stdio: ['ignore', 'ignore', 'pipe', ...(hasChannel ? (['ipc'] as const) : [])],
  })
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  const exited = once(child, 'exit').finally(() => process.off('exit', kill))
  const said = lastWords(child)
  const ended = exited.then(([code, signal]) => {
    throw new Error(`${args.join(' ')} ended with ${code ?? signal}\n${said()}`)
  })
  ended.catch(() => undefined)
  return {
    process: child,
    pid: child.pid ?? 0,
    ended,
    async [Symbol.asyncDispose]() {
      const timer = setTimeout(kill, STOP_MS)
      child.kill('SIGTERM')
      await exited.catch(() => undefined)
      clearTimeout(timer)
    },
  }
}

function lastWords(child: ChildProcess): () => string {
  let words = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-KEPT_CHARACTERS)
  })
  return () => words
}
