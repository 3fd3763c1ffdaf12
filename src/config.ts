import { z } from 'zod'
import { Secret } from './secret.ts'
import { CACHE_VARIABLES, toCacheConfig } from './variables/cache.ts'
import { findConflicts, OPEN_IN_PRODUCTION } from './variables/conflicts.ts'
import { JWT_VARIABLES, type JwtConfig, toJwtConfig } from './variables/jwt.ts'
import { origin, origins, paths, text, wholeNumber } from './variables/kinds.ts'
import {
  type DocumentLimits,
  type InputLimits,
  LIMIT_VARIABLES,
  toDocumentLimits,
  toInputLimits,
} from './variables/limits.ts'
import { findMisspelt } from './variables/misspelt.ts'
import { SECRET_FILE_VARIABLES, withSecretFiles } from './variables/secret-files.ts'
import {
  PROXY_NAMES,
  proxiesOf,
  toProxies,
  toUpstreamLimits,
  UPSTREAM_VARIABLES,
} from './variables/upstream.ts'

export type Environment = Readonly<Record<string, string | undefined>>

const CALLERS_MODES = ['passthrough', 'jwt', 'open'] as const
/** How callers are known: by their own Basic account, by a token of an issuer, or not at all. */
export type CallersMode = (typeof CALLERS_MODES)[number]

const DOCUMENTS_MODES = ['any', 'trusted'] as const
/** Which operations run: any, or only those of the manifest. */
type DocumentsMode = (typeof DOCUMENTS_MODES)[number]

export interface Account {
  readonly account: string
  readonly password: Secret
}

export interface Config {
  readonly isProduction: boolean
  /**
   * The target to which it is written who reads contacts and chats. Undefined if nothing is
   * written.
   */
  readonly audit: { readonly target: string; readonly key: Secret } | undefined
  readonly logLevel: LogLevel
  readonly callers: CallersMode
  /** Undefined unless callers bring tokens. */
  readonly jwt: JwtConfig | undefined
  readonly documents: {
    readonly mode: DocumentsMode
    /** Where the manifests of trusted documents are: one for each app, or none. */
    readonly manifestPaths: readonly string[]
    readonly limits: DocumentLimits
    /** Whether the graph may be asked what is in it. */
    readonly isIntrospectable: boolean
  }
  /** Undefined if no answer of the upstream is held. */
  readonly cache: Readonly<ReturnType<typeof toCacheConfig>>
  readonly inputLimits: InputLimits
  readonly hasGraphiql: boolean
  readonly http: {
    readonly host: string
    readonly port: number
    /** The port of the metrics. Undefined if there are none. */
    readonly metricsPort: number | undefined
    readonly maxBodyBytes: number
    readonly drainTimeoutMs: number
    /** How many of our own proxies stand before the gateway. */
    readonly trustedProxies: number
    /** Origins whose pages may ask, such as `https://app.example`. */
    readonly corsOrigins: readonly string[]
  }
  readonly upstream: {
    /** Undefined for the embedded emulator. */
    readonly url: string | undefined
    /** Undefined for the emulator's own account, if one is needed. */
    readonly serviceAccount: Account | undefined
    /** The most upstream calls that one operation may need. */
    readonly maxCalls: number
    /** Whether a call names the trace that it belongs to. */
    readonly propagatesTrace: boolean
    /** The most records that one call asks for. */
    readonly pageRows: number
    readonly limits: Readonly<ReturnType<typeof toUpstreamLimits>>
    readonly proxies: Readonly<ReturnType<typeof toProxies>>
  }
}

/** Everything that is wrong with an environment. No message repeats a value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.problems = problems
  }
}

const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/** If undefined, it is on, except in production. */
const SWITCH = z.enum(['on', 'off'], 'on or off').optional()

const GREATEST_PORT = 65_535
const MINUTE_MS = 60_000
const HOST = /^[a-z0-9.:_-]+$/i
const CONTROL_CHARACTER = /\p{Cc}/u

const VARIABLES = z.object({
  NODE_ENV: z.string().optional(),
  PORT: wholeNumber(0, GREATEST_PORT, 4000),
  PROPAGATE_TRACE: z.literal('1', '1, or nothing').optional(),
  METRICS_PORT: wholeNumber(0, GREATEST_PORT, undefined),
  HOST: text(HOST, 'a host name or an IP address').default('127.0.0.1'),
  BANGWO8_URL: origin().optional(),
  ALLOW_INSECURE_UPSTREAM: z.literal('1', '1, or nothing').optional(),
  BANGWO8_ACCOUNT: z
    .string()
    .refine(
      value => !value.includes(':') && !CONTROL_CHARACTER.test(value),
      'an account name without colons and control characters',
    )
    .optional(),
  BANGWO8_PASSWORD: z
    .string()
    .refine(value => !CONTROL_CHARACTER.test(value), 'a password without control characters')
    .transform(value => new Secret(value))
    .optional(),
  CALLERS: z.enum(CALLERS_MODES, 'passthrough, jwt or open').optional(),
  ...JWT_VARIABLES,
  CALLERS_OPEN_IN_PRODUCTION: z.literal(OPEN_IN_PRODUCTION, OPEN_IN_PRODUCTION).optional(),
  DOCUMENTS: z.enum(DOCUMENTS_MODES, 'any or trusted').default('any'),
  DOCUMENTS_MANIFEST: paths().default([]),
  ...UPSTREAM_VARIABLES.shape,
  INTROSPECTION: SWITCH,
  GRAPHIQL: SWITCH,
  ...LIMIT_VARIABLES,
  ...CACHE_VARIABLES,
  MAX_UPSTREAM_CALLS: wholeNumber(1, 100_000, 250),
  DRAIN_TIMEOUT_MS: wholeNumber(0, 10 * MINUTE_MS, 10_000),
  TRUSTED_PROXIES: wholeNumber(0, 10, 0),
  CORS_ORIGINS: origins().default([]),
  AUDIT_LOG: z.string().optional(),
  AUDIT_KEY: z
    .string()
    .min(32, 'a text of 32 characters or more that nobody can guess')
    .transform(value => new Secret(value))
    .optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS, `one of ${LOG_LEVELS.join(', ')}`).default('info'),
  MAX_BODY_KIB: wholeNumber(1, 10_240, 256),
})

/**
 * The names of proxies are set for a whole network: a variable with nearly the same name belongs to
 * another program.
 */
const OWN_NAMES = [...Object.keys(VARIABLES.shape), ...SECRET_FILE_VARIABLES].filter(
  name => !PROXY_NAMES.some(each => each === name),
)

/** Throws ConfigError, with every problem there is. An empty variable counts as one that is not set. */
export function parseConfig(variables: Environment): Config {
  const { environment, problems: unread, missing } = withSecretFiles(variables)
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value))
  const set = { ...given, ...proxiesOf(given) }
  const parsed = VARIABLES.safeParse(set)
  const misread = (parsed.error?.issues ?? []).map(
    ({ path: [name], message }) => `${String(name)}: expected ${message}`,
  )
  const misspelt = findMisspelt(Object.keys(given), OWN_NAMES).map(
    ({ name, meant }) => `${name}: expected ${meant}, got a name that is nearly it`,
  )
  // That a secret is missing is said of its file already.
  const conflicts = findConflicts(set).filter(each => !missing.some(name => each.includes(name)))
  const problems = [...unread, ...new Set(misread), ...misspelt, ...conflicts]
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems)
  return toConfig(parsed.data)
}

function toConfig(variables: z.output<typeof VARIABLES>): Config {
  const { BANGWO8_ACCOUNT: account, BANGWO8_PASSWORD: password } = variables
  const { AUDIT_LOG: target, AUDIT_KEY: key } = variables
  const isProduction = variables.NODE_ENV === 'production'
  const isOn = (choice: z.output<typeof SWITCH>) => (choice ? choice === 'on' : !isProduction)
  return {
    isProduction,
    audit: target && key ? { target, key } : undefined,
    logLevel: variables.LOG_LEVEL,
    callers: variables.CALLERS ?? (variables.BANGWO8_URL ? 'passthrough' : 'open'),
    jwt: variables.CALLERS === 'jwt' ? toJwtConfig(variables) : undefined,
    documents: {
      mode: variables.DOCUMENTS,
      manifestPaths: variables.DOCUMENTS_MANIFEST,
      limits: toDocumentLimits(variables),
      isIntrospectable: isOn(variables.INTROSPECTION),
    },
    cache: toCacheConfig(variables),
    inputLimits: toInputLimits(variables),
    hasGraphiql: isOn(variables.GRAPHIQL),
    http: {
      host: variables.HOST,
      port: variables.PORT,
      metricsPort: variables.METRICS_PORT,
      maxBodyBytes: variables.MAX_BODY_KIB * 1024,
      drainTimeoutMs: variables.DRAIN_TIMEOUT_MS,
      trustedProxies: variables.TRUSTED_PROXIES,
      corsOrigins: variables.CORS_ORIGINS,
    },
    upstream: {
      url: variables.BANGWO8_URL,
      serviceAccount: account && password ? { account, password } : undefined,
      maxCalls: variables.MAX_UPSTREAM_CALLS,
      propagatesTrace: variables.PROPAGATE_TRACE === '1',
      pageRows: variables.UPSTREAM_PAGE_ROWS,
      limits: toUpstreamLimits(variables),
      proxies: toProxies(variables, variables.BANGWO8_URL),
    },
  }
}
