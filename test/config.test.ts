import { describe, expect, it } from 'vitest'
import { type Environment, parseConfig } from '../src/config.ts'
import { Secret } from '../src/secret.ts'
import { ACCOUNT, DEFAULTS, JWT, REMOTE, URL_SET } from './environments.ts'

describe('an environment that will do', () => {
  it('may be empty', () => {
    expect(parseConfig({})).toEqual(DEFAULTS)
  })

  it('has each variable read from its text', () => {
    const environment = {
      ...URL_SET,
      ...ACCOUNT,
      NODE_ENV: 'production',
      HOST: '::',
      PORT: '0',
      CALLERS: 'passthrough',
      DOCUMENTS: 'trusted',
      DOCUMENTS_MANIFEST: 'a/persisted-documents.json, b.json',
      OPERATION_DEADLINE_MS: '200',
      INTROSPECTION: 'on',
      GRAPHIQL: 'off',
      MAX_DOCUMENT_KIB: '1',
      MAX_TOKENS: '2',
      MAX_DEPTH: '3',
      MAX_FRAGMENT_DEPTH: '4',
      MAX_ROOT_FIELDS: '5',
      MAX_FIELDS: '6',
      MAX_ALIASES: '7',
      MAX_DIRECTIVES: '8',
      MAX_REPEATED_FIELDS: '9',
      MAX_ANSWER_FIELDS: '10',
      MAX_JSON_DEPTH: '10',
      MAX_LIST_VALUES: '11',
      MAX_TEXT_KIB: '12',
      CACHE_MIB: '1',
      REDIS_URL: 'redis://:password@redis.example:6379/1',
      CACHE_KEY_SECRET: 'a secret of at least 32 characters',
      STALE_ON_ERROR_MS: '0',
      CACHE_LIST_OF_TODAY_FRESH_MS: '1',
      CACHE_LIST_OF_TODAY_STALE_MS: '2',
      CACHE_LIST_OF_PAST_DAYS_FRESH_MS: '3',
      CACHE_LIST_OF_PAST_DAYS_STALE_MS: '4',
      CACHE_BLOCK_FRESH_MS: '30',
      CACHE_BLOCK_STALE_MS: '40',
      CACHE_COMPLETED_CHAT_FRESH_MS: '5',
      CACHE_COMPLETED_CHAT_STALE_MS: '6',
      CACHE_OPEN_CHAT_FRESH_MS: '7',
      CACHE_OPEN_CHAT_STALE_MS: '8',
      CACHE_FILLED_SUMMARY_FRESH_MS: '9',
      CACHE_FILLED_SUMMARY_STALE_MS: '10',
      CACHE_EMPTY_SUMMARY_FRESH_MS: '11',
      CACHE_EMPTY_SUMMARY_STALE_MS: '12',
      CACHE_ABSENT_PAGE_FRESH_MS: '13',
      UPSTREAM_DEADLINE_MS: '100',
      UPSTREAM_ATTEMPT_MS: '50',
      UPSTREAM_STALL_MS: '40',
      UPSTREAM_ATTEMPTS: '1',
      UPSTREAM_CONCURRENCY: '2',
      UPSTREAM_CALLS_PER_SECOND: '5',
      UPSTREAM_QUEUE_MS: '0',
      UPSTREAM_PAGE_ROWS: '10',
      UPSTREAM_RETRY_PERCENT: '10',
      UPSTREAM_BREAKER_FAILURES: '0',
      UPSTREAM_BODY_MIB: '1',
      HTTPS_PROXY: 'https://proxy.example',
      HTTP_PROXY: 'proxy.example:3128',
      NO_PROXY: 'localhost,.internal',
      MAX_UPSTREAM_CALLS: '50',
      DRAIN_TIMEOUT_MS: '0',
      TRUSTED_PROXIES: '2',
      CORS_ORIGINS: 'https://app.example, http://localhost:3000',
      LOG_LEVEL: 'silent',
      MAX_BODY_KIB: '1',
      METRICS_PORT: '9464',
      PROPAGATE_TRACE: '1',
    }
    expect(parseConfig(environment)).toEqual({
      isProduction: true,
      logLevel: 'silent',
      callers: 'passthrough',
      audit: undefined,
      jwt: undefined,
      documents: {
        mode: 'trusted',
        manifestPaths: ['a/persisted-documents.json', 'b.json'],
        limits: {
          bytes: 1024,
          tokens: 2,
          depth: 3,
          fragmentDepth: 4,
          rootFields: 5,
          fields: 6,
          aliases: 7,
          directives: 8,
          repeatedFields: 9,
          answerFields: 10,
        },
        isIntrospectable: true,
      },
      cache: {
        maxBytes: 1_048_576,
        staleOnErrorMs: 0,
        lifetimes: {
          list_of_today: { freshMs: 1, staleMs: 2 },
          list_of_past_days: { freshMs: 3, staleMs: 4 },
          block: { freshMs: 30, staleMs: 40 },
          completed_chat: { freshMs: 5, staleMs: 6 },
          open_chat: { freshMs: 7, staleMs: 8 },
          filled_summary: { freshMs: 9, staleMs: 10 },
          empty_summary: { freshMs: 11, staleMs: 12 },
          absent_page: { freshMs: 13, staleMs: 13 },
        },
        redis: { url: expect.any(Secret), secret: expect.any(Secret) },
      },
      inputLimits: { jsonDepth: 10, listValues: 11, textBytes: 12_288 },
      hasGraphiql: false,
      http: {
        host: '::',
        port: 0,
        metricsPort: 9464,
        maxBodyBytes: 1024,
        drainTimeoutMs: 0,
        trustedProxies: 2,
        corsOrigins: ['https://app.example', 'http://localhost:3000'],
      },
      upstream: {
        url: 'https://upstream.example/api-prefix',
        serviceAccount: { account: 'admin@example.com', password: expect.any(Secret) },
        maxCalls: 50,
        propagatesTrace: true,
        pageRows: 10,
        limits: {
          operationDeadlineMs: 200,
          callDeadlineMs: 100,
          attemptMs: 50,
          stallMs: 40,
          maxAttempts: 1,
          concurrency: 2,
          callsPerSecond: 5,
          maxWaitMs: 0,
          retryPercent: 10,
          breakerFailures: 0,
          maxBodyBytes: 1_048_576,
        },
        proxies: {
          https: 'https://proxy.example',
          http: 'http://proxy.example:3128',
          except: 'localhost,.internal',
        },
      },
    })
  })

  it('has what tokens must be', () => {
    expect(parseConfig({ ...URL_SET, ...ACCOUNT, ...JWT }).jwt).toEqual({
      issuer: 'https://issuer.example/',
      audience: 'remote-assistance',
      jwksUrl: 'https://issuer.example/keys?v=1',
      algorithms: ['RS256', 'ES256', 'EdDSA'],
      clockSkewSeconds: 30,
    })
    const chosen = { JWT_ALGORITHMS: 'ES384, PS256', JWT_CLOCK_SKEW_SECONDS: '0' }
    expect(parseConfig({ ...JWT, ...chosen }).jwt).toMatchObject({
      algorithms: ['ES384', 'PS256'],
      clockSkewSeconds: 0,
    })
  })

  it('counts empty variables as not set, and ignores those it does not know', () => {
    expect(parseConfig({ PORT: '', BANGWO8_URL: '', CALLERS: '', OTHER: '1' })).toEqual(DEFAULTS)
  })

  it('may name proxies in small letters, which count for more', () => {
    const proxies = { http_proxy: 'http://a', HTTP_PROXY: 'http://b' }
    expect(parseConfig({ ...REMOTE, ...proxies }).upstream.proxies).toEqual({
      https: undefined,
      http: 'http://a',
      except: undefined,
    })
  })

  it.each(['http://localhost:4001', 'http://127.0.0.1:4001', 'http://[::1]/api'])(
    'reaches %s without a proxy, and in production too',
    BANGWO8_URL => {
      const environment = { BANGWO8_URL, NODE_ENV: 'production', HTTP_PROXY: 'http://proxy' }
      expect(parseConfig(environment).upstream.proxies.http).toBeUndefined()
    },
  )

  it('may have an upstream of http in production if that is said', () => {
    const said = { ...REMOTE, NODE_ENV: 'production', ALLOW_INSECURE_UPSTREAM: '1' }
    expect(parseConfig(said).upstream.url).toBe('http://upstream.example')
  })

  it.each<[Environment, string]>([
    [{}, 'open'],
    [URL_SET, 'passthrough'],
    [{ CALLERS: 'passthrough' }, 'passthrough'],
    [{ ...URL_SET, ...ACCOUNT, CALLERS: 'open' }, 'open'],
    [{ ...URL_SET, NODE_ENV: 'production' }, 'passthrough'],
    [
      {
        ...URL_SET,
        ...ACCOUNT,
        NODE_ENV: 'production',
        CALLERS: 'open',
        CALLERS_OPEN_IN_PRODUCTION: 'everyone-may-read-everything',
      },
      'open',
    ],
  ])('%j means that callers are: %s', (environment, callers) => {
    expect(parseConfig(environment).callers).toBe(callers)
  })
})
