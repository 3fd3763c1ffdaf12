import { startEmulator } from '../../src/emulator/emulator.ts'
import { startFlappingProxy } from '../flapping-proxy.ts'
import { NOW, startTestedGateway, type TestedGateway } from '../server/gateway.ts'

export interface FailingGateway extends TestedGateway {
  /** Has the upstream fail for the summary of a record, or no more. */
  failSummaryOf(csId: number | undefined): void
}

/** A gateway over an upstream that can be had to fail for one record. */
export async function startFailingGateway(): Promise<FailingGateway> {
  const emulator = await startEmulator({ now: NOW })
  let failing: string | undefined
  const proxy = await startFlappingProxy(emulator.url, ({ path }) =>
    path === failing ? { status: 503 } : undefined,
  )
  const gateway = await startTestedGateway({ upstreamUrl: proxy.url })
  return {
    ...gateway,
    failSummaryOf(csId) {
      failing = csId === undefined ? undefined : `/api/v1/servicesummary/${csId}.json`
    },
    async [Symbol.asyncDispose]() {
      await gateway[Symbol.asyncDispose]()
      await proxy[Symbol.asyncDispose]()
      await emulator.close()
    },
  }
}

/** How many operations a gateway has answered. */
export const operationsOf = ({ loggedText }: TestedGateway): number =>
  loggedText()
    .split('\n')
    .filter(line => line.includes('"event":"operation"')).length
