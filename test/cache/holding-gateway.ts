import { parseConfig } from '../../src/config.ts'
import {
  type Asked,
  type AskOptions,
  type GatewayChoices,
  NOW,
  startTestedGateway,
  type TestedGateway,
} from '../server/gateway.ts'

export interface HoldingGateway extends TestedGateway {
  /** Has time pass for what is held. */
  pass(ms: number): void
  /** Asks, with the upstream calls that were made for it, and what it says of them. */
  askWithCalls(query: string, options?: AskOptions): Promise<AskedWithCalls>
}

interface AskedWithCalls extends Asked {
  readonly calls: readonly string[]
  readonly upstream: {
    readonly made: number
    readonly cached: number
    readonly stale:
      | 0
      | { readonly ageMs: number; readonly reason: string; readonly answers: number }
  }
}

const environment = (variables: Readonly<Record<string, string>>) => parseConfig(variables).cache

/** The gateway as the program starts it, with a clock that tests move. */
export async function startHoldingGateway({
  variables = {},
  clockRate = 0.01,
  ...choices
}: GatewayChoices & {
  readonly variables?: Readonly<Record<string, string>>
  /**
   * How fast its clock goes if no test moves it; 1: as fast as time. Default: far more slowly, so that
   * nothing gets old while a busy machine takes its time.
   */
  readonly clockRate?: number
} = {}): Promise<HoldingGateway> {
  let passedMs = 0
  const cache = environment(variables)
  const startedAtMs = performance.now()
  const ownMs = () => (performance.now() - startedAtMs) * clockRate
  const gateway = await startTestedGateway({
    ...choices,
    cache: cache && {
      ...cache,
      nowMs: () => NOW.getTime() + ownMs() + passedMs,
      random: () => 0.5,
    },
  })
  return Object.assign(gateway, {
    pass(ms: number) {
      passedMs += ms
    },
    async askWithCalls(query: string, options: AskOptions = {}): Promise<AskedWithCalls> {
      gateway.emulator.clearCalls()
      const headers = { 'x-explain': '1', ...options.headers }
      const asked = await gateway.ask(query, { ...options, headers })
      const upstream = asked.body.extensions?.upstream as AskedWithCalls['upstream']
      return { ...asked, calls: gateway.emulator.callLines(), upstream }
    },
  })
}
