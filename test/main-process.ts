import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url))

/** Runs `node src/main.ts` with nothing in its environment but this. */
export function startMain(environment: Record<string, string> = {}, args: readonly string[] = []) {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk
  })
  const stderr = text(child.stderr)
  const exited = once(child, 'exit')

  return {
    pid: child.pid ?? 0,
    signal: (name: NodeJS.Signals) => child.kill(name),
    get stdout() {
      return stdout
    },
    /** The log lines, parsed. */
    logged: () =>
      stdout
        .split('\n')
        .filter(line => line.startsWith('{'))
        .map(line => JSON.parse(line) as Record<string, unknown>),
    async ended() {
      const [code] = await exited
      return { code: code as number | null, stdout, stderr: await stderr }
    },
    /** Resolves with its origin once it listens. */
    async origin() {
      const port = () => /"port":(\d+)|http:\/\/127\.0\.0\.1:(\d+)\/graphql/.exec(stdout)
      const endsAtMs = performance.now() + 60_000
      while (!port() && performance.now() < endsAtMs) await wait(10)
      const [, logged, announced] = port() ?? []
      if (logged === undefined && announced === undefined) throw new Error(`no port in: ${stdout}`)
      return `http://127.0.0.1:${logged ?? announced}`
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await exited
    },
  }
}
