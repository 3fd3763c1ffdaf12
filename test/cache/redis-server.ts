import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { freePort } from '../free-port.ts'

/** A redis-server of its own, with nothing in it. */
export interface RedisServer extends AsyncDisposable {
  readonly url: string
  /** For a look at what is in it. */
  readonly client: Redis
  /** Has it answer nothing, and go on. */
  pause(): void
  resume(): void
  /** Ends it at once, and starts it again on the same port. */
  kill(): Promise<void>
  restart(): Promise<void>
}

export function isRedisInstalled(): boolean {
  try {
    execFileSync('redis-server', ['--version'])
    return true
  } catch {
    return false
  }
}

export async function startRedis(): Promise<RedisServer> {
  const port = await freePort()
  const folder = await mkdtemp(join(tmpdir(), 'redis-'))
  let server: ChildProcess
  const kill = async () => {
    if (server.exitCode !== null || server.signalCode !== null) return
    server.kill('SIGKILL')
    await once(server, 'exit')
  }
  const start = () => {
    const persistence = ['--save', '', '--appendonly', 'no', '--dir', folder]
    const options = ['--port', String(port), '--bind', '127.0.0.1', ...persistence]
    server = spawn('redis-server', options, { stdio: 'ignore' })
    process.once('exit', () => server.kill('SIGKILL'))
  }
  start()
  const client = new Redis(port, '127.0.0.1', {
    retryStrategy: () => 50,
    maxRetriesPerRequest: null,
  })
  client.on('error', () => undefined)
  await client.ping()
  return {
    url: `redis://127.0.0.1:${port}`,
    client,
    pause: () => void server.kill('SIGSTOP'),
    resume: () => void server.kill('SIGCONT'),
    kill,
    async restart() {
      start()
      while ((await client.ping().catch(() => '')) !== 'PONG') await wait(20)
    },
    async [Symbol.asyncDispose]() {
      client.disconnect()
      server.kill('SIGCONT')
      await kill()
      await rm(folder, { recursive: true })
    },
  }
}
