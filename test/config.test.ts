import { globSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { format, inspect } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Config, ConfigError, type Environment, parseConfig } from '../src/config.ts'
import { Secret } from '../src/secret.ts'
import { SECRET_FILE_VARIABLES } from '../src/variables/secret-files.ts'
import { namesIn, pathTo } from './repository/repository.ts'

const URL_SET = { BANGWO8_URL: 'https://upstream.example/api-prefix' }
const ACCOUNT = { BANGWO8_ACCOUNT: 'admin@example.com', BANGWO8_PASSWORD: 'pass:word 密码' }

const JWT = {
  CALLERS: 'jwt',
  JWT_ISSUER: 'https://issuer.example/',
  JWT_AUDIENCE: 'remote-assistance',
  JWT_JWKS_URL: 'https://issuer.example/keys?v=1',
}

const DEFAULTS: Config = {
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

const REMOTE = { BANGWO8_URL: 'http://upstream.example' }

function problemsOf(environment: Environment): readonly string[] {
  try {
    parseConfig(environment)
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
  return []
}

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

describe('an environment that will not do', () => {
  const PORT = 'PORT: expected a whole number from 0 to 65535'
  const HOST = 'HOST: expected a host name or an IP address'
  const ORIGIN = 'BANGWO8_URL: expected an http or https URL without credentials, query or fragment'
  const CALLERS = 'CALLERS: expected passthrough, jwt or open'
  const ORIGINS =
    'CORS_ORIGINS: expected origins such as https://app.example, with commas between them'
  const ALGORITHMS =
    'JWT_ALGORITHMS: expected some of RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, EdDSA'
  const UPSTREAM_IN_PRODUCTION =
    'BANGWO8_URL: expected the upstream, because NODE_ENV is production; the embedded emulator makes its data up'
  const HTTPS_IN_PRODUCTION =
    'BANGWO8_URL: expected https, because NODE_ENV is production: over http, passwords can be read on their way; if the way is safe, set ALLOW_INSECURE_UPSTREAM to 1'
  const SERVICE_ACCOUNT =
    'BANGWO8_ACCOUNT, BANGWO8_PASSWORD: expected the account that all callers share, because CALLERS is open'
  const OPEN_IN_PRODUCTION =
    'CALLERS: open lets everyone in, and NODE_ENV is production; if that is meant, set CALLERS_OPEN_IN_PRODUCTION to everyone-may-read-everything'

  it.each<[Environment, string[]]>([
    [{ PORT: '65536' }, [PORT]],
    [{ PORT: '-1' }, [PORT]],
    [{ PORT: '4000.5' }, [PORT]],
    [{ PORT: '4e3' }, [PORT]],
    [{ PORT: ' 4000' }, [PORT]],
    [{ PORT: '４０００' }, [PORT]],
    [{ HOST: 'two words' }, [HOST]],
    [{ BANGWO8_URL: 'upstream.example' }, [ORIGIN]],
    [{ BANGWO8_URL: 'ftp://upstream.example' }, [ORIGIN]],
    [{ BANGWO8_URL: 'http://user:secret@upstream.example' }, [ORIGIN]],
    [{ BANGWO8_URL: 'http://upstream.example?' }, [ORIGIN]],
    [{ BANGWO8_URL: 'http://upstream.example#part' }, [ORIGIN]],
    [{ CALLERS: 'token' }, [CALLERS]],
    [{ CALLERS: 'OPEN' }, [CALLERS]],
    [{ ...JWT, JWT_ALGORITHMS: 'RS256,HS256' }, [ALGORITHMS]],
    [{ AUDIT_LOG: 'stdout' }, ['AUDIT_LOG, AUDIT_KEY: expected both or neither']],
    [
      { AUDIT_LOG: 'stdout', AUDIT_KEY: 'short' },
      ['AUDIT_KEY: expected a text of 32 characters or more that nobody can guess'],
    ],
    [{ CORS_ORIGINS: '*' }, [ORIGINS]],
    [{ CORS_ORIGINS: 'null' }, [ORIGINS]],
    [{ CORS_ORIGINS: 'https://app.example/' }, [ORIGINS]],
    [{ CORS_ORIGINS: 'https://app.example,' }, [ORIGINS]],
    [{ CORS_ORIGINS: 'HTTPS://app.example' }, [ORIGINS]],
    [{ ...JWT, JWT_ALGORITHMS: 'none,HS256' }, [ALGORITHMS]],
    [
      { ...JWT, JWT_CLOCK_SKEW_SECONDS: '301' },
      ['JWT_CLOCK_SKEW_SECONDS: expected a whole number from 0 to 300'],
    ],
    [
      { ...JWT, JWT_JWKS_URL: 'issuer.example' },
      ['JWT_JWKS_URL: expected an http or https URL without credentials'],
    ],
    [
      { CALLERS: 'jwt' },
      ['JWT_ISSUER', 'JWT_AUDIENCE', 'JWT_JWKS_URL'].map(
        name => `${name}: expected beside CALLERS, which is jwt`,
      ),
    ],
    [{ ...URL_SET, ...JWT }, [SERVICE_ACCOUNT.replace('open', 'jwt')]],
    [
      {
        ...URL_SET,
        ...ACCOUNT,
        ...JWT,
        NODE_ENV: 'production',
        JWT_JWKS_URL: 'http://issuer.example',
      },
      [
        'JWT_JWKS_URL: expected https, because NODE_ENV is production: whoever changes the keys on their way makes tokens',
      ],
    ],
    [{ DOCUMENTS: 'some', DOCUMENTS_MANIFEST: 'a.json' }, ['DOCUMENTS: expected any or trusted']],
    [
      { DOCUMENTS_MANIFEST: 'a.json,,b.json' },
      ['DOCUMENTS_MANIFEST: expected paths of files, with commas between them'],
    ],
    [
      { DOCUMENTS: 'trusted' },
      [
        'DOCUMENTS_MANIFEST: expected the file that lists the documents, because DOCUMENTS is trusted',
      ],
    ],
    [
      { UPSTREAM_DEADLINE_MS: '99' },
      ['UPSTREAM_DEADLINE_MS: expected a whole number from 100 to 600000'],
    ],
    [{ DRAIN_TIMEOUT_MS: '10s' }, ['DRAIN_TIMEOUT_MS: expected a whole number from 0 to 600000']],
    [{ MAX_BODY_KIB: '0' }, ['MAX_BODY_KIB: expected a whole number from 1 to 10240']],
    [{ LOG_LEVEL: 'loud' }, ['LOG_LEVEL: expected one of debug, info, warn, error, silent']],
    [
      { ...ACCOUNT, BANGWO8_ACCOUNT: 'a:b' },
      ['BANGWO8_ACCOUNT: expected an account name without colons and control characters'],
    ],
    [
      { ...ACCOUNT, BANGWO8_PASSWORD: 'a\nb' },
      ['BANGWO8_PASSWORD: expected a password without control characters'],
    ],
    [
      { BANGWO8_ACCOUNT: 'admin' },
      ['BANGWO8_PASSWORD: expected beside the other one of account and password'],
    ],
    [
      { ...URL_SET, CALLERS: 'open', BANGWO8_PASSWORD: 'secret' },
      ['BANGWO8_ACCOUNT: expected beside the other one of account and password'],
    ],
    [{ ...URL_SET, CALLERS: 'open' }, [SERVICE_ACCOUNT]],
    [{ NODE_ENV: 'production' }, [UPSTREAM_IN_PRODUCTION]],
    [{ ...REMOTE, NODE_ENV: 'production' }, [HTTPS_IN_PRODUCTION]],
    [{ BANGWO8_URL: 'HTTP://127.0.0.1.example', NODE_ENV: 'production' }, [HTTPS_IN_PRODUCTION]],
    [{ ALLOW_INSECURE_UPSTREAM: 'no' }, ['ALLOW_INSECURE_UPSTREAM: expected 1, or nothing']],
    [{ ...URL_SET, ...ACCOUNT, NODE_ENV: 'production', CALLERS: 'open' }, [OPEN_IN_PRODUCTION]],
    [
      {
        ...URL_SET,
        ...ACCOUNT,
        NODE_ENV: 'production',
        CALLERS: 'open',
        CALLERS_OPEN_IN_PRODUCTION: 'yes',
      },
      ['CALLERS_OPEN_IN_PRODUCTION: expected everyone-may-read-everything'],
    ],
  ])('%j: %j', (environment, problems) => {
    expect(problemsOf(environment)).toEqual(problems)
  })

  it.each([
    ['MAX_UPSTREAM_CALL', 'MAX_UPSTREAM_CALLS'],
    ['MAX_UPSTREAM_CALSL', 'MAX_UPSTREAM_CALLS'],
    ['UPSTREAM_MAX_CALLS', 'MAX_UPSTREAM_CALLS'],
    ['UPSTREAM_DEADLINE', 'UPSTREAM_DEADLINE_MS'],
    ['upstream_deadline_ms', 'UPSTREAM_DEADLINE_MS'],
    ['BANGWO_URL', 'BANGWO8_URL'],
    ['LOGLEVEL', 'LOG_LEVEL'],
    ['CALLER', 'CALLERS'],
    ['PROT', 'PORT'],
  ])('refuses %s, and names %s', (name, meant) => {
    expect(problemsOf({ [name]: 'geheim' })).toEqual([
      `${name}: expected ${meant}, got a name that is nearly it`,
    ])
  })

  it.each([
    'HOSTNAME',
    'NODE_OPTIONS',
    'NODE_PATH',
    'LOGNAME',
    'FTP_PROXY',
    'ALL_PROXY',
    'all_proxy',
    'POST',
    'HOME',
    'PATH',
    'SHELL',
    'BANGWO8_GATEWAY_SERVICE_HOST',
    'BANGWO8_GATEWAY_PORT_4000_TCP',
    'npm_config_loglevel',
  ])('has no quarrel with %s', name => {
    expect(problemsOf({ [name]: '1' })).toEqual([])
  })

  it('takes a name for none of its own if the one that it is like is set too', () => {
    expect(problemsOf({ CALLER: 'somebody', CALLERS: 'open' })).toEqual([])
  })

  it.each(['nonsense://proxy', 'http://'])('refuses %j as a proxy', value => {
    expect(problemsOf({ HTTPS_PROXY: value })).toEqual([
      'HTTPS_PROXY: expected the URL of an http or https proxy',
    ])
  })

  it('is told everything at once', () => {
    const environment = { NODE_ENV: 'production', PORT: 'x', HOST: '/', CALLERS: 'open' }
    expect(problemsOf(environment)).toEqual([
      PORT,
      HOST,
      UPSTREAM_IN_PRODUCTION,
      OPEN_IN_PRODUCTION,
    ])
  })

  it('never hears its values repeated', () => {
    const secret = 'geheim'
    const names = ['PORT', 'HOST', 'BANGWO8_URL', 'BANGWO8_ACCOUNT', 'CALLERS', 'LOG_LEVEL']
    const environment = Object.fromEntries(names.map(name => [name, `${secret}:/?`]))
    const problems = problemsOf(environment)
    expect(problems.length).toBeGreaterThanOrEqual(names.length)
    expect(problems.join()).not.toContain(secret)
  })
})

describe('a secret', () => {
  const { serviceAccount } = parseConfig(ACCOUNT).upstream

  it('is what the environment says', () => {
    expect(serviceAccount?.password.reveal()).toBe(ACCOUNT.BANGWO8_PASSWORD)
  })

  it('shows itself in no message, no JSON and no view of a debugger', () => {
    const config = parseConfig(ACCOUNT)
    const seen = [
      `${config.upstream.serviceAccount?.password}`,
      JSON.stringify(config),
      inspect(config, { depth: null, showHidden: true }),
      format('%s %o %j', config, config, config),
    ]
    expect(seen.join()).not.toContain('pass:word')
    expect(seen.filter(text => !text.includes('[redacted]'))).toEqual([])
    expect(Object.keys(serviceAccount?.password ?? {})).toEqual([])
  })

  describe('may be in a file', () => {
    let folder: string
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'secrets-'))
    })
    afterAll(() => rm(folder, { recursive: true }))

    const environmentWith = async (content: string, more: Environment = {}) => {
      const path = join(folder, 'canary-of-the-path')
      await writeFile(path, content)
      const { BANGWO8_ACCOUNT } = ACCOUNT
      return { BANGWO8_ACCOUNT, BANGWO8_PASSWORD_FILE: path, ...more }
    }

    it.each(['of the file', 'of the file\n', 'of the file\r\n'])('%j', async content => {
      const { upstream } = parseConfig(await environmentWith(content))
      expect(upstream.serviceAccount?.password.reveal()).toBe('of the file')
    })

    it('whichever it is', async () => {
      const sources = globSync('src/{config,variables/*}.ts', { cwd: pathTo('') })
      const secrets = sources.flatMap(path =>
        namesIn(path, /^ {2}([A-Z0-9_]+): (?:(?!\n {2}[A-Z])[\s\S])*?new Secret\(/gm),
      )
      expect(secrets.toSorted()).toEqual([
        ...['AUDIT_KEY', 'BANGWO8_PASSWORD', 'CACHE_KEY_SECRET', 'REDIS_URL'],
      ])
      expect(SECRET_FILE_VARIABLES.toSorted()).toEqual(
        secrets.toSorted().map(name => `${name}_FILE`),
      )
    })

    it('but not in both', async () => {
      const problems = problemsOf(await environmentWith('x', { BANGWO8_PASSWORD: 'y' }))
      expect(problems).toEqual(['BANGWO8_PASSWORD_FILE: expected nothing beside BANGWO8_PASSWORD'])
    })

    it.each<[string, Environment]>([
      ['is empty', {}],
      ['is not there', { BANGWO8_PASSWORD_FILE: '/nowhere/canary-of-the-path' }],
      ['is a folder', { BANGWO8_PASSWORD_FILE: tmpdir() }],
    ])('which must not be one that %s', async (_, more) => {
      const problems = problemsOf(await environmentWith('', more))
      expect(problems).toContain(
        'BANGWO8_PASSWORD_FILE: expected a file that can be read, with a secret in it',
      )
      expect(problems.join()).not.toMatch(/canary|tmp/)
    })

    it('which must hold what the variable might', async () => {
      expect(problemsOf(await environmentWith('two\nlines'))).toEqual([
        'BANGWO8_PASSWORD: expected a password without control characters',
      ])
    })
  })
})
