import { type Account, type Config, ConfigError, parseConfig } from './config.ts'
import { createLog, describeError, type Log } from './log.ts'
import { forPeople } from './log-for-people.ts'
import { Secret } from './secret.ts'
import { AuditLog } from './server/callers/audit-log.ts'
import { DocumentManifestError, readDocumentManifest } from './server/documents/manifest.ts'
import { startGateway } from './server/gateway.ts'
import { type EmulatedAccount, startBanner } from './server/start-banner.ts'
import { allWritten, standardOutput } from './standard-output.ts'
import { VERSION } from './version.ts'

/** The first requests have the machine for themselves for so long. */
const QUIET_MS = 500

const config = readConfig()
const isForPeople = process.stdout.isTTY
const log: Log = createLog(
  config.logLevel,
  isForPeople
    ? forPeople(text => process.stdout.write(text))
    : standardOutput(count => log.warn('lines-dropped', { count })),
)
// As for the log: an audit event that cannot be written is noticed by who writes it.
process.stdout.on('error', () => undefined)
process.on('uncaughtException', endUnexpectedly)
process.on('unhandledRejection', endUnexpectedly)

const { mode, manifestPaths } = config.documents
const manifest = await readDocumentManifest(manifestPaths).catch(failToStart)
const upstream = await openUpstream(config.upstream.url)
const gateway = await startGateway({
  http: config.http,
  upstream: {
    url: upstream.url,
    isMadeUp: upstream.isMadeUp,
    limits: config.upstream.limits,
    proxies: config.upstream.proxies,
    maxCalls: config.upstream.maxCalls,
    propagatesTrace: config.upstream.propagatesTrace,
    pageRows: config.upstream.pageRows,
  },
  cache: config.cache,
  callers: callersOf(config),
  documents: { ...config.documents, manifest, onlyTrusted: mode === 'trusted' },
  inputLimits: config.inputLimits,
  hasGraphiql: config.hasGraphiql,
  audit: config.audit && {
    log: await openAuditLog(config.audit.target),
    key: config.audit.key,
    trustedProxies: config.http.trustedProxies,
  },
  suggestsNames: !config.isProduction,
  log,
}).catch(failToStart)
announce()
setTimeout(prepareGraphiql, QUIET_MS).unref()

let isStopping = false
process.on('SIGTERM', stop)
process.on('SIGINT', stop)

interface Upstream {
  readonly url: string
  readonly isMadeUp: boolean
  /** The emulator's accounts, the most powerful one first. */
  readonly accounts: readonly EmulatedAccount[]
  close(): Promise<void>
}

function readConfig(): Config {
  try {
    return parseConfig(process.env)
  } catch (error) {
    failOfEnvironment(error instanceof ConfigError ? error.problems : [String(error)])
  }
}

function openAuditLog(target: string): Promise<AuditLog> {
  return AuditLog.open(target).catch(() =>
    failOfEnvironment([
      'AUDIT_LOG: expected stdout, or a file that can be written and ends as it was left',
    ]),
  )
}

/** The configured upstream, or the emulator if none is configured. */
async function openUpstream(url: string | undefined): Promise<Upstream> {
  if (url !== undefined) return { url, isMadeUp: false, accounts: [], close: async () => undefined }
  const { startEmulator } = await import('./emulator/emulator.ts')
  const { ADMINISTRATOR, SUMMARY_AGENT } = await import('./emulator/answers/accounts.ts')
  const { url: emulatorUrl, close } = await startEmulator({ recordedCallLimit: 0 })
  return { url: emulatorUrl, isMadeUp: true, accounts: [ADMINISTRATOR, SUMMARY_AGENT], close }
}

function callersOf({ callers, jwt, isProduction, http, upstream: { serviceAccount } }: Config) {
  const account = serviceAccount ?? toAccount(upstream.accounts[0])
  if (jwt && account) return { mode: 'jwt' as const, account, ...jwt }
  if (callers === 'open' && account) return { mode: callers, account }
  return { mode: 'passthrough' as const, trustedProxies: http.trustedProxies, isProduction }
}

function toAccount(emulated: EmulatedAccount | undefined): Account | undefined {
  return emulated && { account: emulated.account, password: new Secret(emulated.password) }
}

function announce(): void {
  log.info('listening', {
    version: VERSION,
    host: config.http.host,
    port: Number(new URL(gateway.url).port),
    ...(gateway.metricsUrl && { metricsPort: Number(new URL(gateway.metricsUrl).port) }),
    callers: config.callers,
    documents: config.documents.mode,
    trustedDocuments: manifest.size,
    upstream: upstream.isMadeUp ? 'emulator' : 'configured',
  })
  if (config.isProduction && !isForPeople) return
  const text = startBanner({
    url: gateway.url,
    upstreamUrl: config.upstream.url,
    callers: config.callers,
    accountName: config.upstream.serviceAccount?.account,
    onlyTrustedDocuments: mode === 'trusted',
    hasGraphiql: config.hasGraphiql,
    trustedDocuments: manifest.size,
    emulatedAccounts: upstream.accounts,
  })
  process.stdout.write(text)
}

/** If the page cannot be built now, it is built again for the first visitor, who sees the error. */
function prepareGraphiql(): void {
  gateway.prepareGraphiql().catch(() => undefined)
}

/** The first signal lets the answers under way finish. A second one ends the process at once. */
async function stop(signal: NodeJS.Signals): Promise<void> {
  if (isStopping) process.exit(1)
  isStopping = true
  log.info('draining', { signal })
  const areAllAnswered = await gateway.stop(config.http.drainTimeoutMs)
  await upstream.close()
  log.info('stopped')
  await allWritten()
  process.exit(areAllAnswered ? 0 : 1)
}

async function endUnexpectedly(error: unknown): Promise<never> {
  log.error('unexpected-error', describeError(error))
  await allWritten()
  process.exit(1)
}

function failToStart(error: NodeJS.ErrnoException): never {
  if (error instanceof DocumentManifestError)
    failOfEnvironment(error.problems.map(problem => `DOCUMENTS_MANIFEST: ${problem}`))
  const { host, metricsPort } = config.http
  // Adds the port to a system error of listening.
  const isOfMetrics = 'port' in error && error.port === metricsPort
  const [variable, port] = isOfMetrics ? ['METRICS_PORT', metricsPort] : ['PORT', config.http.port]
  fail(
    error.code === 'EADDRINUSE'
      ? `Port ${port} of ${host} is in use by another process: set ${variable} to a free one.`
      : `It is not possible to listen on port ${port} of ${host} (${error.code ?? error.name}): look at HOST and ${variable}.`,
  )
}

function failOfEnvironment(problems: readonly string[]): never {
  fail(['The environment is not usable:', ...problems.map(problem => `  ${problem}`)].join('\n'))
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}
