import { type Config, ConfigError, type Environment, parseConfig } from '../src/config.ts'

export const URL_SET = { BANGWO8_URL: 'https://upstream.example/api-prefix' }

export const ACCOUNT = { BANGWO8_ACCOUNT: 'admin@example.com', BANGWO8_PASSWORD: 'pass:word 密码' }

export const JWT = {
  CALLERS: 'jwt',
  JWT_ISSUER: 'https://issuer.example/',
  JWT_AUDIENCE: 'remote-assistance',
  JWT_JWKS_URL: 'https://issuer.example/keys?v=1',
}

export const DEFAULTS: Config = {
  isProduction: false,
  logLevel: 'info',
  callers: 'open',
  audit: undefined,
  jwt: undefined,
  documents: {
    mode: 'any',
    manifestPaths: [],
    limits: {
      bytes: 65_536,
      tokens: 1000,
      depth: 10,
      fragmentDepth: 30,
      rootFields: 15,
      fields: 1000,
      aliases: 100,
      directives: 50,
      repeatedFields: 100,
      answerFields: 100_000,
    },
    isIntrospectable: true,
  },
  cache: {
    maxBytes: 67_108_864,
    staleOnErrorMs: 900_000,
    lifetimes: {
      list_of_today: { freshMs: 3000, staleMs: 60_000 },
      list_of_past_days: { freshMs: 300_000, staleMs: 3_600_000 },
      block: { freshMs: 300_000, staleMs: 21_600_000 },
      completed_chat: { freshMs: 3_600_000, staleMs: 86_400_000 },
      open_chat: { freshMs: 3000, staleMs: 30_000 },
      filled_summary: { freshMs: 600_000, staleMs: 3_600_000 },
      empty_summary: { freshMs: 10_000, staleMs: 60_000 },
      absent_page: { freshMs: 3000, staleMs: 3000 },
    },
    redis: undefined,
  },
  inputLimits: { jsonDepth: 20, listValues: 1000, textBytes: 4096 },
  hasGraphiql: true,
  http: {
    metricsPort: undefined,
    host: '127.0.0.1',
    port: 4000,
    maxBodyBytes: 262_144,
    drainTimeoutMs: 10_000,
    trustedProxies: 0,
    corsOrigins: [],
  },
  upstream: {
    propagatesTrace: false,
    pageRows: 100,
    url: undefined,
    serviceAccount: undefined,
    maxCalls: 250,
    limits: {
      operationDeadlineMs: 30_000,
      callDeadlineMs: 15_000,
      attemptMs: 5000,
      stallMs: 1000,
      maxAttempts: 3,
      concurrency: 20,
      callsPerSecond: undefined,
      maxWaitMs: 1000,
      retryPercent: 20,
      breakerFailures: 9,
      maxBodyBytes: 8_388_608,
    },
    proxies: { https: undefined, http: undefined, except: undefined },
  },
}

export const REMOTE = { BANGWO8_URL: 'http://upstream.example' }

export function problemsOf(environment: Environment): readonly string[] {
  try {
    parseConfig(environment)
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
  return []
}
