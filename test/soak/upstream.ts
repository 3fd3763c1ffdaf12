import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { FaultName } from '../../src/emulator/odd/faults.ts'
import { startChild } from '../bench/child.ts'

/** How the emulator is to fail from now on. */
export interface Order {
  readonly seed: number
  /** Of all answers, for each fault. */
  readonly shares: Partial<Record<FaultName, number>>
  /** Whether all of them fail. */
  readonly isOut: boolean
}

/** The emulator in a process of its own, with faults that can be changed. */
export interface Upstream extends AsyncDisposable {
  readonly url: string
  /** How many calls it has got so far. */
  calls(): Promise<number>
  fail(order: Order): Promise<void>
}

const FILE = fileURLToPath(new URL('emulator-child.ts', import.meta.url))
const ANSWER_MS = 30_000

export async function startUpstream(accounts: number): Promise<Upstream> {
  const child = startChild({ args: [FILE, String(accounts)], hasChannel: true })
  const next = async (): Promise<unknown> => {
    const message = once(child.process, 'message', { signal: AbortSignal.timeout(ANSWER_MS) })
    return (await Promise.race([message, child.ended]))[0]
  }
  const send = async (order: Order | 'count') => {
    const answer = next()
    child.process.send(order)
    return Number(await answer)
  }
  return {
    url: String(await next()),
    calls: () => send('count'),
    async fail(order) {
      await send(order)
    },
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  }
}
