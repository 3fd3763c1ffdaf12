import { describe, expect, it } from 'vitest'
import type { Environment } from '../src/config.ts'
import { ACCOUNT, JWT, problemsOf, REMOTE, URL_SET } from './environments.ts'

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
