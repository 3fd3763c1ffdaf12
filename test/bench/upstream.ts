import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { EmulatorOptions } from '../../src/emulator/options.ts'
import { type Child, startChild } from './child.ts'

/** What has passed between an upstream and those who call it. */
export interface Traffic {
  readonly calls: number
  /** Records and messages of the lists that it answered with. */
  readonly rows: number
}

/** The emulator in a process of its own. */
export interface Upstream extends AsyncDisposable {
  readonly url: string
  traffic(): Promise<Traffic>
}

/** What passed from one moment to a later one. */
export const trafficBetween = (before: Traffic, after: Traffic): Traffic => ({
  calls: after.calls - before.calls,
  rows: after.rows - before.rows,
})

const ANSWER_MS = 10_000
const FILE = fileURLToPath(new URL('emulator-child.ts', import.meta.url))

export async function startUpstream(options: EmulatorOptions = {}): Promise<Upstream> {
  const child = startChild({ args: [FILE, JSON.stringify(options)], hasChannel: true })
  return {
    url: String(await nextMessage(child)),
    async traffic() {
      const answer = nextMessage(child)
      child.process.send('traffic')
      return (await answer) as Traffic
    },
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  }
}

async function nextMessage(child: Child): Promise<unknown> {
  const message = once(child.process, 'message', { signal: AbortSignal.timeout(ANSWER_MS) })
  const [value] = await Promise.race([message, child.ended])
  return value
}
