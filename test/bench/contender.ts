import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { ADMINISTRATOR } from '../../src/emulator/answers/accounts.ts'
import { freePort } from '../free-port.ts'
import { startChild } from './child.ts'
import { fetchAnswer, graphqlRequest, type OperationRequest } from './http.ts'
import type { Operation } from './operations.ts'
import type { Options } from './options.ts'

/** A server to be measured, in a process of its own. */
export interface Contender extends AsyncDisposable {
  readonly pid: number
  readonly origin: string
  /** From the start of the process to its first right answer. */
  readonly startMs: number
  requestFor(operation: AskedOperation): OperationRequest
}

type AskedOperation = Pick<Operation, 'name' | 'document' | 'byPost'>

/** What is run, and whether a profile is written. */
type Setting = Pick<Options, 'gateway' | 'gatewayOptions' | 'profileFolder' | 'byPost'>
type Environment = Readonly<Record<string, string>>
type RequestMaker = (origin: string, operation: AskedOperation) => OperationRequest

const HAND_WRITTEN = fileURLToPath(new URL('hand-written/main.ts', import.meta.url))
const STATIC_FILE = fileURLToPath(new URL('static-file.ts', import.meta.url))
const START_MS = 15_000
const POLL_MS = 4
export const TYPENAME = { name: 'typename', document: '{ __typename }' } as const

/** The gateway on an upstream as production runs it, or on its own emulator as a newcomer does. */
export function startGateway(
  setting: Setting,
  upstream: string | undefined,
  first: AskedOperation = TYPENAME,
  further: Environment = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<Contender> {
  const everyone = { CALLERS: 'open', CALLERS_OPEN_IN_PRODUCTION: 'everyone-may-read-everything' }
  const environment = upstream
    ? { ...accountOf(upstream), ...everyone, ...further }
    : { NODE_ENV: 'development' }
  const toRequest: RequestMaker = (origin, { document }) => {
    const request = graphqlRequest(origin, document)
    return { ...request, headers: { ...request.headers, ...headers } }
  }
  const args = [...setting.gatewayOptions, setting.gateway]
  return start(setting, args, environment, toRequest, first)
}

export function startHandWritten(
  setting: Setting,
  upstream: string,
  first: AskedOperation = TYPENAME,
): Promise<Contender> {
  const toRequest: RequestMaker = (origin, asked) =>
    setting.byPost || asked.byPost ? handWrittenPost(origin, asked) : handWrittenGet(origin, asked)
  return start(setting, [HAND_WRITTEN], accountOf(upstream), toRequest, first)
}

/** Serves the bytes of a file. */
export const startStaticFile = (setting: Setting, path: string): Promise<Contender> => {
  const toRequest: RequestMaker = origin => ({
    url: `${origin}/answer.json`,
    method: 'GET',
    headers: { accept: 'application/json' },
  })
  return start(setting, [STATIC_FILE, path], {}, toRequest, TYPENAME)
}

const handWrittenGet: RequestMaker = (origin, { name }) => ({
  url: `${origin}/${name}`,
  method: 'GET',
  headers: { accept: 'application/json' },
})

const handWrittenPost: RequestMaker = (origin, { name, document }) => ({
  ...graphqlRequest(origin, document),
  url: `${origin}/${name}`,
})

/** Nothing is held: what is measured is how an operation is answered by calls. */
const accountOf = (upstream: string) => ({
  CACHE_MIB: '0',
  BANGWO8_URL: upstream,
  BANGWO8_ACCOUNT: ADMINISTRATOR.account,
  BANGWO8_PASSWORD: ADMINISTRATOR.password,
})

async function start(
  { profileFolder }: Setting,
  args: readonly string[],
  environment: Environment,
  toRequest: RequestMaker,
  first: AskedOperation,
): Promise<Contender> {
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const profiled = profileFolder ? ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`] : []
  const startedAtMs = performance.now()
  const child = startChild({
    args: [...profiled, ...args],
    environment: { ...environment, HOST: '127.0.0.1', PORT: String(port) },
  })
  try {
    await Promise.race([firstAnswer(toRequest(origin, first)), child.ended])
  } catch (error) {
    await child[Symbol.asyncDispose]()
    throw error
  }
  const startMs = performance.now() - startedAtMs
  const requestFor: Contender['requestFor'] = operation => toRequest(origin, operation)
  const dispose = () => child[Symbol.asyncDispose]()
  return { pid: child.pid, origin, startMs, requestFor, [Symbol.asyncDispose]: dispose }
}

async function firstAnswer(request: OperationRequest): Promise<void> {
  const giveUpAtMs = performance.now() + START_MS
  for (;;) {
    try {
      await fetchAnswer(request)
      return
    } catch (error) {
      if (performance.now() > giveUpAtMs) throw error
      await wait(POLL_MS)
    }
  }
}
