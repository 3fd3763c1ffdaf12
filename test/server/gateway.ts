import { type Account, type LogLevel, parseConfig } from '../../src/config.ts'
import { ADMINISTRATOR } from '../../src/emulator/answers/accounts.ts'
import { type Emulator, startEmulator } from '../../src/emulator/emulator.ts'
import type { EmulatorOptions } from '../../src/emulator/options.ts'
import { createLog } from '../../src/log.ts'
import { Secret } from '../../src/secret.ts'
import type { JwtOptions } from '../../src/server/callers/jwt-callers.ts'
import type { PassthroughOptions } from '../../src/server/callers/passthrough-callers.ts'
import { type Gateway, type GatewayOptions, startGateway } from '../../src/server/gateway.ts'
import type { EmulatedAccount } from '../../src/server/start-banner.ts'

export interface GatewayChoices {
  readonly emulator?: EmulatorOptions
  /** Default: everyone is the emulator's administrator. Null: each caller brings an account. */
  readonly sharedAccount?: EmulatedAccount | null
  /** Each caller brings a token such as this, and everyone is the shared account. */
  readonly jwt?: JwtOptions
  /** For callers who bring an account. */
  readonly passthrough?: Partial<PassthroughOptions>
  readonly schema?: GatewayOptions['schema']
  readonly upstreamUrl?: string
  readonly maxBodyBytes?: number
  readonly maxUpstreamCalls?: number
  /** Default: the program's. */
  readonly limits?: Partial<GatewayOptions['upstream']['limits']>
  readonly isMadeUp?: boolean
  readonly documents?: Partial<GatewayOptions['documents']>
  readonly hasGraphiql?: boolean
  readonly suggestsNames?: boolean
  readonly readerPatienceMs?: number
  readonly maxConnections?: number
  readonly maxTurnWaitMs?: number
  readonly corsOrigins?: readonly string[]
  readonly audit?: GatewayOptions['audit']
  /** Default: no answer of the upstream is held, as most tests count the calls of one operation. */
  readonly cache?: GatewayOptions['cache']
  /** Default 0: any free port. */
  readonly port?: number
  readonly propagatesTrace?: boolean
  /** Default: info. */
  readonly logLevel?: LogLevel
  /** 0: any free port. Default: no metrics. */
  readonly metricsPort?: number
}

export interface TestedGateway extends Gateway, AsyncDisposable {
  readonly origin: string
  readonly emulator: Emulator
  /** What was logged, parsed. */
  readonly logged: Record<string, unknown>[]
  readonly loggedText: () => string
  /** The same, and forgets it. */
  readonly takeLogged: () => string
  /** Sends one operation and reads the answer. */
  ask(query: string, options?: AskOptions): Promise<Asked>
}

export interface AskOptions {
  readonly variables?: Record<string, unknown>
  readonly headers?: Record<string, string>
}

export interface Asked {
  readonly status: number
  readonly headers: Headers
  readonly body: {
    readonly data?: Record<string, unknown> | null
    readonly extensions?: Record<string, unknown>
    readonly errors?: readonly {
      readonly message: string
      readonly path?: readonly (string | number)[]
      readonly extensions: Record<string, unknown>
    }[]
  }
}

/** What the program itself runs with if nothing is configured. */
const defaults = parseConfig({})

export const NOW = new Date('2026-11-23T12:00:00+08:00')

/**
 * An id that no number of a log, a metric or a span holds by chance, as the few digits of a made-up
 * csId are in one of some hundred measured durations.
 */
export const UNLIKELY_ID = '700000001234'

export const JSON_TYPE = { 'content-type': 'application/json' }
export const GRAPHQL_RESPONSE = { ...JSON_TYPE, accept: 'application/graphql-response+json' }

const withSecret = ({ account, password }: EmulatedAccount): Account => ({
  account,
  password: new Secret(password),
})

function callersOf({
  sharedAccount = ADMINISTRATOR,
  jwt,
  passthrough,
}: GatewayChoices): GatewayOptions['callers'] {
  if (sharedAccount && jwt) return { mode: 'jwt', account: withSecret(sharedAccount), ...jwt }
  if (sharedAccount) return { mode: 'open', account: withSecret(sharedAccount) }
  return { mode: 'passthrough', trustedProxies: 0, isProduction: false, ...passthrough }
}

function only<Choices extends object, Name extends keyof Choices>(
  choices: Choices,
  ...names: readonly Name[]
): Pick<Choices, Name> {
  const chosen = names.filter(name => choices[name] !== undefined)
  return Object.fromEntries(chosen.map(name => [name, choices[name]])) as Pick<Choices, Name>
}

/** A gateway before an emulator, both over real HTTP. */
export async function startTestedGateway(choices: GatewayChoices = {}): Promise<TestedGateway> {
  const emulator = await startEmulator({ now: NOW, ...choices.emulator })
  const lines: string[] = []
  const gateway = await startGateway({
    http: {
      host: '127.0.0.1',
      port: choices.port ?? 0,
      metricsPort: choices.metricsPort,
      maxBodyBytes: choices.maxBodyBytes ?? 256 * 1024,
      ...only(choices, 'readerPatienceMs', 'maxConnections', 'maxTurnWaitMs', 'corsOrigins'),
    },
    upstream: {
      url: choices.upstreamUrl ?? emulator.url,
      limits: { ...parseConfig({}).upstream.limits, ...choices.limits },
      maxCalls: choices.maxUpstreamCalls ?? 250,
      isMadeUp: choices.isMadeUp ?? true,
      propagatesTrace: choices.propagatesTrace ?? false,
    },
    callers: callersOf(choices),
    documents: {
      ...defaults.documents,
      manifest: new Map(),
      onlyTrusted: false,
      ...choices.documents,
    },
    inputLimits: defaults.inputLimits,
    hasGraphiql: choices.hasGraphiql ?? true,
    audit: choices.audit,
    cache: choices.cache,
    suggestsNames: choices.suggestsNames ?? true,
    log: createLog(choices.logLevel ?? 'info', { write: line => void lines.push(line) }),
    ...(choices.schema && { schema: choices.schema }),
  })
  return {
    ...gateway,
    origin: new URL(gateway.url).origin,
    emulator,
    get logged() {
      return lines.map(line => JSON.parse(line))
    },
    loggedText: () => lines.join(''),
    takeLogged: () => lines.splice(0).join(''),
    async ask(query, { variables = {}, headers = {} } = {}) {
      const response = await fetch(gateway.url, {
        method: 'POST',
        headers: { ...GRAPHQL_RESPONSE, ...headers },
        body: JSON.stringify({ query, variables }),
      })
      const body = (await response.json()) as Asked['body']
      return { status: response.status, headers: response.headers, body }
    },
    async [Symbol.asyncDispose]() {
      await gateway.stop(0)
      await emulator.close()
    },
  }
}
