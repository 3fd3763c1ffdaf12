import { Secret } from '../../../src/secret.ts'
import { AuditLog } from '../../../src/server/callers/audit-log.ts'
import { type GatewayChoices, startTestedGateway, type TestedGateway } from '../gateway.ts'
import { isPersonal, PLANTED, SECRETS } from './secrets.ts'

/** Of metrics: numbers of bytes, of which any may have the digits of a telephone number. */
const VALUES = /(?<= )[-+.\de]+$/gm

export interface WatchedGateway extends TestedGateway {
  /** What was logged and audited since it was last taken. */
  takeWritten(): string
  /** What is in a text and belongs nowhere but into data. */
  leaksIn(text: string): string[]
  /** The same of metrics. */
  leaksInMetrics(): Promise<string[]>
}

/**
 * As in production, and all that it could write, it writes: each call, events of an audit, metrics.
 * Contacts and chats say what they are.
 */
export async function startWatchedGateway(choices: GatewayChoices): Promise<WatchedGateway> {
  let audited = ''
  const write = (line: string) => {
    audited += line
    return Promise.resolve()
  }
  const log = new AuditLog({ write, close: () => Promise.resolve() })
  const gateway = await startTestedGateway({
    suggestsNames: false,
    logLevel: 'debug',
    metricsPort: 0,
    audit: { log, key: new Secret('a key of the tests, that nobody knows') },
    ...choices,
    emulator: { oddities: PLANTED, ...choices.emulator },
  })
  const { host } = new URL(gateway.emulator.url)
  const leaksIn = (text: string) => [
    ...[...SECRETS, host, 'node_modules'].filter(each => text.includes(each)),
    ...(isPersonal(text) ? ['personal data'] : []),
  ]
  return {
    ...gateway,
    leaksIn,
    takeWritten() {
      const written = gateway.takeLogged() + audited
      audited = ''
      return written
    },
    async leaksInMetrics() {
      const metrics = await (await fetch(gateway.metricsUrl ?? '')).text()
      return leaksIn(metrics.replace(VALUES, ''))
    },
  }
}
