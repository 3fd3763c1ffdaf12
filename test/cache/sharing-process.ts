import { ADMINISTRATOR } from '../../src/emulator/answers/accounts.ts'
import { startMain } from '../main-process.ts'
import { JSON_TYPE } from '../server/gateway.ts'

export interface Answer {
  readonly body: {
    readonly data?: object
    readonly errors?: readonly { readonly extensions: object }[]
  }
  readonly ms: number
}

/** A gateway as a process of its own, which shares what it holds and learns. */
export async function startSharingProcess(
  upstreamUrl: string,
  redisUrl: string,
  environment: Readonly<Record<string, string>> = {},
) {
  const main = startMain({
    BANGWO8_URL: upstreamUrl,
    BANGWO8_ACCOUNT: ADMINISTRATOR.account,
    BANGWO8_PASSWORD: ADMINISTRATOR.password,
    CALLERS: 'open',
    REDIS_URL: redisUrl,
    CACHE_KEY_SECRET: 'nobody can guess this secret of tests',
    ...environment,
  })
  const origin = await main.origin()
  const ask = (query: string, headers: Readonly<Record<string, string>> = {}) =>
    askAt(origin, query, headers)
  return Object.assign(main, { ask, url: origin })
}

export async function askAt(
  origin: string,
  query: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const startedAtMs = performance.now()
  const response = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { ...JSON_TYPE, 'x-explain': '1', ...headers },
    body: JSON.stringify({ query }),
  })
  const body = (await response.json()) as Answer['body']
  return { body, ms: performance.now() - startedAtMs }
}
