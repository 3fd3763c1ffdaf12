import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { EmulatorOptions } from '../../src/emulator/options.ts'
import { type Child, startChild } from './child.ts'

/** The emulator in a process of its own. */
export interface Upstream extends AsyncDisposable {
  readonly url: string
  /** How many calls it has got so far. */
  calls(): Promise<number>
}

const ANSWER_MS = 10_000
const FILE = fileURLToPath(new URL('emulator-child.ts', import.meta.url))

export async function startUpstream(options: EmulatorOptions = {}): Promise<Upstream> {
  const child = startChild({ args: [FILE, JSON.stringify(options)], hasChannel: true })
  return {
    url: String(await nextMessage(child)),
    async calls() {
      const answer = nextMessage(child)
      child.process.send('calls')
      return Number(await answer)
    },
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  }
}

async function nextMessage(child: Child): Promise<unknown> {
  const message = once(child.process, 'message', { signal: AbortSignal.timeout(ANSWER_MS) })
  const [value] = await Promise.race([message, child.ended])
  return value
}
